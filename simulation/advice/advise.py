"""The advice from the tables of a comparison: its two sentences, how sure they are, what could change them, what they harm."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation import judgement
from simulation.advice.misses import misses_on
from simulation.advice.phrases import changed, margin, named
from simulation.advice.priorities import deciding as deciding_of
from simulation.advice.rule import DRAWS, NEAR_SURE, RARE, Deciding, Ranking, needed, rank
from simulation.advice.sets import over_sets_said
from simulation.advice.turns import turns_said
from simulation.figures import wording
from simulation.outcomes import gap_parts, headlines
from simulation.scenario.counted import counted
from simulation.scenario.priorities import Priorities

NAMED, NEAR_TIE, STAY, TOO_SHORT, ALONE = "named", "near_tie", "stay", "too_short", "alone"


class Claim(NamedTuple):
    """What a sentence says, so that other runs can refute it."""

    says: str  # "first": among those that the rule puts first; "better", "worse", "same", "narrower": against the baseline
    policy: str
    outcome: str = ""
    low: float = np.nan  # the interval that is told
    high: float = np.nan


class Advice(NamedTuple):
    """What a comparison advises."""

    kind: str  # "named", "near_tie", "stay", "too_short" or "alone"
    first: tuple[str, ...]  # the policies advised, by name
    sentences: list[str]
    sure: list[str]  # how sure: programs drawn again, other numbers that fit
    turns: list[str]  # what could change it, and at which value
    misses: list[str]  # what the model is known to miss on these outcomes
    harms: list[str]  # what gets worse, or may
    claims: list[Claim] = []


def advise(tables: Mapping[str, pd.DataFrame], priorities: Priorities, titles: Mapping[str, str]) -> Advice:
    """Give the advice of a comparison.

    Args:
        tables: `outcomes` and `contrasts`; also `sets`, `plausible` and `turning`, where there are such.
        priorities: what counts, in order.
        titles: what policies are called, by name.
    """
    outcomes, contrasts = tables["outcomes"], tables["contrasts"]
    if contrasts.empty:
        return Advice(ALONE, (), ["Only one policy was run: there is nothing to compare."], [], [], [], [])
    policies = list(dict.fromkeys([contrasts["baseline"].iloc[0], *outcomes["policy"]]))
    titles = {name: wording.inside(titles.get(name) or wording.words(name)) for name in policies}
    programs = outcomes["replicate"].nunique()
    if programs < judgement.ENOUGH:
        told = f"Too short for advice: {counted(programs, 'simulated programs')}, where {judgement.ENOUGH} or more are needed."
        return Advice(TOO_SHORT, (), [told], [], [], [], [])
    small = set(contrasts.loc[contrasts["small"].astype(bool), "outcome"])
    decided = deciding_of(priorities, list(outcomes.columns), small)
    ranking = rank(outcomes, policies, decided)
    said = _Said(_judged(tables, decided), decided, ranking, titles, programs)
    kind, first = _kind(ranking)
    sentences, harms, claims = said.sentences(kind, first)
    place = int(min(ranking.out_at[0], len(decided) - 1))
    return Advice(
        kind, tuple(first), sentences, [*said.sure(kind, first), *over_sets_said(tables, decided, first, place, titles)],
        turns_said(tables.get("turning"), titles), misses_on([one.outcome for one in decided]), harms,
        [*(Claim("first", name) for name in first), *claims],
    )  # fmt: skip


def _kind(ranking: Ranking) -> tuple[str, list[str]]:
    """What kind of advice it is, and the policies advised."""
    left, baseline = ranking.left, ranking.policies[0]
    if left == [baseline] or ranking.share[0] >= NEAR_SURE:
        return STAY, [baseline]
    return (NAMED if len(left) == 1 else NEAR_TIE), left


def _judged(tables: Mapping[str, pd.DataFrame], decided: list[Deciding]) -> pd.DataFrame:
    """Contrasts with gaps turned, the office's margins, and verdicts; over sets of parameters the spread is the interval."""
    rows, margins = tables["contrasts"], dict(decided)
    if "parameter_set" in tables["outcomes"] and "plausible" in tables:
        spread = tables["plausible"].set_index(["policy", "outcome"])[["low", "high"]]
        ends = spread.reindex(pd.MultiIndex.from_frame(rows[["policy", "outcome"]])).to_numpy(float)
        rows = rows.assign(low_all=ends[:, 0], high_all=ends[:, 1])
    rows = judgement.turn_gaps(rows.assign(margin=[margins.get(row.outcome, row.margin) for row in rows.itertuples()]))
    verdicts = [
        judgement.verdict(row.low_all, row.high_all, judgement.direction(row.outcome), row.margin, row.no_gap) for row in rows.itertuples()
    ]
    return rows.assign(verdict=verdicts, place=[judgement.direction(name) for name in rows["outcome"]])


class _Said:
    """The sentences of one comparison."""

    def __init__(self, rows: pd.DataFrame, decided: list[Deciding], ranking: Ranking, titles: dict[str, str], programs: int):
        self.rows, self.decided, self.ranking, self.titles, self.programs = rows, decided, ranking, titles, programs
        self.baseline = ranking.policies[0]
        self.told = [one.outcome for one in decided]
        self.heads = list(dict.fromkeys([*self.told, *headlines("screen")]))

    def sentences(self, kind: str, first: list[str]) -> tuple[list[str], list[str], list[Claim]]:
        """The two sentences, the harms in them, and what both claim."""
        if kind == STAY:
            return self._stay()
        others = [name for name in first if name != self.baseline]
        gains, claims = self._changes(others[0], ("better",), self.told)
        against = f"against {self.titles[self.baseline]}, "
        if kind == NAMED:
            name = self.titles[first[0]]
            opening = f"{name} comes first: {against}{gains}." if gains else f"{name} comes first, though on no single count clearly."
        elif self._same(first):
            opening = f"{self._names(first)} are practically the same on all that counts: take the cheaper, or the one you like."
            opening += f" {against}{gains} under {self.titles[others[0]]}." if gains else ""
        else:
            opening = f"{self._names(first)} are a near tie: these runs cannot tell which is first."
            opening += f" {against}{gains} under {self.titles[others[0]]}." if gains else ""
        harms = []
        for name in others:
            text, more = self._harm(name)
            claims += more
            harms += [f"Under {self.titles[name]} {text}." if len(others) > 1 or kind == NEAR_TIE else f"But {text}."] if text else []
        if not harms and len(others) == 1:
            harms = []
        return [_capital(opening), *(harms or ["Nothing that is judged here gets clearly worse."])], harms, claims

    def _stay(self) -> tuple[list[str], list[str], list[Claim]]:
        """That nothing is ahead of what one has; where each of the others falls behind it, or that it does not."""
        behind: dict[int, list[str]] = {}
        for k, name in enumerate(self.ranking.policies[1:], start=1):
            behind.setdefault(int(self.ranking.out_at[k]), []).append(name)
        parts, claims = [], []
        for place, names in sorted(behind.items()):
            if place == len(self.told):
                parts.append(f"{self._names(names)} {_are(names)} practically the same on all that counts")
            else:
                parts.append(f"{self._names(names)} {'fall' if len(names) > 1 else 'falls'} behind in {named(self.told[place])}")
        gains = [(name, *self._changes(name, ("better",), self.told)) for name in self.ranking.policies[1:]]
        claims += [claim for _, _, more in gains for claim in more]
        sentences = [f"Stay with {self.titles[self.baseline]}: on what counts, in its order, nothing is ahead of it."]
        return [*sentences, _capital("; ".join(parts)) + "."], [], claims

    def _changes(self, policy: str, verdicts: tuple[str, ...], among: list[str]) -> tuple[str, list[Claim]]:
        """What changes under a policy against the baseline, with one of these verdicts, in words."""
        found = self.rows[(self.rows["policy"] == policy) & self.rows["verdict"].isin(verdicts) & self.rows["outcome"].isin(among)]
        found = found.sort_values("outcome", key=lambda names: [among.index(name) for name in names])
        parts = [changed(row.outcome, row.difference, row.low_all, row.high_all, row.verdict == "reversed") for row in found.itertuples()]
        return wording.listed(parts), [Claim(row.verdict, policy, row.outcome, row.low_all, row.high_all) for row in found.itertuples()]

    def _harm(self, policy: str) -> tuple[str, list[Claim]]:
        """What gets worse under a policy, and what may."""
        rows = self.rows[self.rows["policy"] == policy]
        equity = rows[(rows["family"] == "equity") & ~rows["small"].astype(bool)]["outcome"]
        judged = [*self.heads, *(name for name in equity if name not in self.heads and "_x_" not in gap_parts(name)[1])]
        text, claims = self._changes(policy, ("worse", "reversed"), judged)
        worst = np.where(rows["place"] > 0, -rows["low_all"], rows["high_all"])
        open_ = rows[(rows["verdict"] == judgement.CANNOT_TELL) & (worst > rows["margin"])]["outcome"]
        may = [named(name) for name in self.heads if name in set(open_)]
        return "; and one cannot tell whether this gets worse: ".join(filter(None, [text, wording.listed(may)])) if text else (
            f"one cannot tell whether this gets worse: {wording.listed(may)}" if may else ""
        ), claims

    def sure(self, kind: str, first: list[str]) -> list[str]:
        """How often the rule says the same of programs drawn again, and what would tell a near tie."""
        share = dict(zip(self.ranking.policies, self.ranking.share, strict=True))
        times = "; ".join(f"{self.titles[name]} in {share[name] * DRAWS:,.0f}" for name in sorted(share, key=share.get, reverse=True) if share[name] >= RARE)
        lines = [f"The {self.programs:,} simulated programs were drawn again {DRAWS:,} times, and the same rule was applied: first came {times}."]
        if kind == NEAR_TIE and not self._same(first):
            outcome, count = needed(self.ranking, first[0], first[1], self.decided, self.programs)
            limit = margin(outcome, dict(self.decided)[outcome])
            between = f"the difference between {self._names(first[:2])} in {named(outcome)} lies near {limit}, from which on it matters"
            told = f"about {counted(count, 'simulated programs')} would tell" if count else "no number of runs would tell"
            lines.append(f"{_capital(between)}; {told}.")
        return lines

    def _same(self, first: list[str]) -> bool:
        """Whether all of them are surely first together."""
        return all(self.ranking.share[self.ranking.policies.index(name)] >= NEAR_SURE for name in first)

    def _names(self, names: list[str]) -> str:
        return wording.listed([self.titles[name] for name in names])


def _are(names: list[str]) -> str:
    return "are" if len(names) > 1 else "is"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_facts(advice: Advice) -> dict[str, Any]:
    """The advice as it goes into a manifest."""
    return advice._asdict() | {"claims": [{key: value for key, value in claim._asdict().items() if value == value} for claim in advice.claims]}
