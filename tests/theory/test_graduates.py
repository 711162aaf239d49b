"""Graduates who become mentors: their number in a unit is a chain; where they are plenty it is binomial.

From July to July each mentor stays with chance s = exp(-hazard), whatever others do. Of the n posts of a unit with g
graduates, a ~ Binomial(g, s) graduates and b ~ Binomial(n - g, s) others stay, and V = n - a - b posts are vacant.
Each vacant post asks for a graduate with chance r, so Binomial(V, r) ask. The cohort that finished in June had C heads
in the unit. Each came through with chance exp(-hazard x years), so Binomial(C, that) graduated. Nobody is promoted
twice: the smaller of the two numbers become mentors, and g becomes a plus that number. This is a chain with n + 1
states. It begins at 0: nobody has graduated before the study. Who was there at its start may leave only from then on.

Where no graduate is lacking, posts know nothing of each other. The chance p that a graduate holds a post becomes
s p + (1 - s) r. So p = r (1 - s^k) in the k-th July after the first, and r in the long run.

Graduates keep their groups, and a group says nothing about who graduates. The groups of all other mentors are drawn by
the mentors' shares. So the mentors of the second group are Binomial(g, share among mentees) + Binomial(n - g, share
among mentors).
"""

import numpy as np
import pytest
from running import ran
from scipy.stats import binom, chisquare

from simulation.columns import GRADUATE
from simulation.jit import COMPILED
from simulation.scenario.policy import Policy

ALPHA = 1e-6  # of each comparison; there are 12
POSTS, YEARS, ASKED, LEAVES = 4, 2, 0.6, 0.8
AMONG_MENTEES, AMONG_MENTORS = 0.5, 0.1
UNITS, SEEDS, JULYS = (500, 4, 8) if COMPILED else (15, 2, 2)
CASES = {"plenty": (POSTS, 0.0), "scarce": (2, 0.5)}  # heads of a cohort in a unit, and the hazard of mentees
STAYS = np.exp(-LEAVES)


def served(vacant, heads, through) -> np.ndarray:
    """The law of how many graduates become mentors: the smaller of how many are asked and how many there are."""
    fewer = np.arange(-1, vacant + 1)
    at_least = binom.sf(fewer, vacant, ASKED) * binom.sf(fewer, heads, through)
    return at_least[:-1] - at_least[1:]


def chain(heads, through) -> np.ndarray:
    """The chances of next July's number of graduates among the mentors of a unit, by this July's."""
    matrix = np.zeros((POSTS + 1, POSTS + 1))
    for g in range(POSTS + 1):
        for a in range(g + 1):
            for b in range(POSTS - g + 1):
                chance = binom.pmf(a, g, STAYS) * binom.pmf(b, POSTS - g, STAYS)
                matrix[g, a : POSTS - b + 1] += chance * served(POSTS - a - b, heads, through)
    return matrix


def law(case, july) -> np.ndarray:
    """The law of the number of graduates among the mentors of a unit, in the july-th July after the first."""
    heads, hazard = CASES[case]
    now = np.eye(POSTS + 1)[0]
    for k in range(1, july + 1):
        now = now @ chain(heads, np.exp(-hazard * min(k, YEARS)))
    return now


def of_the_group(graduates) -> np.ndarray:
    """The law of how many mentors of a unit are of the second group, from that of how many are graduates."""
    due = np.zeros(POSTS + 1)
    for g in range(POSTS + 1):
        own = binom.pmf(range(g + 1), g, AMONG_MENTEES)
        others = binom.pmf(range(POSTS - g + 1), POSTS - g, AMONG_MENTORS)
        due += graduates[g] * np.convolve(own, others)
    return due


def agrees(numbers, due) -> bool:
    """Whether the numbers seen in many units follow a law; the rarest are lumped together until 5 or more are due."""
    seen, due = np.bincount(numbers, minlength=len(due)), due * len(numbers)
    order = np.argsort(due)
    rare = np.searchsorted(due[order].cumsum(), 5.0) + 1
    lumped = [np.append(counts[order[rare:]], counts[order[:rare]].sum()) for counts in (seen, due)]
    return chisquare(*lumped).pvalue > ALPHA


@pytest.fixture
def world_of(quiet_world):
    """A world in which people only come, leave by a constant hazard, graduate and are hired."""
    def made(case, **changes):
        heads, hazard = CASES[case]
        return quiet_world.with_({
            "people.mentees": UNITS * heads * YEARS, "people.unit_mentees": heads * YEARS,
            "people.site_mentees": 5000,  # one site, so that all units are of one size
            "people.mentors": UNITS * POSTS, "people.months": 12 * JULYS + 1, "people.years": YEARS,
            "people.graduates": True, "people.promoted": ASKED,
            "hazards": {"first_year": hazard, "later_years": hazard, "mentors": LEAVES},
            "parameters.leave": {"belonging": 0.0, "burnout": 0.0, "mentor_burnout": 0.0},
            "identities": [{"name": "origin", "groups": ["a", "b"],
                            "mentees": {"a": 1.0 - AMONG_MENTEES, "b": AMONG_MENTEES},
                            "mentors": {"a": 1.0 - AMONG_MENTORS, "b": AMONG_MENTORS}}],
            **changes,
        })  # fmt: skip

    return made


def mentors_of(state) -> np.ndarray:
    """All mentors there ever were."""
    return np.asarray(state.mentors)[: int(state.counts.mentors)]


def by_unit(people) -> np.ndarray:
    """How many people each unit has."""
    return np.bincount(people["unit"], minlength=UNITS)


def in_july(mentors, july) -> np.ndarray:
    """The mentors who are there when the posts are filled."""
    month = 12 * july
    return mentors[(mentors["joined"] <= month) & ((mentors["exit_month"] < 0) | (mentors["exit_month"] >= month))]


def test_the_chain_itself():
    for july in (1, 2, 5, 20):
        assert np.allclose(law("plenty", july), binom.pmf(range(POSTS + 1), POSTS, ASKED * (1.0 - STAYS**july)))
        assert law("scarce", july) @ np.arange(POSTS + 1) < law("plenty", july) @ np.arange(POSTS + 1)
    assert np.isclose(law("plenty", 20) @ np.arange(POSTS + 1) / POSTS, ASKED)


@pytest.mark.parametrize("case", CASES)
def test_graduates_among_mentors(world_of, case):
    runs = [mentors_of(ran(world_of(case), Policy(), seed)[0]) for seed in range(SEEDS)]
    for july in {1, 2, JULYS}:
        there = [in_july(mentors, july) for mentors in runs]
        assert all((by_unit(mentors) == POSTS).all() for mentors in there)
        graduates = np.concatenate([by_unit(mentors[mentors["mentor"] >= GRADUATE]) for mentors in there])
        grouped = np.concatenate([by_unit(mentors[mentors["group"][:, 0] == 1]) for mentors in there])
        assert agrees(graduates, law(case, july))
        assert agrees(grouped, of_the_group(law(case, july)))


@pytest.mark.parametrize("case", CASES)
def test_when_every_post_asks_the_smaller_number_decides(world_of, case):
    state, _ = ran(world_of(case, **{"people.promoted": 1.0}), Policy(), 7)
    mentors, mentees = mentors_of(state), np.asarray(state.mentees)
    for month in range(12, 12 * JULYS + 1, 12):
        hired = mentors[mentors["joined"] == month]
        finished = mentees[(mentees["cohort"] == month - 12 * YEARS) & (mentees["active"] >= 3)]
        assert len(hired) > 0
        assert (finished["exit_month"] == month - 1).all()
        assert (by_unit(hired[hired["mentor"] >= GRADUATE]) == np.minimum(by_unit(hired), by_unit(finished))).all()


@pytest.mark.parametrize("nothing", [{"people.promoted": 0.0}, {"people.promoted": 1.0, "people.graduates": False}])
def test_no_graduate_where_no_post_asks_or_nobody_graduates(world_of, nothing):
    state, _ = ran(world_of("plenty", **nothing), Policy(), 7)
    assert (mentors_of(state)["mentor"] < GRADUATE).all()
    assert (np.asarray(state.mentees)["active"] < 3).all() == ("people.graduates" in nothing)
