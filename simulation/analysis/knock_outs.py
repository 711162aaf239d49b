"""Knock-outs: what the model loses when one of its factors is set to its neutral value.

Source: Saltelli and Annoni 2010, 10.1016/j.envsoft.2010.04.012, one at a time, which shows no interactions; Student 1908,
intervals of paired means; Holm 1979, many tests at once.
"""

from typing import Any

import numpy as np
import pandas as pd

from simulation import judgement
from simulation.analysis.responses import mean_of, responses, table_of, turned
from simulation.judgement import CONFIDENCE, Estimate, estimates, holm
from simulation.outcomes.table import NEITHER
from simulation.studies.sweep import Sweep

COLUMNS = ("factor", "off", "value", "low", "high", "used", "p", "p_holm", "smallest", "verdict")
LARGEST = ("world", "policy", "baseline", "outcome", "value", "low", "high", "smallest")  # what a summary tells of a row


def knock_outs(done: Sweep) -> pd.DataFrame:
    """A row a response and factor: what changes when the factor is `off`, with a paired 95 % interval over replicates.

    `value` is the point at which the factor has its neutral value, less the point that changes nothing. It is `negligible`
    when the whole interval lies within ± `smallest`, the smallest effect of interest. Otherwise the factor `moves` the
    response when the interval excludes 0, and otherwise one `cannot tell`. `p_holm` is corrected for all responses of the
    factor. `used` counts the replicates in which neither run failed.

    `smallest` is one for an outcome in a world. Where it is a part of the level, it is of the largest level of all policies,
    with nothing knocked out: a policy without cost would make every cent matter. The level of a gap is turned to be above 0
    where nothing is knocked out, so that more always means a wider gap.
    """
    factors = done.setup.study.factors
    rows: list[dict[str, Any]] = []
    largest: dict[tuple[str, str], float] = {}
    whole, off = done.rows[0], done.rows[1:]
    all_responses = [turned(response, whole) for response in responses(done)]
    for response in all_responses:
        if response.baseline is None:
            of = (response.world, response.outcome)
            largest[of] = np.fmax(largest.get(of, np.nan), abs(mean_of(response.values)[whole]))
    for response in all_responses:
        smallest = judgement.smallest_effect(response.outcome, largest[response.world, response.outcome])
        found = zip(*estimates(response.values[off] - response.values[whole]), strict=True)
        for factor, effect in zip(factors, map(Estimate._make, found), strict=True):
            said = judgement.effect_verdict(effect, smallest, NEITHER)
            rows.append({
                **response.about, "factor": factor.label, "off": str(done.setup.ends(factor)[0]), **effect._asdict(),
                "smallest": smallest, "verdict": "moves" if said in ("raises", "lowers") else said,
            })  # fmt: skip
    table = table_of(rows, COLUMNS)
    return table.assign(p_holm=table.groupby("factor", sort=False)["p"].transform(holm))


def clear(table: pd.DataFrame) -> pd.Series:
    """Whether each row moves, also after Holm's correction for all responses of its factor."""
    return (table["verdict"] == "moves") & (table["p_holm"] < 1.0 - CONFIDENCE)


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """A row a factor: whether it moves anything, what it moves most, and of how many responses one can say what.

    A factor `moves` something when at least one row does so after Holm's correction. It is `negligible` when every response
    is. Otherwise one `cannot tell`. What moves most has the largest value in units of `smallest`; it is missing where
    nothing moves. Rows that move only before the correction count as `cannot tell`.
    """
    rows: list[dict[str, Any]] = []
    for factor, part in table.groupby("factor", sort=False):
        sure, small = clear(part), part["verdict"] == "negligible"
        size = (part["value"].abs() / part["smallest"])[sure]
        said = "moves" if sure.any() else "negligible" if small.all() else "cannot tell"
        most = part.loc[size.idxmax(), list(LARGEST)] if sure.any() else dict.fromkeys(LARGEST)
        rows.append({
            "factor": factor, "off": part["off"].iloc[0], "verdict": said, "moves": sure.sum(),
            "cannot_tell": (~sure & ~small).sum(), "negligible": small.sum(), **most,
        })  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(("value", "low", "high", "smallest"), float))
