"""To whom a policy is offered: to nobody is no program, to all by lot is to everybody, and those left out are the same people."""

import math

import numpy as np
import pytest
from drawn import cases
from hypothesis import given
from hypothesis import strategies as st
from running import ran, same, used

from simulation import MentorshipModel, Policy, World, results, simulate
from simulation.scenario.errors import ScenarioError
from simulation.scenario.idle import at_work
from simulation.scenario.policy import PERSONAL, SECTIONS
from simulation.scenario.sentences import in_sentences

FOR_GOOD = {"offer.everyone_from": Policy().offer.everyone_from}  # never
HARDLY = 1e-300  # so small a share that nobody is in it, and yet the levers are there
WITHOUT = {f"{section}.{lever}": value for section in SECTIONS for lever, value in getattr(Policy(), section)}
INSTITUTION = {name: value for name, value in WITHOUT.items() if name not in PERSONAL}


@pytest.fixture(scope="module")
def world():
    size = {"people.mentees": 40, "people.mentors": 24, "people.months": 14, "people.unit_mentees": 5}
    return World.load("teaching_hospital").with_(size)


def half(policy):
    """A policy offered to half of the mentees, by lot."""
    return policy.with_({"offer.share": 0.5})


@given(cases())
def test_by_lot_to_all_is_to_everybody(case):
    world, policy, seed = case
    everybody = used(ran(world, policy.with_({"offer.share": 1.0}), seed)[0])
    by_lot = policy.with_({"offer.share": math.nextafter(1.0, 0.0)})  # drawn, and everybody is in
    assert same(everybody, used(ran(world, by_lot, seed)[0])) == []
    all_named = policy.with_({"offer.share": 1.0, "offer.disciplines": [one.name for one in world.disciplines]})
    assert same(everybody, used(ran(world, all_named, seed)[0])) == []


@given(cases(), st.sampled_from([0.0, HARDLY]))
def test_to_nobody_what_reaches_people_one_by_one_is_as_without_a_program(case, share):
    world, policy, seed = case
    alone = policy.with_(INSTITUTION)
    offered, without = ran(world, alone.with_({"offer.share": share} | FOR_GOOD), seed)[0], ran(world, Policy(), seed)[0]
    assert same(used(offered), used(without)) == []


ALONE = [
    {"prioritize.staff_fte": 5.0}, {"prioritize.staff_fte": 5.0, "empower.mentors_at_once": 1}, {"empower.mentors_at_once": 4},
    {"empower.workshop_hours": 40.0}, {"empower.pairing": "coordinator"}, {"empower.pairing": "facilitated"},
    {"diversify.pool": "all"}, {"match.identity": "required", "empower.pairing": "lot"}, {"move_on.no_fault": True},
    {"move_on.check_in_months": 1},
]  # fmt: skip


@pytest.mark.parametrize("levers", ALONE, ids=lambda levers: " ".join(levers))
def test_each_lever_that_reaches_people_one_by_one_does_so_alone(world, levers):
    """Offered to all it moves somebody, and to hardly anybody nobody: no other way leads to a mentee."""
    lively = {"context.mentee_hours": 20.0, "context.mentor_hours": 20.0, "parameters.seek.odds": 1.0}
    world = world.with_({**lively, "parameters.evaluate.attention": 0.5})  # so that people hold many ties, and end some
    to_all, to_nobody = (Policy().with_({**levers, "offer.share": share}) for share in (1.0, HARDLY))
    usual, moved, left_out = (used(ran(world, policy, 3, 12)[0]) for policy in (Policy(), to_all, to_nobody))
    assert same(moved, usual) != []
    assert same(left_out, usual) == []


@given(cases())
def test_to_nobody_the_institution_does_what_it_does(case):
    world, policy, seed = case
    nobody = policy.with_({"offer.share": 0.0, "evaluate.model": "none"} | FOR_GOOD)
    rest = nobody.with_({name: WITHOUT[name] for name in PERSONAL}).with_({"offer.share": 1.0})
    offered, without = ran(world, nobody, seed)[0], ran(world, rest, seed)[0]
    assert same(used(offered), used(without)) == []


def test_those_in_it_are_the_same_under_every_policy(world):
    runs = [simulate(world, half(Policy.load(name)), seed=3) for name in ("ad_hoc", "six_tips", "single_discipline")]
    first = runs[0].mentees["offered"]
    assert 0.25 < first.mean() < 0.75
    assert all(run.mentees["offered"].tolist() == first.tolist() for run in runs)
    more = simulate(world, Policy.load("six_tips").with_({"offer.share": 0.8}), seed=3).mentees["offered"]
    assert (more | ~first).all() and more.sum() > first.sum()


@pytest.mark.parametrize("pairing", ["lot", "coordinator", "optimal", "choice", "facilitated"])
def test_those_left_out_never_enter_the_pool(world, pairing):
    policy = half(Policy().with_({"empower.pairing": pairing, "diversify.pool": "all", "empower.mentors_at_once": 4}))
    run = simulate(world, policy, seed=2)
    offered = run.mentees.set_index("mentee")["offered"]
    formal = run.ties[~run.ties["via"].isin(["ad_hoc", "approached"])]
    assert len(formal) > 0 and offered[formal["mentee"]].all()
    assert run.months["offered"].iloc[-1] == (offered & (run.mentees.set_index("mentee")["exit"] == "active")).sum()


def test_a_group_a_discipline_and_names(world):
    six = Policy.load("six_tips")
    by = {
        "offer.group": "gender:woman", "offer.disciplines": ["surgery"], "offer.mentees": [3, 17, 30],
    }  # fmt: skip
    found = {name: simulate(world, six.with_({name: value}), months=2).mentees for name, value in by.items()}
    everybody = found["offer.group"]
    assert everybody["offered"].tolist() == (everybody["gender"] == "woman").tolist()
    assert found["offer.disciplines"]["offered"].tolist() == (everybody["discipline"] == "surgery").tolist()
    named = found["offer.mentees"]
    assert named.loc[named["offered"], "mentee"].tolist() == [3, 17, 30]
    both = simulate(world, six.with_(by), months=2).mentees
    assert both["offered"].tolist() == np.logical_and.reduce([one["offered"] for one in found.values()]).tolist()


def test_upkeep_is_paid_for_those_in_it(world):
    policy = Policy().with_({"diversify.pool": "all", "match.identity": "optional"})
    whole, some = (simulate(world, one, seed=3, months=1).months.iloc[0] for one in (policy, half(policy)))
    assert some["offered"] < whole["offered"] == whole["mentees"]
    assert some["cost"] / some["offered"] == pytest.approx(whole["cost"] / whole["offered"])


def test_it_spills_over(world):
    """Those left out share mentors, units and word of mouth with those in it, so that they do not live as without a program."""
    generous = Policy.load("six_tips").with_(INSTITUTION)
    with_half, without = (simulate(world, one, seed=3) for one in (half(generous), half(Policy())))
    left_out = ~with_half.mentees["offered"]
    assert (with_half.mentees.loc[left_out, "belonging"] != without.mentees.loc[left_out, "belonging"]).any()


def test_both_lanes_agree(world):
    policy = half(Policy.load("six_tips"))
    model = MentorshipModel(world, policy, rng=3, months=8)
    model.run_model()
    assert results.digest(model.tables()) == simulate(world, policy, seed=3, months=8).digest
    asked = [person.is_aware() for person in model.agents_by_type[next(iter(model.agents_by_type))]]
    assert any(asked) and not all(asked)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"offer.group": "gender:robot"}, "offer.group: value .* has no such group"),
        ({"offer.disciplines": ["alchemy"]}, "offer.disciplines: value .* has no such discipline"),
        ({"offer.mentees": [5, 4000]}, "offer.mentees: value 4000: the mentees of this study are 0 to 47"),
    ],
)
def test_who_is_not_there_is_refused(world, changes, told):
    with pytest.raises(ScenarioError, match=told):
        simulate(world, Policy().with_(changes))


def test_show_says_who_has_what():
    ((_, lines),) = [part for part in in_sentences(half(Policy.load("six_tips"))) if "some mentees" in part[0]]
    told = " ".join(lines)
    assert "by lot: 0.5" in told
    assert "how a pair comes about" in told.partition("Everybody has")[0]
    assert "protected time" in told.partition("Everybody has")[2]
    assert not [part for part in in_sentences(Policy.load("six_tips")) if "some mentees" in part[0]]


def test_a_share_of_nought_makes_levers_idle():
    working = at_work(Policy.load("six_tips").with_({"offer.share": 0.0}), None)[0]
    assert working.empower == Policy().empower and working.offer.share == 0.0
    assert working.prioritize.protected_hours > 0.0
