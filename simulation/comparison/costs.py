"""What each policy takes, item by item and by who pays, and what one person more kept costs."""

from collections.abc import Mapping, Sequence
from typing import Any

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


def largest(costs: pd.DataFrame, policy: str, count: int = 3) -> list[str]:
    """Name the largest items that the institution pays under a policy, each with its money a year."""
    titles = {item.name: item.title for item in BILL}
    rows = costs[(costs["policy"] == policy) & costs["payer"].isin(PAYERS[:2]) & (costs["yearly"] > 0.0)]
    return [f"{titles[row.item]} ({money(row.yearly)})" for row in rows.nlargest(count, "yearly").itertuples()]


def money(value: float) -> str:
    """Write money, with three digits that count: `312,000`."""
    return wording.level(float(f"{value:.3g}"), MONEY)


def sentences(
    costs: pd.DataFrame, keeping: pd.DataFrame, own_prices: bool, titles: Mapping[str, str] | None = None
) -> list[str]:
    """Say in plain words what each policy takes a year, what one person more kept costs, and whose prices these are.

    `titles` are those of policies, by name; without one a policy is called by its name in words.
    """
    told = {policy: wording.words(policy) for policy in costs["policy"].unique()} | dict(titles or {})
    said = [] if own_prices else [NOBODYS]
    for policy, row in by_payer(costs).iterrows():
        paid = f"{money(row['paid'])} a year" if row["paid"] > 0.0 else "the institution nothing"
        parts = wording.listed(largest(costs, policy))
        given = [f"{who[:-1]} time worth {money(row[who])}" for who in PAYERS[2:] if row[who] > 0.0]
        said.append(f"{told[policy]} costs {paid}" + (f", most of it for {parts}." if parts else "."))
        said += [f"Beside it, and unpaid, goes {wording.listed(given)}."] if given else []
    return said + [_kept(row, told[row.policy], wording.inside(told[row.baseline])) for row in keeping.itertuples()]


def _kept(row: Any, policy: str, baseline: str) -> str:
    """Say what one person more kept costs under a policy, or that nobody can tell."""
    if not np.isfinite(row.price):
        return f"{policy}: it is not clear that more people are kept than under {baseline}, so there is no price for one of them."
    dearer = "more" if row.extra_cost >= 0.0 else "less"
    more = f"{policy} costs {money(abs(row.extra_cost))} {dearer} a year than {baseline}"
    start = f"{more} and keeps {row.extra_kept:.1f} more people a year"
    if row.high < 0.0:
        return f"{start}, so it saves money as well."
    return f"{start}: {money(row.price)} for each of them (19 in 20: {money(row.low)} to {money(row.high)})."
