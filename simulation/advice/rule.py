"""Which policy is first, and how sure that is: outcomes in a fixed order, each with the margin that matters.

At each outcome those policies stay that lie within its margin of the best of the rest; who stays to the end is first. The
whole rule is applied to programs drawn anew from the simulated ones, and what is first in fewer than `RARE` of the draws
is ruled out. So what goes together in the data goes together in the draws, and a rule in steps is as unsure as its steps.

Source: Hsu 1996, Multiple comparisons, comparison with the best; Nelson and Matejcik 1995, 10.1287/mnsc.41.12.1935, an
indifference zone with common random numbers; Kim and Nelson 2001, 10.1145/502109.502111; Efron and Tibshirani 1998,
10.1214/aos/1024691353, confidence in a region by draws; Gupta 1965, 10.1080/00401706.1965.10490251, a set that holds the best.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from simulation.judgement import by_set, direction, two_digits

DRAWS = 2000
RARE = 0.01  # share of draws: first in fewer is ruled out; 0.05 would let one of twenty near ties be told as a name
NEAR_SURE = 1.0 - RARE
STANDARD_ERRORS = 2.33 + 0.84  # beyond a margin, for RARE on one side, in four of five cases


class Deciding(NamedTuple):
    """An outcome that decides, with its margin."""

    outcome: str
    margin: float


class Ranking(NamedTuple):
    """What the rule says of the policies of a comparison, the baseline first."""

    policies: list[str]
    share: np.ndarray  # of draws in which each policy is first
    out_at: np.ndarray  # place of the outcome at which each is out, by the means; the number of outcomes where it stays
    levels: np.ndarray  # outcomes x policies: means, larger is better
    drawn: np.ndarray  # draws x outcomes x policies: the same of each draw

    @property
    def left(self) -> list[str]:
        """The policies that cannot be ruled out, the surest first."""
        order = np.argsort(-self.share, kind="stable")
        return [self.policies[k] for k in order if self.share[k] >= RARE]


def first(levels: np.ndarray, margins: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Apply the rule to `levels` (draws x outcomes x policies, larger is better): who is first, and at which outcome others go.

    Both are draws x policies. Who is first has the number of outcomes in the second.
    """
    kept = np.ones((len(levels), levels.shape[2]), bool)
    out_at = np.full(kept.shape, levels.shape[1])
    for place, margin in enumerate(margins):
        level = levels[:, place]
        best = np.where(kept, level, -np.inf).max(axis=1, keepdims=True)
        gone = kept & (level < best - margin)
        out_at[gone] = place
        kept &= ~gone
    return kept, out_at


def levels_by(outcomes: pd.DataFrame, policies: list[str], deciding: list[Deciding]) -> np.ndarray:
    """The mean of each unit, outcome and policy: a unit is a set of parameters where there are such, else a program.

    A program that is not measured under some policy counts under none: policies are compared on the same programs.
    """
    programs, sets = outcomes["replicate"].drop_duplicates(), None
    rows = pd.MultiIndex.from_product([policies, programs])
    table = outcomes.set_index(["policy", "replicate"])[[one.outcome for one in deciding]].reindex(rows)
    values = table.to_numpy(float).reshape(len(policies), len(programs), len(deciding)).transpose(1, 2, 0)
    if "parameter_set" in outcomes:
        sets = outcomes.loc[programs.index, "parameter_set"].to_numpy()
    return by_set(np.where(np.isfinite(values).all(axis=2, keepdims=True), values, np.nan), sets)


def better_is_larger(levels: np.ndarray, deciding: list[Deciding]) -> np.ndarray:
    """Turn levels (… x outcomes x policies) so that larger is better; a gap is better nearer to zero."""
    ways = np.array([direction(one.outcome) for one in deciding], float)[:, None]
    gaps = np.array([one.outcome.startswith("gap_") for one in deciding])[:, None]
    return np.where(gaps, -np.abs(levels), ways * levels)


def means(outcomes: pd.DataFrame, policies: list[str], deciding: list[Deciding]) -> tuple[np.ndarray, np.ndarray]:
    """Mean levels, larger is better: outcomes x policies of all programs, and draws x outcomes x policies of draws.

    Programs that share a set of parameters are drawn together.
    """
    values = levels_by(outcomes, policies, deciding)
    known, count = np.isfinite(values), len(values)
    weights = np.random.default_rng(1).multinomial(count, np.full(count, 1.0 / count), size=DRAWS)
    weights = np.vstack([np.ones(count), weights])
    with np.errstate(invalid="ignore", divide="ignore"):
        levels = np.tensordot(weights, np.where(known, values, 0.0), 1) / np.tensordot(weights, known.astype(float), 1)
    levels = better_is_larger(levels, deciding)
    return levels[0], levels[1:]


def rank(outcomes: pd.DataFrame, policies: list[str], deciding: list[Deciding]) -> Ranking:
    """Rank the policies, of which the first is the baseline; an outcome that was not measured in a policy decides nothing."""
    levels, drawn = means(outcomes, policies, deciding)
    measured = np.isfinite(levels).all(axis=1) & np.isfinite(drawn).all(axis=(0, 2))
    margins = np.where(measured, [one.margin for one in deciding], np.inf)
    drawn = np.where(measured[:, None], drawn, 0.0)
    kept, _ = first(drawn, margins)
    _, out_at = first(np.where(measured[:, None], levels, 0.0)[None], margins)
    return Ranking(policies, kept.mean(axis=0), out_at[0], levels, drawn)


def rival(ranking: Ranking, first: list[str], deciding: list[Deciding]) -> tuple[str, int]:
    """Whom the first policy is nearest to lose to, and the place of the outcome that keeps them apart.

    It is the policy that cannot be ruled out beside it; or the one that is out last, and then by least.
    """
    a = ranking.policies.index(first[0])
    if len(first) > 1:
        b = ranking.policies.index(first[1])
    else:
        others = [k for k in range(len(ranking.policies)) if k != a]
        gone = np.minimum(ranking.out_at, len(deciding) - 1)
        lead = ranking.levels[gone, a] - ranking.levels[gone, np.arange(len(gone))]
        b = max(others, key=lambda k: (ranking.share[k], ranking.out_at[k], -lead[k] / deciding[gone[k]].margin))
    return ranking.policies[b], int(min(ranking.out_at[b], ranking.out_at[a], len(deciding) - 1))


def needed(ranking: Ranking, one: str, other: str, deciding: list[Deciding], programs: int) -> tuple[str, int | None]:
    """The outcome on which two policies hang, and how many programs would tell them apart on it; None where no number would.

    It is the outcome on which their distance is nearest to its margin, counted in standard errors.
    """
    a, b = ranking.policies.index(one), ranking.policies.index(other)
    apart = np.abs(ranking.levels[:, a] - ranking.levels[:, b])
    error = (ranking.drawn[:, :, a] - ranking.drawn[:, :, b]).std(axis=0)
    beyond = np.abs(apart - [one.margin for one in deciding])
    with np.errstate(invalid="ignore", divide="ignore"):
        far = np.where(error > 0.0, beyond / error, np.inf)
        place = int(np.nanargmin(far))
        count = programs * (STANDARD_ERRORS / far[place]) ** 2
    if not np.isfinite(count) or count > 100_000:
        return deciding[place].outcome, None
    return deciding[place].outcome, int(two_digits(max(count, 10.0)))
