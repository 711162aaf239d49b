"""The scripts of the page can be joined into one without a bundler: no name is used twice, and nothing is left over."""

import re

import pytest

from simulation.page.joining import PLAYER, STATIC, joined, text_of

SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))


def _names(script: str) -> list[str]:
    """Top-level names of a script: of `const A = 1, B = 2;` both."""
    text = text_of(script)
    first = re.findall(r"^(?:export )?(?:async )?(?:const|let|class|function)\*? (\w+)", text, re.MULTILINE)
    more = re.findall(r"^(?:export )?(?:const|let) \w+ = [^\n({\[]*;", text, re.MULTILINE)
    return first + [name for line in more for name in re.findall(r", (\w+) =", line)]


def test_no_name_is_used_in_two_scripts():
    owners: dict[str, list[str]] = {}
    for script in SCRIPTS:
        for name in _names(script):
            owners.setdefault(name, []).append(script)
    assert {name: scripts for name, scripts in owners.items() if len(scripts) > 1} == {}
    assert {"Player", "HERE", "BURNS", "fatesOf"} <= set(owners)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_short_and_imports_only_its_neighbours_by_name(script):
    text = text_of(script)
    assert len(text.splitlines()) <= 300
    assert max(map(len, text.splitlines())) <= 132
    assert "export default" not in text and "import *" not in text and "innerHTML" not in text
    for line in re.findall(r"^import.*$", text, re.MULTILINE):
        assert (STATIC / re.fullmatch(r'import \{[^}]+\} from "\./([\w.]+)";', line)[1]).exists()


def test_nothing_of_modules_is_left_when_they_are_joined():
    text = joined(PLAYER)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    for script in PLAYER:  # each stands after those it needs
        needed = re.findall(r'from "\./([\w.]+)"', text_of(script))
        assert all(PLAYER.index(one) < PLAYER.index(script) for one in needed), script
