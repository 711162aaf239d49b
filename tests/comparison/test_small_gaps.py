"""Gaps of few people are marked, by hand."""

import numpy as np

from simulation.gaps import small_gaps
from simulation.outcomes import PERSONAL, groups_of
from simulation.scenario.world import World

WORLD = World.load("women_in_engineering")
ROWS = groups_of(WORLD)


def marked(women, kept, men=300):
    """The marked gaps of two runs, of so many people, of whom so many stay."""
    heads = np.array([[men + women, men, women]] * 2, float)
    personal = np.full((2, 3, len(PERSONAL)), 0.5)
    personal[:, :, PERSONAL.index("retention")] = kept
    return small_gaps(WORLD, personal, heads)


def test_the_world_is_as_the_test_takes_it():
    assert [attribute for attribute, _ in ROWS] == ["all", "gender", "gender"]


def test_fewer_than_twenty_are_few_whatever_the_outcome():
    assert "gap_output_gender" in marked(19, 0.5)
    assert "gap_output_gender" not in marked(20, 0.5)


def test_a_gap_in_who_leaves_needs_five_who_leave_and_five_who_stay():
    assert marked(100, 0.94) == marked(100, 0.96) - {"gap_retention_gender"} == set()
    assert marked(100, 0.04) == marked(100, 0.96) == {"gap_retention_gender"}


def test_nobody_is_few():
    assert "gap_retention_gender" in small_gaps(WORLD, np.full((2, 3, len(PERSONAL)), np.nan), np.zeros((2, 3)))
