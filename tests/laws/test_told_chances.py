"""The chance of leaving that a story tells is the one that decided: who had less luck left, and nobody else did."""

import numpy as np
from drawn import policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import month_by_month

from simulation.steps.leave import odds_of_leaving


@given(worlds(), seeds, st.data())
def test_who_left_had_less_luck_than_the_chance_told(world, seed, data):
    there = None
    for month, state, layout in month_by_month(world, data.draw(policies(world)), seed):
        arrived = (state.mentees.active == 1) | (state.mentees.exit_month == month)
        for mentee in np.flatnonzero(arrived if there is None else arrived & there):
            chance, luck = odds_of_leaving(state, layout.setting, month, int(mentee))
            assert (luck < chance) == (state.mentees.active[mentee] == 2)
        there = (state.mentees.active < 2).copy()
