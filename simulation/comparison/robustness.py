"""In how many plausible sets of parameters an advantage holds, and how much of the variance the parameters explain.

Source: Student 1908, the interval by which a set counts; Searle, Casella and McCulloch 1992, the variance between sets,
without the luck within them.
"""

from typing import Any

import numpy as np
import pandas as pd

from simulation.judgement import TAILS, direction, estimates

COLUMNS = (
    "policy", "baseline", "outcome", "sets", "better", "worse", "clearly_better", "clearly_worse", "low", "high",
    "parameter_share",
)  # fmt: skip
COUNTS = ("sets", "better", "worse", "clearly_better", "clearly_worse")


def over_sets(outcomes: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Count in how many sets of parameters each policy does better than the first one, and worse: a row a policy and outcome.

    `outcomes` has a row a policy and replicate, with its `parameter_set`. `better` and `worse` go by the mean of a set's
    replicates, `clearly_better` and `clearly_worse` by their 95 % interval. A gap is better when it narrows, seen from
    the baseline's side of zero. Where neither way is better the counts are missing. The middle 95 % of the sets' mean
    differences, luck included, lie between `low` and `high`. `parameter_share` is the share of the variance of the
    paired differences that the parameters explain; the rest is luck.
    """
    policies = list(dict.fromkeys(outcomes["policy"]))
    rows: list[dict[str, Any]] = []
    table = outcomes.set_index(["policy", "replicate"])
    base = table.loc[policies[0]]
    sets = base["parameter_set"].to_numpy()
    for policy in policies[1:]:
        tried = table.loc[policy].reindex(base.index)
        for name in names:
            rows.append({"policy": policy, "baseline": policies[0], "outcome": name,
                         **_row(tried[name].to_numpy(float), base[name].to_numpy(float), sets, name)})  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(COUNTS, "Int64"))


def _row(tried: np.ndarray, base: np.ndarray, sets: np.ndarray, name: str) -> dict[str, Any]:
    """The counts, the range and the share of variance of one policy and outcome."""
    known = ~(np.isnan(tried) | np.isnan(base))
    tried, base, sets = tried[known], base[known], sets[known]
    if not len(sets):
        return {"sets": 0}
    way = direction(name, base.mean())
    mean, left, right, _, _ = estimates(_by_set(tried - base, sets))
    low, high = np.quantile(mean, TAILS)
    counts = {
        "better": int((way * mean > 0.0).sum()), "worse": int((way * mean < 0.0).sum()),
        "clearly_better": int((np.minimum(way * left, way * right) > 0.0).sum()),
        "clearly_worse": int((np.maximum(way * left, way * right) < 0.0).sum()),
    }  # fmt: skip
    return {
        "sets": len(mean), **(counts if way else {}),
        "low": float(low), "high": float(high), "parameter_share": _share(tried - base, sets),
    }  # fmt: skip


def _by_set(values: np.ndarray, sets: np.ndarray) -> np.ndarray:
    """Arrange values as sets x replicates, padded with missing ones."""
    groups = [values[sets == one] for one in np.unique(sets)]
    table = np.full((len(groups), max(map(len, groups))), np.nan)
    for row, group in zip(table, groups, strict=True):
        row[: len(group)] = group
    return table


def _share(values: np.ndarray, sets: np.ndarray) -> float:
    """The share of the variance that lies between sets; missing when no set has two replicates."""
    groups = [values[sets == one] for one in np.unique(sets)]
    within = sum(((group - group.mean()) ** 2).sum() for group in groups)
    free = len(values) - len(groups)
    if free < 1 or len(groups) < 2:
        return float("nan")
    size = (len(values) - sum(len(group) ** 2 for group in groups) / len(values)) / (len(groups) - 1)
    between = sum(len(group) * (group.mean() - values.mean()) ** 2 for group in groups) / (len(groups) - 1)
    luck = within / free
    real = max((between - luck) / size, 0.0)
    return float(real / (real + luck)) if real + luck > 0.0 else float("nan")
