"""What people have lived through and see around them acts on what they do, where its weight is not 0, and on nobody else."""

from running import copied, opened

from simulation.steps.assign import waiting
from simulation.steps.seek import seeks
from simulation.steps.who_is_there import mentees_of

MONTH = 3
EAGER = {"parameters.seek.odds": 0.0}  # enough who ask, and enough who do not


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


def test_who_is_worn_out_asks_less_and_registers_less(small_hospital, policy_of):
    world = small_hospital.with_({**EAGER, "parameters.seek.worn": 8.0, "parameters.seek.invited": 0.0,
                                  "parameters.seek.facilitated": 0.0, "context.awareness": 1.0})  # fmt: skip
    for policy, who in ((policy_of({}), asking), (policy_of({"empower.pairing": "lot"}), registered)):
        state, layout = opened(world, policy, 1, MONTH)
        rested, worn = (who(with_all(state, "burnout", burnout), layout) for burnout in (0.0, 1.0))
        assert worn < rested
        state, layout = opened(world.with_({"parameters.seek.worn": 0.0}), policy, 1, MONTH)
        assert len({frozenset(who(with_all(state, "burnout", burnout), layout)) for burnout in (0.0, 1.0)}) == 1
