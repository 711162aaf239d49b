"""The advice of the brief: the policy to look at first, its cost, and its drawbacks."""

from collections.abc import Mapping

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
    best = well_doing(differences, gap)
    both = [name for name in best if narrows.get(name) == "better"]
    traded = [name for name in keeps if keeps[name] == "better" and narrows.get(name) in ("worse", "reversed")]
    if best:
        first = best[0]
        alone = "" if gains[first] == gains.max() else "of the policies that do not worsen the gap, "
        opening = f"{alone}{wording.words(first).lower()} keeps the most mentees: against {baseline} retention changes by "
        opening += _points(differences, "retention", first)
        if both:
            opening += f". It also narrows the {_inside(gap)}, which changes by {_points(differences, gap, first)}"
        elif gap and narrows.get(first) == judgement.SAME:
            opening += f". It leaves the {_inside(gap)} practically the same"
        elif gap:
            opening += f". Whether it changes the {_inside(gap)}, one cannot tell"
        sentences = [f"{opening[0].upper()}{opening[1:]}.{_price(differences, first)}"]
        sentences += [text for text in (_runner_up(best, outcomes), _cheapest(best, outcomes, differences)) if text]
    else:
        sentences = [_none_keeps_more(keeps, baseline, gap), *_but_elsewhere(differences)]
    if traded:
        sentences.append(
            f"A trade to weigh: {_names(traded)} {'keep' if len(traded) > 1 else 'keeps'} more mentees, but not of every group: "
            f"the {_inside(gap)} gets worse."
        )
    return sentences


def well_doing(differences: pd.DataFrame, gap: str | None) -> list[str]:
    """The policies that clearly keep more without making the gap worse, narrowing it if any does; the best first."""
    keeps, narrows = _judged(differences, "retention"), _judged(differences, gap)
    gains = differences[differences["outcome"] == "retention"].set_index("policy")["difference"]
    good = [name for name in keeps if keeps[name] == "better" and narrows.get(name) not in ("worse", "reversed")]
    both = [name for name in good if narrows.get(name) == "better"]
    return sorted(both or good, key=lambda name: -gains[name])


def _none_keeps_more(keeps: dict[str, str], baseline: str, gap: str | None) -> str:
    """That no policy clearly keeps more mentees, and whether that is a finding or for want of runs."""
    if keeps and all(said == judgement.SAME for said in keeps.values()):
        return f"Retention is practically the same under every policy as under {baseline}."
    also = f" without making the {_inside(gap)} worse" if gap else ""
    return f"No policy clearly keeps more mentees than {baseline}{also}."


def _but_elsewhere(differences: pd.DataFrame) -> list[str]:
    """For each policy that is better in another headline outcome, a sentence that says in which; or that none is."""
    found = differences[(differences["family"] == "headline") & ~differences["outcome"].isin(["retention", "cost"])]
    found = found[found["verdict"] == "better"]
    if found.empty:
        return ["Nor is any of them clearly better in another of the headline outcomes: these runs give no ground for a change."]
    better = {policy: wording.listed(list(map(_inside, rows["outcome"]))) for policy, rows in found.groupby("policy", sort=False)}
    return [f"{wording.words(policy)} is better in {what}.{_price(differences, policy)}" for policy, what in better.items()]


def _price(differences: pd.DataFrame, policy: str) -> str:
    """The extra cost of a policy in a sentence; empty where cost was not measured."""
    cost = differences.loc[(differences["outcome"] == "cost") & (differences["policy"] == policy), "difference"]
    if cost.empty or not np.isfinite(cost.iloc[0]):
        return ""
    amount = wording.level(abs(cost.iloc[0]), wording.outcome("cost"))
    if amount == wording.level(0.0, wording.outcome("cost")):
        return " It costs the same."
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
    """A sentence on whether the best policy differs from the next best, run by run; it is held against all that do well at once."""
    if len(best) < 2:
        return ""
    wide = outcomes.pivot_table(index="replicate", columns="policy", values="retention", observed=True)
    paired = (wide[best[0]].to_numpy() - wide[best[1:]].to_numpy().T)
    low, high, _ = (found[0] for found in judgement.together(paired))
    described, second = wording.outcome("retention"), wording.words(best[1]).lower()
    said = judgement.verdict(low, high, judgement.direction("retention"), described.margin)
    if said == judgement.SAME:
        return f"It keeps practically as many as the next best, {second}: let cost and the gap decide."
    if said == judgement.CANNOT_TELL:
        return f"Whether it keeps more than the next best, {second}, one cannot tell: let cost and the gap decide."
    row = {"difference": np.nanmean(paired[0]), "low": low, "high": high}
    return f"It keeps clearly more than the next best, {second}: by {_said(row, described)}."


def _judged(differences: pd.DataFrame, name: str | None) -> dict[str, str]:
    """The verdict on each policy for one outcome."""
    rows = differences[differences["outcome"] == name]
    return dict(zip(rows["policy"], judgement.careful(rows), strict=True))


def _points(differences: pd.DataFrame, name: str, policy: str) -> str:
    """A policy's difference in an outcome, in points, with its interval."""
    row = differences[(differences["outcome"] == name) & (differences["policy"] == policy)].iloc[0]
    described = wording.fitted_to(name, differences)
    return _said({"difference": row["difference"], "low": row["low_all"], "high": row["high_all"]}, described)


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
