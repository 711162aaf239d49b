"""The month in real browsers: every array and every outcome of a run is the same to the bit as on this machine."""

import pytest
from answering import FIREFOX, chromium, firefox, needs_chromium, posted
from month_cases import Case, Place, drawn_policy, expected, files_of

from simulation import Policy, World
from simulation.scenario.policy import Pairing

pytest.importorskip("ziglang", reason="the month is linked for browsers by ziglang, which is not installed")
pytestmark = pytest.mark.jit_only  # uncompiled there is no module
BROWSERS = [
    pytest.param(chromium, id="chromium", marks=needs_chromium),
    pytest.param(
        firefox,
        id="firefox",
        marks=pytest.mark.skipif(FIREFOX is None, reason="no Firefox is here: apt install firefox-esr"),
    ),
]
WORLDS = [
    "equal_access_hospital", "junior_faculty", "surgery_residency", "teaching_hospital", "unequal_access_hospital",
    "well_staffed_hospital", "women_in_engineering", "youth_program",
]  # fmt: skip
PAIRINGS = [pairing.value for pairing in Pairing if pairing is not Pairing.OPTIMAL]
SHOCK = {
    "name": "slump",
    "month": 5,
    "months": 9,
    "mentor_time": 0.4,
    "contact": 0.6,
    "exit_hazard": 3.0,
    "support": 0.3,
    "hiring": 0.2,
    "new_need": 0.1,
}
ADAPTING = {
    "evaluate.model": "cipp",
    "evaluate.adapt": True,
    "evaluate.every_months": 6,
    "evaluate.budget": 2000.0,
    "evaluate.measures": ["input", "process", "product"],
    "evaluate.sample": 0.9,
}
PHASED = {"offer.share": 0.8, "offer.whole_units": True, "offer.steps": 4, "offer.step_months": 5}
SMALL = {"people.mentees": 60, "people.mentors": 30, "people.months": 26}


def differing(place, found):
    """What differs between a browser's answers and this machine's, as case, part and name."""
    here = expected(place)
    assert len(found) == len(here) > 0
    lines = []
    for k, (one, other) in enumerate(zip(here, found, strict=True)):
        for part, value in one.items():
            if isinstance(value, dict):
                lines += [(k, part, name) for name in value if value[name] != other[part][name]]
            elif value != other[part]:
                lines.append((k, part, ""))
    return lines


def compared(browser, places, folder):
    """What differs in any place; and the milliseconds that each case took there."""
    found = posted(browser, files_of(places), folder)["found"]
    lines, at = [], 0
    for place in places:
        count = len(place.cases) + len(place.levers)
        lines += [(place.world.name, *line) for line in differing(place, found[at : at + count])]
        at += count
    assert at == len(found)
    return lines


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_small_world_is_the_same(browser, tmp_path):
    world = World.load("teaching_hospital").with_(SMALL)
    burnt = World.load("surgery_residency").with_({**SMALL, "people.burn_in": 2, "people.site_mentees": 20})
    six = Policy.load("six_tips")
    cases = (
        Case(Policy(), 1),
        Case(six, 2**63 - 1),
        Case(six, 3, False, "back"),
        Case(drawn_policy(world, 1), 4, True, "steps"),
    )
    places = [Place(world, cases), Place(burnt, cases[:3]), Place(world, cases[:2], crowded=True)]
    assert compared(browser, places, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("browser", BROWSERS)
def test_every_world_and_every_pairing_is_the_same(browser, tmp_path):
    places = []
    for name in WORLDS:
        world = World.load(name)
        policies = [drawn_policy(world, (name, pairing), **{"empower.pairing": pairing}) for pairing in PAIRINGS]
        policies += [
            drawn_policy(world, (name, "adapts"), **ADAPTING),
            drawn_policy(world, (name, "phased"), **PHASED),
            Policy.load("six_tips"),
        ]
        places.append(Place(world, tuple(Case(policy, 7 * k + 1, k % 2 == 0) for k, policy in enumerate(policies))))
    for name in WORLDS[:4]:
        world = World.load(name).with_(
            {"people.burn_in": 3, "people.site_mentees": 70, "people.months": 40, "shocks": [SHOCK]}
        )
        policies = [
            drawn_policy(world, (name, "more", pairing), **{"empower.pairing": pairing}) for pairing in PAIRINGS
        ]
        places.append(
            Place(
                world,
                tuple(
                    Case(policy, k, k % 2 == 1, ("at once", "steps", "back")[k % 3])
                    for k, policy in enumerate(policies)
                ),
            )
        )
    places.append(
        Place(
            World.load("teaching_hospital"),
            tuple(Case(Policy.load(name), 5) for name in ("six_tips", "mosaic")),
            crowded=True,
        )
    )
    assert compared(browser, places, tmp_path) == []


@pytest.mark.parametrize("browser", BROWSERS[:1])
def test_levers_are_those_that_a_run_lays_out(browser, tmp_path):
    worlds = [
        World.load("teaching_hospital"),
        World.load("youth_program"),
        World(name="plain"),
        World.load("teaching_hospital").with_({"prices.staff_hour": 0.0, "context.acquaintances": 6}),
    ]
    places = [
        Place(world, levers=(Policy(), *(drawn_policy(world, (world.name, k)) for k in range(120)))) for world in worlds
    ]
    assert compared(browser, places, tmp_path) == []


@pytest.mark.parametrize("browser", BROWSERS[:1])
def test_another_seed_and_another_policy_are_seen(browser, tmp_path):
    world = World.load("teaching_hospital").with_(SMALL)
    one, other = Case(Policy(), 1), Case(Policy.load("six_tips"), 1)
    found = posted(browser, files_of([Place(world, (one, one))]), tmp_path)["found"]
    lines = differing(Place(world, (one._replace(seed=2), other)), found)
    assert {(0, "tables", "mentees"), (0, "tables", "streams"), (1, "tables", "ties"), (1, "overall", "cost")} <= set(
        lines
    )
    assert (1, "tables", "streams") not in lines
