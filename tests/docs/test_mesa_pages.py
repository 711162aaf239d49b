"""How-to pages for researchers: every block runs, in the order of the page."""

import pytest
from fences import fences

PAGES = ("docs/how-to/own-behaviour.md", "docs/how-to/mesa.md")
LONG = pytest.param(PAGES[0], marks=pytest.mark.jit_only)  # its comparisons take minutes uncompiled


@pytest.mark.parametrize("page", [LONG, PAGES[1]])
def test_every_block_runs(page, capsys):
    known = {"__name__": "a_page"}
    for fence in fences(page):
        exec(compile(fence.text, page, "exec"), known)
    assert len(capsys.readouterr().out) > 100


def test_the_behaviour_takes_ten_lines():
    first = next(fence for fence in fences(PAGES[0]) if fence.language == "python")
    assert len([line for line in first.text.splitlines() if line]) <= 10
