"""What each policy takes, item by item and by who pays, and what one person more kept costs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.billing import BILL, ITEMS, PAYERS
from simulation.figures import wording
from simulation.judgement import estimates, ratio
from simulation.outcomes import Unit

PAID = [place for place, item in enumerate(BILL) if item.payer in ("cash", "protected")]
NOBODYS = "All money is at default prices, which are nobody's: give [prices] in the world file."
MONEY = Unit(decimals=0)


def costs_of(policies: Sequence[str], spent: np.ndarray, heads: np.ndarray, sets: np.ndarray | None = None) -> pd.DataFrame:
    """Make the table of costs: a row a policy and item, in the order of the bill.

    Args:
        policies: their names, the baseline first.
        spent: money per mentee and year, replicates x policies x ITEMS; missing where a run failed.
        heads: the mean number of mentees of each run, replicates x policies.
        sets: the set of parameters of each replicate, where there are any; intervals then count sets.
    """
    each = estimates(_by_set(spent, sets).reshape(-1, len(policies) * ITEMS).T)
    yearly = estimates(_by_set(spent * heads[..., None], sets).reshape(-1, len(policies) * ITEMS).T)[0]
    return pd.DataFrame({
        "policy": np.repeat(list(policies), ITEMS),
        "item": [item.name for item in BILL] * len(policies),
        "payer": [item.payer for item in BILL] * len(policies),
        "yearly": yearly, "per_mentee": each[0], "low": each[1], "high": each[2],
    })  # fmt: skip


def keeping_of(
    policies: Sequence[str], spent: np.ndarray, heads: np.ndarray, kept: np.ndarray, sets: np.ndarray | None = None
) -> pd.DataFrame:
    """Make the table of what one person more kept costs: a row a policy but the baseline.

    `kept` are the people a year whom each policy keeps beyond the baseline, replicates x policies; the rest as in
    `costs_of`. The price is missing unless the policy clearly keeps more people.
    """
    paid = spent[..., PAID].sum(axis=-1) * heads
    more, kept = _by_set(paid - paid[:, :1], sets), _by_set(kept, sets)
    rows = []
    for place, policy in list(enumerate(policies))[1:]:
        price, low, high = ratio(more[:, place], kept[:, place])
        extra, extra_kept = (estimates(values[None, :, place])[0][0] for values in (more, kept))
        rows.append((policy, policies[0], extra, extra_kept, price, low, high))
    return pd.DataFrame(rows, columns=["policy", "baseline", "extra_cost", "extra_kept", "price", "low", "high"])


def _by_set(values: np.ndarray, sets: np.ndarray | None) -> np.ndarray:
    """The mean of the replicates of each set, as replicates of a set are no independent sample."""
    if sets is None:
        return values
    flat = pd.DataFrame(values.reshape(len(values), -1)).groupby(np.asarray(sets)).mean()
    return flat.to_numpy().reshape(-1, *values.shape[1:])


def by_payer(costs: pd.DataFrame) -> pd.DataFrame:
    """Sum a table of costs: a row a policy; money a year by `PAYERS`, `paid` for the first two, and `per_mentee` of these."""
    sums = costs.pivot_table("yearly", "policy", "payer", "sum", sort=False).reindex(columns=list(PAYERS))
    paid = costs[costs["payer"].isin(PAYERS[:2])].groupby("policy", sort=False)["per_mentee"].sum()
    return sums.assign(paid=sums["cash"] + sums["protected"], per_mentee=paid)


def money(value: float) -> str:
    """Write money, with three digits that count: `312,000`."""
    return wording.level(float(f"{value:.3g}"), MONEY)


def people(count: float) -> str:
    """Write how many people: a tenth of one, or two digits where there are fewer."""
    return wording.level(count, Unit()) if abs(count) >= 1.0 else wording.level(float(f"{count:.2g}"), Unit(decimals=2))
