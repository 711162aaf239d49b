"""A recording that a browser makes of its own run has the bytes of the one that Python writes, column by column."""

import hashlib
import json
from pathlib import Path

import pytest
from answering import posted
from month_cases import Case, Place, drawn_policy, files_of
from test_month import ADAPTING, BROWSERS, SHOCK, SMALL

from simulation import Policy, World, simulate
from simulation.page.recording import RECORDED, digest, recorded, recorded_json

pytest.importorskip("ziglang", reason="the month is linked for browsers by ziglang, which is not installed")
pytestmark = pytest.mark.jit_only  # uncompiled there is no module


def places():
    """Worlds with and without a burn-in, with people who outgrow the program, and a program that moves its own levers."""
    world = World.load("teaching_hospital").with_(SMALL)
    burnt = World.load("surgery_residency").with_({**SMALL, "people.burn_in": 2, "people.site_mentees": 20})
    faculty = World.load("junior_faculty").with_({**SMALL, "people.years": 1, "shocks": [SHOCK]})
    six, adapting = Policy.load("six_tips"), Policy.load("six_tips").with_({**ADAPTING, "evaluate.every_months": 3})
    cases = (Case(Policy(), 1), Case(six, 2**62), Case(adapting, 3), Case(drawn_policy(world, 5), 5))
    return [Place(world, cases), Place(burnt, cases[1:3]), Place(faculty, cases[:3]), Place(world, cases[1:2], crowded=True)]


@pytest.mark.parametrize("browser", BROWSERS)
def test_every_column_is_the_same(browser, tmp_path):
    here = places()
    files = files_of(here) | {
        "month_page.js": Path(__file__).with_name("recording_page.js").read_bytes(),
        "recorded.json": json.dumps(recorded_json()).encode(),
    }
    found = posted(browser, files, tmp_path)["found"]
    runs = [(place.world, case) for place in here for case in place.cases]
    assert len(found) == len(runs) == 10
    moved = 0
    for (world, case), theirs in zip(runs, found, strict=True):
        run = simulate(world, case.policy, seed=case.seed, trace=True)
        ours = recorded(run)
        hashes = {column.name: hashlib.sha256(ours[column.name].tobytes()).hexdigest() for column in RECORDED}
        assert [name for name in hashes if hashes[name] != theirs["columns"][name]] == [], (world.name, case)
        assert theirs["digest"] == digest(ours) and theirs["months"] == run.length
        assert theirs["seventh"] == run.tie_months.loc[run.tie_months["tie"] == 7, "month"].tolist()
        moved += len(run.moves)
    assert moved > 0
