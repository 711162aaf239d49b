"""Plausible sets of parameters, weighed by the few figures that an office knows of its own program.

Each set is run in the office's world under the policy of today; where the office does not know some entries of its world,
with values all over their ranges. Its weight is the likelihood of the figures: a normal error of each, to which the luck of
the runs is added. From the weights as many sets are drawn as the weights are worth.
Sources: Rubin 1988, sampling importance resampling, in Bayesian Statistics 3; Kong, Liu and Wong 1994,
10.1080/01621459.1994.10476469, the effective number; Douc and Cappe 2005, 10.1109/ISPA.2005.195385, systematic draws.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats
from scipy.stats import qmc

from simulation.evidence.own_clauses import Own
from simulation.evidence.patterns.clauses import Clause
from simulation.evidence.patterns.virtual import VirtualStudy, measured, totals
from simulation.executor import Progress, finished, threads_or
from simulation.judgement import CONFIDENCE, half_width
from simulation.scenario.parameter_sets import ParameterSets
from simulation.scenario.targets import Targets

FOLLOWS = 0.55  # rank correlation that one of 21 parameters has by chance in one of a hundred, over 36 sets; rarer over more
MOVES = 3.0  # standard errors that one of 21 parameters moves by chance in one of eighteen


class Weighed(NamedTuple):
    """What the figures say of the sets."""

    tried: pd.DataFrame  # a row a set: its parameters, what it gives for each figure, its weight
    accepted: pd.DataFrame  # the sets that were drawn, as many as the weights are worth; none where no figure is reached
    effective: float  # how many sets of equal weight the weights are worth
    # a row a figure: number, value, error, luck, low, high, before, after, alone, reached, follows, correlation
    figures: pd.DataFrame
    moved: pd.DataFrame  # a row a parameter that moves: parameter, before, after, spread_before, spread_after
    together: bool  # whether some set gives all figures that are reached at once


def points_of(targets: Targets, sets: ParameterSets) -> list[dict[str, float]]:
    """The points to weigh: the sets, or where the world has unknowns, sets at `points` places all over their ranges."""
    if not targets.unknowns:
        return list(sets.changes)
    places = qmc.Sobol(len(targets.unknowns) + 1, scramble=True, rng=np.random.default_rng(targets.seed))
    drawn = places.random_base2(int(np.ceil(np.log2(targets.points))))[: targets.points]
    return [
        sets.changes[int(which * len(sets.changes))]
        | {one.field: float(one.low + u * (one.high - one.low)) for one, u in zip(targets.unknowns, at, strict=True)}
        for which, *at in drawn
    ]


def weighed(
    own: Own,
    points: Sequence[dict[str, float]],
    seed: int,
    seeds: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Weighed:
    """Run every point (`points_of`), and weigh it by the clauses of the figures (`own_clauses`), each a band around its value."""
    (study,) = own.studies
    given, luck = np.full((2, len(points), len(own.clauses)), np.nan)
    with threads_or(None, workers) as working:
        pieces = [(study, change, range(seed, seed + seeds)) for change in points]  # the same luck for all
        for done, (number, future) in enumerate(finished(working, _given, pieces, workers), start=1):
            given[number], luck[number] = future.result()
            if progress:
                progress(done, len(pieces), 0, "")
    return weigh(pd.DataFrame(list(points)), given, luck, own.clauses, seed)


def _given(study: VirtualStudy, change: dict[str, float], seeds: Sequence[int]) -> tuple[list[float], list[float]]:
    """What a set gives for each clause, and the standard error of it."""
    counts = measured(study, change, seeds)
    said = study.state(totals(counts))
    each = np.array([[study.state(count)[key] for key in study.clauses] for count in counts])
    each = np.ma.masked_invalid(each)
    luck = each.std(axis=0, ddof=1) / np.sqrt(each.count(axis=0))
    return [said[key] for key in study.clauses], list(luck.filled(np.nan))


def weigh(sets: pd.DataFrame, given: np.ndarray, luck: np.ndarray, clauses: Sequence[Clause], seed: int) -> Weighed:
    """Weigh sets by what they give for each clause, with its standard error (both sets x clauses).

    A figure that no set gives, by its 95 % interval, weighs nothing: it would only choose the least bad set.
    """
    low, high = (np.array([getattr(clause, end) for clause in clauses], float) for end in ("low", "high"))
    value, error = (low + high) / 2.0, (high - low) / 2.0 / half_width(1.0, np.inf)
    spread = np.hypot(error, luck)
    away = (given - value) / spread
    far = np.where(np.isnan(away), np.inf, np.abs(away))  # what cannot be measured is not reached
    reached = far.min(axis=0) <= half_width(1.0, np.inf)
    each = np.where(np.isnan(away), -1e9, stats.norm.logpdf(away) - np.log(spread))
    weights = _shares(each[:, reached].sum(axis=1))
    squares = np.where(reached, far, 0.0) ** 2
    effective = 1.0 / (weights**2).sum()
    names, known = [clause.clause for clause in clauses], np.ma.masked_invalid(given)
    tried = pd.concat([sets, pd.DataFrame(given, columns=names)], axis=1).assign(weight=weights)
    drawn = _drawn(weights, round(effective), seed) if reached.any() else []
    follows, correlation = zip(*(_follows(sets, column) for column in given.T), strict=True)
    figures = pd.DataFrame({
        "number": names, "value": value, "error": error, "luck": np.ma.masked_invalid(luck).mean(axis=0),
        "low": known.min(axis=0), "high": known.max(axis=0), "before": known.mean(axis=0),
        "after": np.ma.average(known, axis=0, weights=np.broadcast_to(weights[:, None], given.shape)),
        "alone": [1.0 / (_shares(column) ** 2).sum() if one else np.nan for column, one in zip(each.T, reached, strict=True)],
        "reached": reached, "follows": follows, "correlation": correlation,
    })  # fmt: skip
    together = squares.sum(axis=1).min() <= stats.chi2.ppf(CONFIDENCE, max(int(reached.sum()), 1))
    accepted = tried.iloc[drawn].reset_index(drop=True)
    return Weighed(tried, accepted, float(effective), figures, _moved(sets, weights), bool(together))


def _shares(logs: np.ndarray) -> np.ndarray:
    """Weights that add up to one, from their logarithms."""
    shares = np.exp(logs - logs.max())
    return shares / shares.sum()


def _drawn(weights: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Rows by systematic draws: a row with the weight w is drawn w times the count, rounded up or down."""
    at = (np.random.default_rng(seed).random() + np.arange(count)) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), at), len(weights) - 1)


def _follows(sets: pd.DataFrame, given: np.ndarray) -> tuple[str, float]:
    """The parameter that a figure follows most over the sets, with its rank correlation; empty where it follows none."""
    ranks = sets.rank().corrwith(pd.Series(given).rank()).dropna()
    most = "" if ranks.empty else str(ranks.abs().idxmax())
    return (most, float(ranks[most])) if most and abs(ranks[most]) >= FOLLOWS else ("", np.nan)


def _moved(sets: pd.DataFrame, weights: np.ndarray) -> pd.DataFrame:
    """The parameters that move farther than weights would move them that have nothing to do with them."""
    values = sets.to_numpy(float)
    before, after = values.mean(axis=0), weights @ values
    wide, narrow = values.std(axis=0), np.sqrt(weights @ (values - after) ** 2)
    chance = wide * np.sqrt(max((weights**2).sum() - 1.0 / len(weights), 0.0))
    table = pd.DataFrame({
        "parameter": list(sets), "before": before, "after": after, "spread_before": wide, "spread_after": narrow,
    })  # fmt: skip
    return table[np.abs(after - before) > MOVES * np.maximum(chance, 1e-12)].reset_index(drop=True)
