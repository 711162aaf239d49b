"""`mentorship explorable`: one HTML file with the real model in it."""

import hashlib
import os
from argparse import Namespace
from pathlib import Path

from simulation.commands.compiling import compile_first
from simulation.commands.console import print_json, printed, remarked
from simulation.commands.words import explorable as words
from simulation.commands.words.any_command import ROSTER
from simulation.figures import wording
from simulation.folder import write_whole
from simulation.page.explorable import explorable
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS
from simulation.scenario.world import World


def carry_out(asked: Namespace) -> int:
    """Write the page, and say how large it is and how to open it."""
    silent = asked.quiet or asked.json
    out = _place(asked.out)
    world, policies = World.load(asked.world), [Policy.load(asked.a), Policy.load(asked.b)]
    if world.roster:
        remarked(ROSTER.format(sentence=STAND_INS), silent)
    compile_first(silent)
    page = explorable(world, policies, asked.seed, asked.months, lambda said: remarked(said, silent))
    text = f"{page}\n{_mark(page)}\n"
    try:
        write_whole(out, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))
    except OSError as error:
        raise ScenarioError(words.UNWRITABLE.format(reason=error.strerror or error), file=out) from None
    size = len(text.encode())
    if asked.json:
        names = {"world": world.name, "policies": [policy.name for policy in policies]}
        print_json({"page": str(out), "bytes": size, **names, "seed": asked.seed})
        return 0
    one, other = (wording.called(policy) for policy in policies)
    said = words.WRITTEN.format(out=out, size=-(-size // 1000), one=one, other=other, world=wording.called(world))
    printed(said, whole=True)
    remarked(words.OPEN, asked.quiet)
    return 0


def _place(text: str) -> Path:
    """The file to write; one that is there must be as it was written here."""
    out = Path(text)
    if out.suffix.lower() not in (".html", ".htm") or "\0" in text:
        raise ScenarioError(words.NOT_HTML, file=text.replace("\0", " "), field="--out")
    if not out.parent.is_dir():
        raise ScenarioError(words.NO_FOLDER, file=out.parent, field="--out")
    if os.path.lexists(out):
        try:
            page, _, mark = out.read_bytes().decode().removesuffix("\n").rpartition("\n")
        except (OSError, ValueError):
            page, mark = "", ""
        if mark != _mark(page):
            raise ScenarioError(words.STRANGER, file=out, hint=words.ANOTHER)
    return out


def _mark(page: str) -> str:
    """The last line of a page, by which it is known when it is written again."""
    return words.MARK.format(sum=hashlib.sha256(page.encode()).hexdigest()[:16])
