"""Keyed draws: uniform, independent along every part of the key, and the same with and without compilation.

Every statistical test here fixes its seeds and has an error rate of 1e-6 over all its comparisons together.
"""

import numpy as np
import pytest
from drawn import seeds
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.draws import Purpose, bits, normal, stream, streams, uniform
from simulation.jit import COMPILED

ALPHA = 1e-6
COUNT = 20_000 if COMPILED else 4_000
MENTOR = 1 << 40  # where the keys of mentors start
START = {"seed": 1, "purpose": 10, "who": 100, "whom": 0, "month": 0}
# neighbours along each part of the key, and along directions that a careless mixture confuses
STEPS = {
    "seed": {"seed": 1},
    "purpose": {"purpose": 1},
    "who": {"who": 1},
    "whom": {"whom": 1},
    "month": {"month": 1},
    "a year": {"month": 12},
    "who for whom": {"who": 1, "whom": -1},
    "who for month": {"who": 1, "month": -1},
    "seed for who": {"seed": 1, "who": -1},
    "mentor": {"whom": MENTOR},
    "far who": {"who": 1 << 20},
    "far seed": {"seed": 1 << 31},
}


def luck_of(seed, purpose, month):
    """A stream as compiled code takes it from Python: a whole number of 64 bits without a sign."""
    return (np.uint64 if COMPILED else int)(stream(seed, purpose, month))


def ours(seed, purpose, who, whom, month):
    return uniform(luck_of(seed, purpose, month), who, whom)


def careless(seed, purpose, who, whom, month):
    """A hash as one would write it in haste; it must fail where ours passes."""
    return ((seed * 31 + purpose * 17 + who * 7919 + whom * 104729 + month * 13) * 2654435761 % 2**32) / 2**32


def keys(step: dict, count: int):
    """Keys that walk over people, each with the neighbour that lies one step on; nothing is negative."""
    for k in range(count):
        key = {**START, "who": 1000 + k % 200, "whom": 5000 + 3 * (k // 200), "month": 60, "seed": 7}
        yield key, {part: value + step.get(part, 0) for part, value in key.items()}


def independence(draw, step: dict) -> float:
    """The smaller p-value of correlation and of a chi-square over the squares of pairs of neighbours."""
    pairs = np.array([(draw(**one), draw(**other)) for one, other in keys(step, COUNT)])
    correlation = np.corrcoef(pairs.T)[0, 1]
    p = 2.0 * stats.norm.sf(abs(correlation) * np.sqrt(COUNT))
    squares = np.histogram2d(*pairs.T, bins=8, range=[[0, 1], [0, 1]])[0]
    return min(p, stats.chisquare(squares.ravel()).pvalue)


def uniformity(draw, step: dict) -> float:
    """The p-value of a chi-square over 64 equal parts, for draws along one part of the key."""
    drawn = [draw(**{part: START[part] + k * step.get(part, 0) for part in START}) for k in range(COUNT)]
    return stats.chisquare(np.histogram(drawn, bins=64, range=(0, 1))[0]).pvalue


ALONG = [name for name, step in STEPS.items() if min(step.values()) > 0]


@pytest.mark.parametrize("name", ALONG)
def test_uniform_along_every_part_of_the_key(name):
    assert uniformity(ours, STEPS[name]) > ALPHA / len(STEPS)


@pytest.mark.parametrize("name", STEPS)
def test_neighbours_are_independent(name):
    assert independence(ours, STEPS[name]) > ALPHA / (2 * len(STEPS))


@pytest.mark.parametrize("name", STEPS)
def test_a_careless_hash_fails_the_same_test(name):
    assert independence(careless, STEPS[name]) < ALPHA / (2 * len(STEPS))


def test_every_pair_of_purposes_is_independent():
    people = range(2_000 if COMPILED else 300)
    drawn = np.array([[ours(3, int(purpose), who, 0, 5) for who in people] for purpose in Purpose])
    correlations = np.corrcoef(drawn)[np.triu_indices(len(drawn), 1)]
    lowest = 2.0 * stats.norm.sf(np.abs(correlations).max() * np.sqrt(len(people)))
    assert lowest > ALPHA / len(correlations)


def test_normal_draws_are_standard_and_bounded():
    luck = luck_of(11, Purpose.TRAIT, 0)
    drawn = np.array([normal(luck, who, 3) for who in range(COUNT)])
    assert abs(drawn.mean()) < stats.norm.isf(ALPHA / 4) / np.sqrt(COUNT)
    # the fourth moment of a mean of four uniform numbers is 2.7: the variance of its square is 1.7
    assert abs(drawn.var() - 1.0) < stats.norm.isf(ALPHA / 4) * np.sqrt(1.7 / COUNT)
    assert np.abs(drawn).max() <= 2.0 * np.sqrt(3.0)


def test_uniform_draws_lie_in_their_range():
    drawn = [ours(seed, 3, 4, 5, 6) for seed in range(COUNT)]
    assert min(drawn) >= 0.0
    assert max(drawn) < 1.0


# The same definition once more, in arithmetic modulo 2**64 on Python's own whole numbers.
WHOLE = 2**64


def finalised(h: int) -> int:
    """SplitMix64's finaliser."""
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 % WHOLE
    h = (h ^ (h >> 27)) * 0x94D049BB133111EB % WHOLE
    return h ^ (h >> 31)


def naive(seed: int, purpose: int, who: int, whom: int, month: int) -> int:
    """The 64 bits of a key."""
    golden, other = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
    h = finalised((seed + golden) % WHOLE)
    h = finalised((h + purpose * other) % WHOLE)
    h = finalised((h + month * golden) % WHOLE)
    return finalised(h ^ finalised((who * golden + whom * other + golden) % WHOLE))


people = st.one_of(st.integers(0, 5_000_000), st.integers(MENTOR, MENTOR + 2_000_000_000))


@given(st.one_of(seeds, st.integers(0, 2**63 - 1)), st.sampled_from(Purpose), people, people, st.integers(0, 2400))
def test_draws_equal_their_naive_twin(seed, purpose, who, whom, month):
    luck, expected = luck_of(seed, purpose, month), naive(seed, purpose, who, whom, month)
    assert int(bits(luck, who, whom)) == expected
    assert uniform(luck, who, whom) == (expected >> 11) / 2**53
    quarters = [expected >> shift & 0xFFFF for shift in (0, 16, 32, 48)]
    assert normal(luck, who, whom) == (sum(quarters) - 131070) * (1.7320508075688772 / 65536.0)


def test_the_table_of_streams_holds_the_stream_of_every_purpose_and_month():
    table = streams(12345, 4)
    for month in range(4):
        for purpose in Purpose:
            assert int(table[month, purpose]) == int(stream(12345, int(purpose), month))


def test_the_finaliser_agrees_with_published_numbers():
    # the first outputs of SplitMix64 from seed 0
    golden = 0x9E3779B97F4A7C15
    assert [finalised(k * golden % WHOLE) for k in (1, 2)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]


def test_no_number_is_given_twice():
    assert len(Purpose.__members__) == len({int(purpose) for purpose in Purpose})
