"""What each of several on-off factors does alone, given the others and on average, and which pairs go together.

Source: Yates 1937 and Box, Hunter and Hunter 2005, factorials of two levels; Student 1908, intervals of paired means;
Holm 1979, many tests at once.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from simulation.analysis.responses import Response, mean_of, responses, table_of
from simulation.judgement import (
    Estimate,
    direction,
    effect_verdict,
    estimate,
    gap_verdict,
    holm,
    pair_verdict,
    smallest_effect,
)
from simulation.studies.sweep import Sweep

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
    side; else it `helps` or `harms` when the interval excludes 0, or `raises` or `lowers` what is neither good nor bad; else
    one `cannot tell`. A pair gives `more` or `less`
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
        corrected = dict(zip(paired, holm([estimates[place].p for place in paired]), strict=True))
        for place, ((about, _), found) in enumerate(zip(measures, estimates, strict=True)):
            p = corrected.get(place, np.nan)
            off, on = ends.get(about["factor"], (None, None))
            verdict = None  # of a level there is nothing to say
            if about["measure"] == "interaction":
                verdict = pair_verdict(found, p, smallest)
            elif about["measure"] != "all_off":
                verdict = effect_verdict(found, smallest, direction(response.outcome))
            if verdict in ("helps", "harms") and response.outcome.startswith("gap_") and response.baseline is None:
                verdict = gap_verdict(found, _estimate(np.maximum(-weights[place], 0.0), values))
            rows.append({**response.about, **about, **found._asdict(), "off": off, "on": on, "p_holm": p, "smallest": smallest,
                         "verdict": verdict})  # fmt: skip
    return table_of(rows, COLUMNS)


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


def _estimate(weight: np.ndarray, values: np.ndarray) -> Estimate:
    """The mean over replicates of a weighted sum of points, with its interval; a missing point takes its replicate along."""
    needed = weight != 0.0
    found = weight[needed] @ values[needed]
    found = found[~np.isnan(found)]
    if len(found):
        found[np.abs(found) < ROUNDING * np.nanmax(np.abs(values))] = 0.0
    return estimate(found)
