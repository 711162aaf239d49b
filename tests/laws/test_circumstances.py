"""Circumstances outside a pair: drawn for the tie by its age, and the same in the gain of both sides."""

import numpy as np
import pytest
from pytest import approx
from running import month_by_month

from simulation.draws import Purpose, normal
from simulation.rules.engage import changed, engaged
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Engage
from simulation.scenario.policy import Policy

# only a partner's engagement and circumstances move anybody
ENGAGE = {"noise": 0.0, "fit": 0.0, "skill": 0.0, "contact": 0.0, "similarity": 0.0, "overload": 0.0, "keep": 0.6}


def lives(world):
    """Month by month the live ties of a world: by number, who and which, age, circumstance and both sides' engagement."""
    for month, state, _ in month_by_month(world, Policy(), 1):
        ties = np.asarray(state.ties)
        mentee, slot = np.nonzero(ties["mentor"] >= 0)
        yield state, {
            int(tie["number"]): (int(i), int(tie["nth"]), month - int(tie["start"]), float(tie["circumstance"]),
                                 float(tie["mentee_engagement"]), float(tie["mentor_engagement"]))
            for i, tie in zip(mentee, ties[mentee, slot], strict=True)
        }  # fmt: skip


@pytest.mark.parametrize("shock", [0.0, 0.2])
def test_circumstances_move_both_sides_as_the_rule_says(quiet_world, shock):
    p = values(Engage(**ENGAGE, shock=shock))
    asking = {"parameters.seek.odds": 0.0, "parameters.answer.odds": 8.0, "context.mentor_ends": 1.0}
    world, before, followed = quiet_world.with_({**asking, "parameters.engage": {**ENGAGE, "shock": shock}}), {}, 0
    for state, now in lives(world):
        for number, (i, nth, age, circumstance, own, other) in now.items():
            _, _, _, was, u, v = before.get(number, (i, nth, -1, 0.0, None, None))
            assert circumstance == approx(changed(was, normal(state.streams[age, Purpose.CIRCUMSTANCE], i, nth), p))
            if u is not None:
                gain = p.gain + shock * circumstance
                assert own == approx(engaged(u, v, gain, 0.0, 1.0, p)) and other == approx(engaged(v, u, gain, 0.0, 1.0, p))
                followed += 1
        before = now
    assert followed > 50
