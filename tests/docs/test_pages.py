"""The pages of `docs/`: their blocks do what they say, what is made for them is whole, and what they point to exists.

A page is walked through in an empty folder: files are saved, commands and Python are carried out, with few runs. A block is
left out only under a line that says so, and why.
"""

import contextlib
import re
import shlex
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fences import ROOT, fences, file_of
from walks import place_of

from simulation.cli import COMMANDS, main

sys.path.append(str(ROOT / "docs" / "hooks"))
import reference

PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))
ELSEWHERE = ("docs/how-to/own-behaviour.md", "docs/how-to/mesa.md")  # run by tests of their own
LEFT_OUT = re.compile(r"^\*(Not run by the tests: .+|The tests of the project .+)\.\*$")
SAVED = ("toml", "csv", "python")
FEWER = ((r"--replicates \w+", "--replicates 2"), (r"--seeds \d+", "--seeds 2"), (r"replicates=\d+", "replicates=2"), (r"range\(1, \d+\)", "range(1, 3)"),
         (" --turning", ""))  # tried by tests of its own, since its search takes minutes


def kind_of(fence):
    """What a test does with a block: `left out`, `place`, `save`, `command`, `python` or `shown`; other blocks have no kind."""
    if LEFT_OUT.match(fence.before):
        return "left out"
    if place_of(fence):
        return "place"
    if file_of(fence) and fence.language in SAVED:
        return "save"
    return {"sh": "command", "output": "command", "python": "python", "text": "shown"}.get(fence.language)


def fewer(text):
    """A block with few runs."""
    for pattern, few in FEWER:
        text = re.sub(pattern, few, text)
    return text


def walk(page, only=("save", "command", "python")):
    """Carry out a page in the current folder."""
    names = {}
    for fence in fences(page):
        kind = kind_of(fence)
        if kind not in only:
            continue
        if kind == "save":
            Path(file_of(fence)).write_text(fence.text, encoding="utf-8")
        elif kind == "python":
            exec(compile(fewer(fence.text), page, "exec"), names)
        else:
            for line in fence.text.splitlines():
                words = shlex.split(fewer(line), comments=True)
                assert words[0] == "mentorship", line
                assert main(words[1:]) == 0, line


def test_every_block_is_run_or_says_why_not():
    blocks = [(page, fence) for page in PAGES for fence in fences(page)]
    assert len(blocks) > 40
    assert [(page, fence.text) for page, fence in blocks if kind_of(fence) is None] == []
    assert [page for page, fence in blocks if kind_of(fence) == "place"] == []
    marks = sum((ROOT / page).read_text(encoding="utf-8").count("\n```") for page in PAGES)
    assert marks == 2 * len(blocks), "a block is not seen: it needs a language"


@pytest.mark.parametrize("page", [page for page in PAGES if any(kind_of(fence) == "save" for fence in fences(page))])
def test_files_that_a_reader_saves_are_fine(page, tmp_path, capsys):
    with contextlib.chdir(tmp_path):
        walk(page, only=("save",))
        for path in sorted(tmp_path.glob("*.toml")):
            tomllib.loads(path.read_text(encoding="utf-8"))
            assert main(["check", path.name]) == 0, capsys.readouterr().err


@pytest.mark.jit_only
@pytest.mark.parametrize("page", [page for page in PAGES if page not in ELSEWHERE and any(kind_of(fence) in ("command", "python") for fence in fences(page))])
def test_a_page_does_what_it_says(page, tmp_path):
    with contextlib.chdir(tmp_path):
        walk(page)
    text = (ROOT / page).read_text(encoding="utf-8")
    for figure in re.findall(r"^!\[[^\]]+\]\((results/[^)]+)\)", text, re.MULTILINE):
        assert (tmp_path / figure).is_file(), figure


def test_links_to_files_and_to_elsewhere_are_well_formed():
    """Links within the site are tested when it is built, strictly."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", (ROOT / page).read_text(encoding="utf-8")):
            address = urlsplit(target)
            if address.scheme:
                assert address.scheme == "https" and "." in address.netloc, (page, target)
            elif address.path.startswith("../../"):
                assert ((ROOT / page).parent / address.path).exists(), (page, target)


@pytest.fixture(scope="module")
def made():
    """The pages of the reference that are made."""
    return reference.pages()


def test_tables_of_made_pages_are_whole(made):
    for name, text in made.items():
        cells = [len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")]
        assert cells, name
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_every_command_with_every_option_is_in_the_reference(made):
    for name in COMMANDS:
        part = made["commands"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert "`--json`" in part, name
    assert "`--replicates N|auto`".replace("|", "\\|") in made["commands"]
