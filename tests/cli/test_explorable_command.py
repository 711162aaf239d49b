"""`mentorship explorable`: where the page goes, what is never overwritten, and what is refused in words."""

import base64
import gzip
import json
import re

import pytest
from rosters import office

from simulation.commands import explorable as command
from simulation.page.explorable import explorable
from simulation.page.shown import shown
from simulation.scenario.errors import ScenarioError
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS
from simulation.scenario.world import World


@pytest.fixture
def made(monkeypatch):
    """What was asked to be made, in the place of a page that takes a while."""
    calls = []

    def page(world, policies, seed, months, say):
        calls.append((world.name, [policy.name for policy in policies], seed, months))
        return f"<!doctype html>\n<title>{len(calls)}</title>"

    monkeypatch.setattr(command, "explorable", page)
    return calls


def test_it_writes_the_usual_page(said, made, tmp_path):
    done = said("explorable")
    assert done.code == 0 and made == [("teaching_hospital", ["ad_hoc", "six_tips"], 1, None)]
    assert done.out == "explorable.html (1 KB): Ad hoc mentoring and All six tips in A teaching hospital.\n"
    assert "no network" in done.err
    assert (tmp_path / "explorable.html").read_text().startswith("<!doctype html>")


def test_everything_can_be_said(said, made, tmp_path):
    done = said("explorable", "youth_program", "move_on", "mosaic", "--seed", 9, "--months", 24, "--out", "a b.html", "--json")
    told = json.loads(done.out)
    assert made == [("youth_program", ["move_on", "mosaic"], 9, 24)]
    size = (tmp_path / "a b.html").stat().st_size
    assert told == {"page": "a b.html", "bytes": size, "world": "youth_program", "policies": ["move_on", "mosaic"], "seed": 9}
    assert done.err == ""


def test_it_writes_its_own_page_again_and_no_other(said, made, tmp_path):
    path = tmp_path / "explorable.html"
    assert said("explorable").code == 0 and said("explorable").code == 0
    assert "<title>2</title>" in path.read_text()
    path.write_text(path.read_text().replace("<title>2", "<title>mine"))
    done = said("explorable")
    assert done.code == 2 and "written or changed by somebody else" in done.err
    assert "<title>mine" in path.read_text()


@pytest.mark.parametrize(("words", "problem"), [
    (["--out", "page.txt"], "ends in .html"), (["--out", "nowhere/page.html"], "no such folder"), (["nothing"], "no world is called"),
    (["teaching_hospital", "teaching_hospital"], "is a world"), (["--seed", "-1"], "whole number"), (["--months", "0"], "whole number"),
])  # fmt: skip
def test_bad_input_gets_a_sentence(said, made, words, problem):
    done = said("explorable", *words)
    assert done.code == 2 and problem in done.err and made == []


def test_what_a_page_cannot_hold_is_refused_in_words():
    world = World.load("teaching_hospital")
    with pytest.raises(ScenarioError, match="cannot make this assignment"):
        explorable(world, [Policy.load("ad_hoc"), Policy.load("six_tips").with_({"empower.pairing": "optimal"})])
    with pytest.raises(ScenarioError, match="a page has room for"):
        explorable(world.with_({"people.mentees": 200_000}), [Policy.load("ad_hoc"), Policy.load("six_tips")])


def told_in(world):
    """Everything that the page of a world tells, what is packed as well."""
    page = explorable(world, [Policy.load("ad_hoc"), Policy.load("six_tips")])
    packed = re.findall(r'<script type="text/plain" id="(?:data|block)">([^<]*)</script>', page)
    assert len(packed) == 2
    return page + "".join(gzip.decompress(base64.b64decode(text)).decode("utf-8", "replace") for text in packed)


def test_names_of_a_few_are_not_in_a_page(monkeypatch):
    monkeypatch.setattr("simulation.page.explorable.module", lambda say: b"")
    world = office(planted=True, **{"people.months": 13})
    page = told_in(world)
    assert "nonbinary" not in page and STAND_INS in page
    for few in ("genetics", "dermatology", "neurology", "pathology"):
        assert not re.search(few, page, re.IGNORECASE)
    assert "radiology" in page and "woman" in page
    assert "nonbinary" in told_in(world.with_({"roster": None}))


def test_a_world_without_a_roster_is_shown_as_it_is():
    world = World.load("teaching_hospital")
    assert shown(world) is world
