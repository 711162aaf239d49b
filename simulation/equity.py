"""Equity: what both ends of each identity have under each policy, and what a policy does to the gap between them.

Four outcomes count, always in the same order: access to a mentor, needs covered, months in a tie that has sparked, and
retention. The gap in retention comes last, since luck blurs it most.
"""

import pandas as pd

from simulation.outcomes import EQUITY, gaps_among

COLUMNS = ("attribute", "reference", "outcome", "policy", "top", "rest", "difference", "low", "high", "said", "small")


def equity(groups: pd.DataFrame, differences: pd.DataFrame) -> pd.DataFrame:
    """Make a table of both ends: a row an attribute, outcome and policy, in the order of world, `EQUITY` and policies.

    Args:
        groups: a row a policy, replicate, group and outcome, as in `groups.parquet`.
        differences: contrasts with their gaps turned (`judgement.turn_gaps`).

    Returns:
        `COLUMNS`: `reference` is the group that the others are compared with, `top` its mean level, `rest` that of all
        others; `difference`, `low`, `high` are of the gap (the interval that holds together with all gaps), and `said` is the
        verdict on it; `small` marks a gap of which one end has few people. The baseline has only levels.
    """
    changes = differences[["outcome", "policy", "difference", "low_all", "high_all", "verdict", "small"]]
    changes = changes.set_axis(["gap", "policy", "difference", "low", "high", "said", "small"], axis=1)
    found = [_ends(groups, name).merge(changes, on=["gap", "policy"], how="left") for name in _attributes(groups, differences)]
    return pd.concat([pd.DataFrame(columns=COLUMNS), *found], ignore_index=True)[list(COLUMNS)]


def _attributes(groups: pd.DataFrame, differences: pd.DataFrame) -> list[str]:
    """The identity attributes that have gaps; crossings of several are left out."""
    known = set(gaps_among(differences["outcome"], EQUITY[0]))
    return [name for name in dict.fromkeys(groups["attribute"]) if f"gap_{EQUITY[0]}_{name}" in known and "_x_" not in name]


def _ends(groups: pd.DataFrame, attribute: str) -> pd.DataFrame:
    """The levels of both ends of an attribute, a row an outcome and policy; in `rest`, all people of a run count alike."""
    of_attribute = groups[(groups["attribute"] == attribute) & groups["outcome"].isin(EQUITY)]
    reference, policies = of_attribute["group"].iloc[0], list(dict.fromkeys(groups["policy"]))
    found = of_attribute[of_attribute["value"].notna()]
    found = found.assign(
        end=(found["group"] == reference).map({True: "top", False: "rest"}), summed=found["value"] * found["heads"],
        outcome=pd.Categorical(found["outcome"], EQUITY), policy=pd.Categorical(found["policy"], policies),
    )  # fmt: skip
    runs = found.groupby(["outcome", "policy", "end", "replicate"], observed=True)[["summed", "heads"]].sum()
    levels = (runs["summed"] / runs["heads"]).groupby(["outcome", "policy", "end"], observed=True).mean().unstack()
    table = levels.reset_index().astype({"outcome": str, "policy": str})
    return table.assign(attribute=attribute, reference=str(reference), gap="gap_" + table["outcome"] + "_" + attribute)
