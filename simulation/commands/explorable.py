"""`mentorship explorable`: one HTML file with the real model in it."""

from argparse import Namespace

from simulation.commands.console import print_json, printed, remarked
from simulation.commands.one_file import place_for, sum_of, write
from simulation.commands.words import explorable as words
from simulation.commands.words.any_command import ROSTER
from simulation.figures import wording
from simulation.page.explorable import explorable
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS
from simulation.scenario.world import World


def carry_out(asked: Namespace) -> int:
    """Write the page, and say how large it is and how to open it."""
    silent = asked.quiet or asked.json
    out = place_for(asked.out, lambda ending: ending.lower() in (".html", ".htm"), words.NOT_HTML, _is_ours, words)
    world, policies = World.load(asked.world), [Policy.load(asked.a), Policy.load(asked.b)]
    if world.roster:
        remarked(ROSTER.format(sentence=STAND_INS), silent)
    page = explorable(world, policies, asked.seed, asked.months, lambda said: remarked(said, silent))
    text = f"{page}\n{_mark(page)}\n"
    write(out, lambda part: part.write_text(text, encoding="utf-8", newline="\n"), words)
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


def _is_ours(content: bytes) -> bool:
    """Whether a file is as it was written here."""
    page, _, mark = content.decode().removesuffix("\n").rpartition("\n")
    return mark == _mark(page)


def _mark(page: str) -> str:
    """The last line of a page, by which it is known when it is written again."""
    return words.MARK.format(sum=sum_of(page))
