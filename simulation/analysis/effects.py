"""What each of several on-off factors does alone, given the others and on average, and which pairs go together.

Source: Yates 1937 and Box, Hunter and Hunter 2005, factorials of two levels; Student 1908, intervals of paired means;
Holm 1979, many tests at once.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from simulation.analysis.responses import Response, mean_of, responses, table_of, worse
from simulation.studies.sweep import Sweep

LEVEL = 0.95
SMALL_SHARE = 0.005  # smallest effect of interest on shares and on gaps in them: half a percentage point
SMALL_PART = 0.01  # the same on everything else, as a part of its mean level
SHARES = re.compile(r"(mentor_)?retention|\w*_share|spark_rate|need_coverage|access|reach|closure_|mentor_diversity_")
ROUNDING = 1e-9  # part of the largest level below which a sum of levels is zero but for rounding
COLUMNS = ("factor", "other", "measure", "off", "on", "value", "low", "high", "used", "p_holm", "smallest", "verdict")


def effects(done: Sweep) -> pd.DataFrame:
    """A row a response and measure: its value with a paired 95 % interval over replicates, and a verdict.

    Measures of a factor: `alone` (on, all others off, minus all off), `given_others` (all on minus all but this one) and
    `mean` (on minus off, the mean over all combinations of the others). Of a pair, `factor` and `other`: `interaction`,
    how much more the two give together than the sum of what each gives by itself, the mean over all combinations of the
    others; that is the difference of two differences, twice what Yates called the interaction. Of all factors:
    `all_off`, the level without any, and `together`, all on minus all off.

    An effect is `negligible` when the whole interval lies within `smallest`, the smallest effect of interest, to either
    side; else it `helps` or `harms` when the interval excludes 0; else one `cannot tell`. A pair gives `more` or `less`
    than its sum when `p_holm`, corrected for all pairs of the response, is below 0.05. `used` replicates had no failed
    run where the measure needs one.

    A gap is turned so that it is above 0 with all off. What brings it nearer to 0 helps; it is `reversed` by what clearly
    brings it past 0, and `shifted` by what clearly moves it where there is no clear gap to begin with.
    """
    factors = done.setup.study.factors
    ends = {factor.label: [str(end) for end in done.setup.ends(factor)] for factor in factors}
    measures = list(_measures(list(ends)))
    weights = np.array([weight for _, weight in measures])
    rows: list[dict[str, Any]] = []
    levels: dict[tuple[str, str, str], float] = {}
    for response in responses(done):
        of = (response.world, response.baseline or response.policy, response.outcome)
        if response.baseline is None:
            response = _turned(response, done.rows[0])
            levels[of] = float(mean_of(response.values.reshape(1, -1))[0])
        smallest = smallest_effect(response.outcome, levels[of])
        values = response.values[done.rows]
        estimates = [_estimate(weight, values) for weight in weights]
        paired = [place for place, (about, _) in enumerate(measures) if about["measure"] == "interaction"]
        corrected = dict(zip(paired, holm([estimates[place]["p"] for place in paired]), strict=True))
        for place, ((about, _), found) in enumerate(zip(measures, estimates, strict=True)):
            p = corrected.get(place, np.nan)
            off, on = ends.get(about["factor"], (None, None))
            verdict = _verdict(about["measure"], found, p, smallest, worse(response.outcome))
            if verdict in ("helps", "harms") and response.outcome.startswith("gap_") and response.baseline is None:
                verdict = _of_gap(found, _estimate(np.maximum(-weights[place], 0.0), values))
            rows.append({**response.about, **about, **found, "off": off, "on": on, "p_holm": p, "smallest": smallest,
                         "verdict": verdict})  # fmt: skip
    return table_of(rows, COLUMNS)


def smallest_effect(outcome: str, level: float) -> float:
    """The smallest effect of interest: half a point of a share or of a gap in one, else a hundredth of the mean level."""
    share = SHARES.match(outcome.removeprefix("gap_"))
    return SMALL_SHARE if share else SMALL_PART * abs(level)


def holm(p: Sequence[float]) -> np.ndarray:
    """The chances corrected for being many, after Holm 1979; a missing one stays missing and does not count."""
    p = np.asarray(p, dtype=float)
    corrected, known = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return corrected


def _measures(labels: list[str]) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    """Each measure, and how much of each point of the design is in it; points are in the order of a factorial."""
    count = len(labels)
    side = 2.0 * np.array(list(itertools.product((0, 1), repeat=count))) - 1.0  # points x factors, -1 off and 1 on
    point = np.eye(2**count)
    place = {label: 1 << (count - 1 - k) for k, label in enumerate(labels)}  # the point where it alone is on
    yield {"factor": None, "other": None, "measure": "all_off"}, point[0]
    yield {"factor": None, "other": None, "measure": "together"}, point[-1] - point[0]
    for k, label in enumerate(labels):
        about = {"factor": label, "other": None}
        yield {**about, "measure": "alone"}, point[place[label]] - point[0]
        yield {**about, "measure": "given_others"}, point[-1] - point[-1 - place[label]]
        yield {**about, "measure": "mean"}, side[:, k] / 2.0 ** (count - 1)
    for one, two in itertools.combinations(range(count), 2):
        about = {"factor": labels[one], "other": labels[two], "measure": "interaction"}
        yield about, side[:, one] * side[:, two] / 2.0 ** (count - 2)


def _turned(response: Response, all_off: int) -> Response:
    """A gap so that it is above 0 at the point where all factors are off; all else as it is."""
    if response.outcome.startswith("gap_") and mean_of(response.values)[all_off] < 0.0:
        return response._replace(values=-response.values)
    return response


def _estimate(weight: np.ndarray, values: np.ndarray) -> dict[str, Any]:
    """The mean over replicates of a weighted sum of points, with its interval; a missing point takes its replicate along."""
    needed = weight != 0.0
    found = weight[needed] @ values[needed]
    found = found[~np.isnan(found)]
    if not len(found):
        return {"value": np.nan, "low": np.nan, "high": np.nan, "used": 0, "p": np.nan}
    found[np.abs(found) < ROUNDING * np.nanmax(np.abs(values))] = 0.0
    n, mean = len(found), float(found.mean())
    half, p = np.nan, np.nan
    if n > 1:
        error = found.std(ddof=1) / np.sqrt(n)
        half = stats.t.ppf(0.5 + LEVEL / 2.0, n - 1) * error
        p = 2.0 * stats.t.sf(abs(mean) / error, n - 1) if error > 0.0 else float(mean == 0.0)
    return {"value": mean, "low": mean - half, "high": mean + half, "used": n, "p": p}


def _verdict(measure: str, found: dict[str, Any], p: float, smallest: float, bad: float) -> str | None:
    """What is to be said of an effect or of an interaction, where up is `bad` (1) or good (-1); nothing of a level."""
    if measure == "all_off":
        return None
    low, high = found["low"], found["high"]
    if low >= -smallest and high <= smallest:
        return "negligible"
    if measure == "interaction":
        return ("more" if found["value"] > 0.0 else "less") if p < 1.0 - LEVEL else "cannot tell"
    if low > 0.0 or high < 0.0:
        return "harms" if (low > 0.0) == (bad > 0.0) else "helps"
    return "cannot tell"


def _of_gap(found: dict[str, Any], before: dict[str, Any]) -> str:
    """What is to be said of a clear effect on a gap that was so wide before it: which way leads to 0, and whether past it."""
    if not (before["low"] > 0.0 or before["high"] < 0.0):
        return "shifted"
    side = np.sign(before["value"])
    if side * found["value"] > 0.0:
        return "harms"
    nearest = min(abs(found["low"]), abs(found["high"]))  # the least that the effect may be
    return "reversed" if nearest > abs(before["value"]) else "helps"
