"""Docking in all its cases, those that need many seeds among them: no difference as large as a margin."""

from docking.test_docking import CASES, CHOSEN, OUTCOMES, alike_in_shape, share_of_margin


def bar_docking(measured):
    reach = {(name, outcome): share_of_margin(name, outcome) for name in CASES for outcome in OUTCOMES}
    reach |= {("feedback", outcome): share_of_margin("feedback", outcome) for outcome in CHOSEN}
    measured("docking: the widest reach of an interval, in margins", max(reach.values()), "< 1")
    assert {pair: share for pair, share in reach.items() if share >= 1.0} == {}
    assert alike_in_shape(list(CASES)) == dict.fromkeys(OUTCOMES, True)
