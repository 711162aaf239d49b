"""By lot from one pool in one round: identity shares are hypergeometric, counted in slots."""

import numpy as np
import pytest
from running import ran
from scipy import stats

from simulation.jit import COMPILED
from simulation.matching.lot import by_lot

ALPHA = 1e-6


def agrees(counts, law):
    """The p-value of counts against a law, the rare ends lumped together."""
    expected = law.pmf(np.arange(len(counts))) * sum(counts)
    keep = expected >= 5
    seen = np.append(counts[keep], counts[~keep].sum())
    due = np.append(expected[keep], expected[~keep].sum())
    return stats.chisquare(seen[due > 0], due[due > 0]).pvalue


def test_the_lot_itself():
    room, few = np.array([1, 3, 2, 1, 2, 3]), np.array([True, True, False, False, False, False])
    rounds, mentees = (20_000 if COMPILED else 2_000), 5
    wants, likes = np.zeros((mentees, len(room))), np.zeros((len(room), mentees))
    lucks = np.random.default_rng(4).random((rounds, mentees))
    served = [few[by_lot(wants, likes, room, luck)].sum() for luck in lucks]
    law = stats.hypergeom(room.sum(), room[few].sum(), mentees)
    assert agrees(np.bincount(served, minlength=5), law) > ALPHA


@pytest.mark.jit_only
def test_a_round_of_the_program(quiet_world, policy_of):
    """One round, all mentors in one pool, given how many of the places are offered by whom."""
    world = quiet_world.with_({
        "people.mentees": 8, "people.mentors": 6, "people.months": 2, "context.mentor_hours": 3.0,
        "identities": [{"name": "origin", "groups": ["a", "b"], "mentees": {"a": 1.0, "b": 0.0},
                        "mentors": {"a": 0.5, "b": 0.5}}],
        "parameters.arrive.hours_spread": 0.35, "parameters.seek.facilitated": 5.0, "parameters.seek.invited": 5.0,
    })  # fmt: skip
    policy = policy_of({"empower.pairing": "lot", "diversify.pool": "all"})
    standardised = []
    for seed in range(3000):
        state, _ = ran(world, policy, seed)
        records = np.asarray(state.records)[: int(state.counts.records)]
        mentors = np.asarray(state.mentors)[: int(state.counts.mentors)]
        assigned = records[records["via"] == 1]
        places = np.minimum(np.maximum(mentors["hours"].astype(int), 1), 8)
        few = mentors["group"][:, 0] == 1
        slots, share, served = places.sum(), places[few].sum() / places.sum(), len(assigned)
        variance = served * share * (1.0 - share) * (slots - served) / (slots - 1)
        if variance > 0.0:
            standardised.append((few[assigned["mentor"]].sum() - served * share) / np.sqrt(variance))
    n = len(standardised)
    assert n > 2000
    assert abs(np.mean(standardised)) < stats.norm.isf(ALPHA / 2) / np.sqrt(n)
    assert abs(np.var(standardised) - 1.0) < stats.norm.isf(ALPHA / 2) * np.sqrt(2.0 / n)
