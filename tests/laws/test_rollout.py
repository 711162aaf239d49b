"""A rollout by phases: nobody lives with the policy before their turn, whole units have it together, and the lanes agree."""

import numpy as np
import pytest
from running import ran, same, used

from simulation import MentorshipModel, Policy, World, results, simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.idle import idle
from simulation.scenario.policy import PERSONAL, SECTIONS
from simulation.scenario.sentences import in_sentences

HARDLY = 1e-300  # so small a share that nobody is in it, and yet the levers are there
WITHOUT = {f"{section}.{lever}": value for section in SECTIONS for lever, value in getattr(Policy(), section)}
INSTITUTION = {name: value for name, value in WITHOUT.items() if name not in PERSONAL}
STEPPED = {"offer.whole_units": True, "offer.steps": 4, "offer.step_months": 2}


@pytest.fixture(scope="module")
def world():
    size = {"people.mentees": 40, "people.mentors": 24, "people.months": 10, "people.unit_mentees": 5, "context.awareness": 1.0}
    return World.load("teaching_hospital").with_(size)


@pytest.fixture(scope="module")
def six():
    """All six tips, as far as they reach people one by one."""
    return Policy.load("six_tips").with_(INSTITUTION)


def test_steps_reach_more_and_more_until_all_have_it(world, six):
    months = simulate(world, six.with_(STEPPED | {"start_month": 1}), seed=3).months
    parts = months["offered"] / months["mentees"]
    assert parts[0] == 1.0  # nothing is left to some
    by_step = [parts[month] for month in (1, 3, 5, 7)]
    assert by_step == sorted(by_step) and 0.1 < by_step[0] < 0.5 and by_step[-1] == 1.0 and parts[2] == pytest.approx(by_step[0], abs=0.05)
    people = simulate(world, six.with_(STEPPED | {"offer.steps": 4}), seed=3, months=2)
    assert people.mentees["offered"].all()  # in the end


def test_everybody_from_a_month_on(world, six):
    phased = six.with_({"offer.disciplines": ["surgery"], "offer.everyone_from": 5})
    months = simulate(world, phased, seed=3).months
    assert (months["offered"][:5] < months["mentees"][:5] / 2).all() and (months["offered"][5:] == months["mentees"][5:]).all()


def test_before_its_turn_nobody_lives_otherwise(world, six):
    """Offered to hardly anybody until month 5, it changes nothing before, and something after."""
    late = six.with_({"offer.share": HARDLY, "offer.everyone_from": 5})
    for months, unchanged in ((5, True), (8, False)):
        runs = [used(ran(world, policy, 3, months)[0]) for policy in (late, Policy())]
        assert (same(*runs) == []) is unchanged


def test_whole_units_are_dealt(world, six):
    mentees = simulate(world, six.with_({"offer.share": 0.5, "offer.whole_units": True}), seed=3, months=2).mentees
    units = mentees.groupby("unit")["offered"]
    assert (units.nunique() == 1).all() and units.first().sum() == pytest.approx(units.ngroups / 2, abs=1)
    again = simulate(world, Policy().with_({"offer.share": 0.5, "offer.whole_units": True}), seed=3, months=2).mentees
    assert again["offered"].tolist() == mentees["offered"].tolist()
    other = simulate(world, six.with_({"offer.share": 0.5, "offer.whole_units": True}), seed=4, months=2).mentees
    assert other["offered"].tolist() != mentees["offered"].tolist()


def test_one_mentee_of_a_late_unit(world, six):
    """A mentee whose unit is last is not aware of the program, meets nobody through it, and then is and may."""
    model = MentorshipModel(world, six.with_(STEPPED), rng=3)
    rows = model.state.mentees
    model.run_until(1)
    last = int(np.argmax(np.where(rows.active == 1, rows.turn, 0.0)))
    late = next(person for person in model.agents if person.unique_id == last or getattr(person, "row", None) == last)
    told = [late.is_aware()]
    for month in range(2, 9):
        model.run_until(month)
        told.append(bool(late.is_aware()))
    assert told == [False] * 6 + [True] * 2


@pytest.mark.parametrize("offer", [STEPPED, {"offer.share": 0.5, "offer.everyone_from": 4}, {"offer.steps": 3}])
def test_both_lanes_agree(world, six, offer):
    model = MentorshipModel(world, six.with_(offer), rng=3, months=8)
    model.run_model()
    assert results.digest(model.tables()) == simulate(world, six.with_(offer), seed=3, months=8).digest


def test_what_cannot_be_is_refused_and_what_is_idle_told(six):
    with pytest.raises(ScenarioError, match="everyone_from 3 is not after start_month 3"):
        six.with_({"start_month": 3, "offer.everyone_from": 3})
    told = {
        "offer.steps": {"offer.share": 0.0, "offer.steps": 2}, "offer.step_months": {"offer.step_months": 5},
        "offer.whole_units": {"offer.whole_units": True}, "offer.everyone_from": {"offer.everyone_from": 9},
    }  # fmt: skip
    for name, changes in told.items():
        assert name in idle(six.with_(changes))
    ended = {"offer.share": 0.5, "offer.everyone_from": 9, "end_month": 9}
    assert "offer.everyone_from" in idle(six.with_(ended)) and "offer.everyone_from" not in idle(six.with_(ended | {"end_month": 10}))
    assert not {"offer.steps", "offer.step_months", "offer.whole_units"} & set(idle(six.with_(STEPPED)))
    assert "empower.pairing" not in idle(six.with_({"offer.share": 0.0, "offer.everyone_from": 6}))


def test_show_says_in_which_phases(six):
    usual = Policy().offer.step_months
    ((_, lines),) = [part for part in in_sentences(six.with_({"offer.steps": 2})) if "in phases" in part[0]]
    assert f"{usual} months" in " ".join(lines)
    ((_, lines),) = [part for part in in_sentences(six.with_(STEPPED | {"offer.everyone_from": 30})) if "in phases" in part[0]]
    told = " ".join(lines)
    assert "order by lot" in told and "4 steps" in told and "2 months" in told and "30" in told
