"""What people have lived through and see around them acts on what they do, where its weight is not 0, and on nobody else."""

import pytest
from running import copied, opened

from simulation.steps.assign import waiting
from simulation.steps.seek import seeks
from simulation.steps.who_is_there import mentees_of

MONTH = 3
EAGER = {  # enough who ask, and enough who do not
    "context.awareness": 1.0, "parameters.seek.odds": 0.0, "parameters.seek.invited": 0.0, "parameters.seek.facilitated": 0.0,
}  # fmt: skip


def asking(state, layout):
    """The rows of those who ask this month."""
    here = [i for site in range(len(state.sites)) for i in mentees_of(state, layout.setting, MONTH, site)]
    return {int(i) for i in here if seeks(state, layout.setting, MONTH, state.mentees[i])}


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
    for name in ("burnout", "ability"):
        low, high = at_both_ends(world, policy, who, name)
        assert low == high
