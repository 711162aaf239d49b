"""What people have lived through and see around them acts on what they do, where its weight is not 0, and on nobody else."""

import numpy as np
import pytest
from running import copied, opened

from simulation.steps.assign import waiting
from simulation.steps.learn import learn
from simulation.steps.leave import leave
from simulation.steps.seek import seeks
from simulation.steps.strain import count_groups
from simulation.steps.who_is_there import mentees_of, mentors_of
from simulation.ties import REDEFINITION

MONTH = 3
EAGER = {  # enough who ask, and enough who do not
    "context.awareness": 1.0, "parameters.seek.odds": 0.0, "parameters.seek.invited": 0.0, "parameters.seek.facilitated": 0.0,
}  # fmt: skip


def asking(state, layout, month=MONTH):
    """The rows of those who ask this month."""
    here = [i for site in range(len(state.sites)) for i in mentees_of(state, layout.setting, month, site)]
    return {int(i) for i in here if seeks(state, layout.setting, month, state.mentees[i])}


def registered(state, layout):
    """The rows of those who put their names down with the office this month."""
    return {int(i) for site in range(len(state.sites)) for i in waiting(state, layout.setting, MONTH, site)}


def with_all(state, name, value):
    """The same state in which a field of every mentee has one value."""
    other = copied(state)
    other.mentees[name] = value
    return other


def at_both_ends(world, policy, who, name):
    """Those who ask, or register, with a field of all mentees at 0 and at 1."""
    state, layout = opened(world, policy, 1, MONTH)
    return tuple(who(with_all(state, name, value), layout) for value in (0.0, 1.0))


@pytest.mark.parametrize(("pairing", "who"), [("ad_hoc", asking), ("lot", registered)])
def test_the_worn_out_ask_less_and_the_able_more(small_hospital, policy_of, pairing, who):
    world, policy = small_hospital.with_(EAGER), policy_of({"empower.pairing": pairing})
    rested, worn = at_both_ends(world.with_({"parameters.seek.worn": 8.0}), policy, who, "burnout")
    assert worn < rested
    unable, able = at_both_ends(world.with_({"parameters.seek.able": 8.0}), policy, who, "ability")
    assert unable < able
    neither = world.with_({"parameters.seek.worn": 0.0, "parameters.seek.able": 0.0})
    for name in ("burnout", "ability"):
        low, high = at_both_ends(neither, policy, who, name)
        assert low == high


def counted(state, layout):
    """The same state after the heads of units are counted."""
    other = copied(state)
    for site in range(len(other.sites)):
        count_groups(other, layout.setting, MONTH, site, mentees_of(other, layout.setting, MONTH, site))
    return other


def test_units_count_who_has_a_current_mentor(small_hospital, policy_of):
    state, layout = opened(small_hospital, policy_of({}), 1, MONTH)
    state = counted(state, layout)
    ties, mentees = np.asarray(state.ties), np.asarray(state.mentees)
    current = ((ties["mentor"] >= 0) & (ties["phase"] != REDEFINITION) & (ties["silent"] <= 2)).any(axis=1)
    there = mentees["active"] == 1
    assert 0 < current[there].sum() < there.sum()
    assert mentees["mentored"][there].tolist() == current[there].tolist()
    units = mentees["unit"][there]
    assert state.units["counted"].tolist() == np.bincount(units, minlength=len(state.units)).tolist()
    assert state.units["mentored"].tolist() == np.bincount(units[current[there]], minlength=len(state.units)).tolist()


@pytest.mark.parametrize(("pairing", "who"), [("ad_hoc", asking), ("lot", registered)])
def test_people_ask_where_others_have_mentors_and_leave_themselves_out(small_hospital, policy_of, pairing, who):
    world, policy = small_hospital.with_({**EAGER, "parameters.seek.custom": 8.0}), policy_of({"empower.pairing": pairing})
    state, layout = opened(world, policy, 1, MONTH)

    def who_when(mentored, counted, own):
        other = with_all(state, "mentored", own)
        other.units["mentored"], other.units["counted"] = mentored, counted
        return who(other, layout)

    assert who_when(1, 9, 1) < who_when(5, 9, 1) < who_when(9, 9, 1)
    assert who_when(1, 2, 1) == who_when(0, 2, 0) == who_when(1, 9, 1)  # nobody else has one
    assert who_when(1, 2, 0) == who_when(9, 9, 1)  # everybody else has one
    assert who_when(1, 1, 1) == who_when(5, 9, 1)  # nobody else is there: as where half of them have one


def test_in_the_first_month_there_is_no_custom_yet(small_hospital, policy_of):
    states = [opened(small_hospital.with_({**EAGER, "parameters.seek.custom": size}), policy_of({}), 1, 0) for size in (0.0, 8.0)]
    assert asking(*states[0], 0) == asking(*states[1], 0) != set()


def test_a_mentor_with_means_raises_the_output_of_who_met_them(small_hospital, policy_of):
    outputs = []
    for means in (0.0, 0.5):
        state, layout = opened(small_hospital, policy_of({}), 1, MONTH)
        other = opened(small_hospital.with_({"parameters.learn.means": means}), policy_of({}), 1, MONTH)[1]
        for site in range(len(state.sites)):
            learn(state, other.setting, mentees_of(state, layout.setting, MONTH, site))
        outputs.append(state.mentees["output"].copy())
    ties = np.asarray(state.ties)
    met = ((ties["mentor"] >= 0) & (ties["phase"] != REDEFINITION) & (ties["contact"] > 0.0)).any(axis=1)
    raised = outputs[1] > outputs[0]
    assert (outputs[1] >= outputs[0]).all() and raised.any()
    assert not (raised & ~met).any()


@pytest.mark.parametrize(("size", "kept"), [(0.0, False), (10.0, True)])
def test_who_produces_more_stays(small_hospital, policy_of, size, kept):
    hazards = {"hazards.first_year": 3.0, "hazards.later_years": 3.0, "parameters.leave.output": size}
    state, layout = opened(small_hospital.with_(hazards), policy_of({}), 1, MONTH)
    gone = []
    for output in (0.5, 1.0):
        each = with_all(state, "output", output)
        for site in range(len(each.sites)):
            here, there = mentees_of(each, layout.setting, MONTH, site), mentors_of(each, site)
            leave(each, layout.setting, MONTH, here, there)
        gone.append(set(np.flatnonzero(each.mentees["active"] == 2)))
    assert gone[1] <= gone[0]
    assert (gone[1] < gone[0]) == kept
