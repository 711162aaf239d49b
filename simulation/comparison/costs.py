"""What each policy takes, item by item and by who pays, and what one person more kept costs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.billing import BILL, ITEMS, PAYERS
from simulation.figures import wording
from simulation.judgement import by_set, estimates, ratio

PAID = [place for place, item in enumerate(BILL) if item.payer in ("cash", "protected")]
NOBODYS = "All money is at default prices, which are nobody's: give [prices] in the world file."


def costs_of(policies: Sequence[str], spent: np.ndarray, heads: np.ndarray, sets: np.ndarray | None = None) -> pd.DataFrame:
    """Make the table of costs: a row a policy and item, in the order of the bill.

    Args:
        policies: their names, the baseline first.
        spent: money per mentee and year, replicates x policies x ITEMS; missing where a run failed.
        heads: the mean number of mentees of each run, replicates x policies.
        sets: the set of parameters of each replicate, where there are any; intervals then count sets.
    """
    each = estimates(by_set(spent, sets).reshape(-1, len(policies) * ITEMS).T)
    yearly = estimates(by_set(spent * heads[..., None], sets).reshape(-1, len(policies) * ITEMS).T)[0]
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
    yearly = paid(spent, heads)
    more, kept = by_set(yearly - yearly[:, :1], sets), by_set(kept, sets)
    rows = []
    for place, policy in list(enumerate(policies))[1:]:
        price, low, high = ratio(more[:, place], kept[:, place])
        extra, extra_kept = (estimates(values[None, :, place])[0][0] for values in (more, kept))
        rows.append((policy, policies[0], extra, extra_kept, price, low, high))
    return pd.DataFrame(rows, columns=["policy", "baseline", "extra_cost", "extra_kept", "price", "low", "high"])


def paid(spent: np.ndarray, heads: np.ndarray) -> np.ndarray:
    """Cash and protected time of the whole program, a year, of each run; the arguments as in `costs_of`."""
    return spent[..., PAID].sum(axis=-1) * heads


def by_payer(costs: pd.DataFrame) -> pd.DataFrame:
    """Sum a table of costs: a row a policy; money a year by `PAYERS`, `paid` for the first two, and `per_mentee` of these."""
    sums = costs.pivot_table("yearly", "policy", "payer", "sum", sort=False, observed=True).reindex(columns=list(PAYERS))
    each = costs[costs["payer"].isin(PAYERS[:2])].groupby("policy", sort=False, observed=True)["per_mentee"].sum()
    return sums.assign(paid=sums["cash"] + sums["protected"], per_mentee=each)


def shown_by_payer(costs: pd.DataFrame) -> pd.DataFrame:
    """The sums of `by_payer` as people say them; what is paid is the sum of what is shown, so that rows add up."""
    sums = by_payer(costs)
    told = sums[list(PAYERS)].map(wording.rounded)
    return sums.assign(**told, paid=told["cash"] + told["protected"])
