"""The advice of the brief: the policy to look at first, its cost, and its drawbacks."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulation import judgement
from simulation.figures import wording
from simulation.outcomes import Outcome


def advise(outcomes: pd.DataFrame, differences: pd.DataFrame, gap: str | None) -> list[str]:
    """Write in plain sentences which policy to look at first, what it costs, and which drawbacks it has."""
    if differences.empty:
        return ["Only one policy was run: there is nothing to compare."]
    baseline = wording.words(differences["baseline"].iloc[0]).lower()
    keeps, narrows = _judged(differences, "retention"), _judged(differences, gap)
    gains = differences[differences["outcome"] == "retention"].set_index("policy")["difference"]
    good = [name for name in keeps if keeps[name] == "better" and narrows.get(name) not in ("worse", "reversed")]
    both = [name for name in good if narrows.get(name) == "better"]
    best = sorted(both or good, key=lambda name: -gains[name])
    traded = [name for name in keeps if keeps[name] == "better" and name not in good]
    if best:
        first = best[0]
        alone = "" if gains[first] == gains.max() else "of the policies that do not worsen the gap, "
        opening = f"{alone}{wording.words(first).lower()} keeps the most mentees: against {baseline} retention changes by "
        opening += _points(differences, "retention", first)
        if both:
            opening += f". It also narrows the {_inside(gap)}, which changes by {_points(differences, gap, first)}"
        elif gap:
            opening += f". Whether it changes the {_inside(gap)}, one cannot tell"
        sentences = [f"{opening[0].upper()}{opening[1:]}.{_price(differences, first)}"]
        sentences += [text for text in (_runner_up(best, outcomes), _cheapest(best, outcomes, differences)) if text]
    else:
        also = f" without making the {_inside(gap)} worse" if gap else ""
        sentences = [f"No policy clearly keeps more mentees than {baseline}{also}: these runs give no ground for a change."]
    if traded:
        sentences.append(
            f"A trade to weigh: {_names(traded)} {'keep' if len(traded) > 1 else 'keeps'} more mentees, but not of every group: "
            f"the {_inside(gap)} gets worse."
        )
    return sentences


def verdicts(differences: pd.DataFrame, name: str) -> dict[str, Any]:
    """List the policies by verdict on one outcome, the largest difference first."""
    said = _judged(differences, name)
    rows = differences[differences["outcome"] == name].set_index("policy")["difference"].abs()
    rows = rows.sort_values(ascending=False)
    words = {"better": "Clearly better", "worse": "Clearly worse", "reversed": "Turned round",
             judgement.SAME: "Practically the same", judgement.CANNOT_TELL: "Cannot tell"}  # fmt: skip
    if name.startswith("gap_"):
        words |= {"better": "Clearly narrower", "worse": "Clearly wider"}
    lists = {label: _names([policy for policy in rows.index if said[policy] == one]) for one, label in words.items()}
    return {"title": _title(name), "lists": {label: names for label, names in lists.items() if names}}


def _price(differences: pd.DataFrame, policy: str) -> str:
    """The extra cost of a policy in a sentence; empty where cost was not measured."""
    cost = differences.loc[(differences["outcome"] == "cost") & (differences["policy"] == policy), "difference"]
    if cost.empty or not np.isfinite(cost.iloc[0]):
        return ""
    amount = wording.level(abs(cost.iloc[0]), wording.outcome("cost"))
    return f" It costs {amount} {'more' if cost.iloc[0] > 0 else 'less'} per mentee and year, at the prices of the world file."


def _cheapest(best: list[str], outcomes: pd.DataFrame, differences: pd.DataFrame) -> str:
    """A sentence on the cheapest of the good policies, unless it is the best one."""
    if "cost" not in outcomes or len(best) < 2:
        return ""
    low = outcomes[outcomes["policy"].isin(best)].groupby("policy", observed=True)["cost"].mean().idxmin()
    if low == best[0]:
        return ""
    gain = _points(differences, "retention", low)
    name = wording.words(low).lower()
    price = _price(differences, low)
    return f"The cheapest that does well on the same counts is {name}: retention changes by {gain}.{price}"


def _runner_up(best: list[str], outcomes: pd.DataFrame) -> str:
    """A sentence on whether the best policy differs from the next best, run by run."""
    if len(best) < 2:
        return ""
    wide = outcomes.pivot_table(index="replicate", columns="policy", values="retention", observed=True)
    paired = (wide[best[0]] - wide[best[1]]).dropna()
    found = judgement.estimate(paired.to_numpy())
    second = wording.words(best[1]).lower()
    if judgement.verdict(found.low, found.high, judgement.direction("retention")) == judgement.CANNOT_TELL:
        return f"Whether it keeps more than the next best, {second}, one cannot tell: let cost and the gap decide."
    row = {"difference": found.value, "low": found.low, "high": found.high}
    return f"It keeps clearly more than the next best, {second}: by {_said(row, wording.outcome('retention'))}."


def _judged(differences: pd.DataFrame, name: str | None) -> dict[str, str]:
    """The verdict on each policy for one outcome."""
    rows = differences[differences["outcome"] == name]
    return dict(zip(rows["policy"], rows["verdict"], strict=True))


def _points(differences: pd.DataFrame, name: str, policy: str) -> str:
    """A policy's difference in an outcome, in points, with its interval."""
    row = differences[(differences["outcome"] == name) & (differences["policy"] == policy)].iloc[0]
    return _said({"difference": row["difference"], "low": row["low_all"], "high": row["high_all"]}, wording.outcome(name))


def _said(row: Mapping[str, float] | pd.Series, described: Outcome) -> str:
    span = wording.interval(row["low"], row["high"], described)
    return f"{wording.change(row['difference'], described)} points (95 % interval {span})"


def _names(policies: list[str]) -> str:
    return wording.listed([wording.words(name) for name in policies])


def _title(name: str) -> str:
    return wording.outcome(name).title


def _inside(name: str) -> str:
    """An outcome's title inside a sentence."""
    return wording.inside(_title(name))
