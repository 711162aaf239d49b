"""Effects of on-off factors: alone, given the others, on average, and of pairs together.

Source: Yates 1937 and Box, Hunter and Hunter 2005, factorials of two levels; Student 1908, intervals of paired means;
Holm 1979, many tests at once.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from simulation import judgement
from simulation.analysis.responses import mean_of, responses, table_of, turned
from simulation.judgement import Estimate, direction, estimate, holm
from simulation.studies.sweep import Sweep

ROUNDING = 1e-9  # part of the largest level; sums of levels below it are rounding errors
COLUMNS = ("factor", "other", "measure", "off", "on", "value", "low", "high", "used", "p_holm", "smallest", "verdict")


def effects(done: Sweep) -> pd.DataFrame:
    """A row a response and measure: its value with a paired 95 % interval over replicates, and a verdict.

    Measures of a factor: `alone` (this one on minus all off), `given_others` (all on minus all but this one) and `mean` (on
    minus off, the mean over all combinations of the others). Of a pair (`factor` and `other`): `interaction`, the effect of
    both together minus the sum of their effects, the mean over all combinations of the others. That is the difference of
    two differences, twice the interaction of Yates. Of all factors: `all_off`, the level without any, and `together`, all
    on minus all off.

    An effect is `negligible` when its whole interval lies within ± `smallest`, the smallest effect of interest. Otherwise,
    when the interval excludes 0, it `helps` or `harms`, or it `raises` or `lowers` an outcome that is neither good nor bad.
    Otherwise one `cannot tell`. A pair gives `more` or `less` than its sum when `p_holm`, corrected for all pairs of the
    response, is below 0.05. `used` counts the replicates in which no run that the measure needs failed.

    A gap is turned so that it is above 0 with all off. An effect towards 0 helps. The gap is `reversed` when an effect
    clearly brings it past 0, and `shifted` when an effect clearly moves it but there was no clear gap before.
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
            response = turned(response, done.rows[0])
            levels[of] = float(mean_of(response.values.reshape(1, -1))[0])
        smallest = judgement.smallest_effect(response.outcome, levels[of])
        values = response.values[done.rows]
        estimates = [_estimate(weight, values) for weight in weights]
        paired = [place for place, (about, _) in enumerate(measures) if about["measure"] == "interaction"]
        corrected = dict(zip(paired, holm([estimates[place].p for place in paired]), strict=True))
        for place, ((about, _), found) in enumerate(zip(measures, estimates, strict=True)):
            p = corrected.get(place, np.nan)
            off, on = ends.get(about["factor"], (None, None))
            verdict = None  # a level has none
            if about["measure"] == "interaction":
                verdict = judgement.pair_verdict(found, p, smallest)
            elif about["measure"] != "all_off":
                verdict = judgement.effect_verdict(found, smallest, direction(response.outcome))
            if verdict in ("helps", "harms") and response.outcome.startswith("gap_") and response.baseline is None:
                verdict = judgement.gap_verdict(found, _estimate(np.maximum(-weights[place], 0.0), values))
            rows.append({**response.about, **about, **found._asdict(), "off": off, "on": on, "p_holm": p, "smallest": smallest,
                         "verdict": verdict})  # fmt: skip
    return table_of(rows, COLUMNS)


def _measures(labels: list[str]) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    """Each measure with its weight on each point of the design; points are in the order of a factorial."""
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


def _estimate(weight: np.ndarray, values: np.ndarray) -> Estimate:
    """Estimate the mean over replicates of a weighted sum of points; replicates with a missing point do not count."""
    needed = weight != 0.0
    found = weight[needed] @ values[needed]
    found = found[~np.isnan(found)]
    if len(found):
        found[np.abs(found) < ROUNDING * np.nanmax(np.abs(values))] = 0.0
    return estimate(found)
