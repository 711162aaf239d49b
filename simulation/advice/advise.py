"""The advice from the tables of a comparison: its two sentences, how sure they are, what could change them, what they harm."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from simulation import judgement
from simulation.advice.affordable import dear_said, too_dear, without
from simulation.advice.misses import misses_on
from simulation.advice.phrases import changed, margin, named
from simulation.advice.priorities import deciding
from simulation.advice.rule import DRAWS, NEAR_SURE, Deciding, Ranking, needed, rank, rival
from simulation.advice.sets import over_sets_said
from simulation.advice.turning import Question
from simulation.advice.turns import turns_said
from simulation.equity import equity
from simulation.figures import wording
from simulation.outcomes import gap_parts, headlines
from simulation.scenario.counted import counted
from simulation.scenario.policy import Policy
from simulation.scenario.priorities import Priorities

NAMED, NEAR_TIE, STAY, TOO_SHORT, ALONE = "named", "near_tie", "stay", "too_short", "alone"


class Claim(NamedTuple):
    """What a sentence says, so that other runs can refute it."""

    says: str  # "first", by the rule; "better", "worse" or "reversed", against the baseline; "no_harm" in anything judged
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
    claims: Sequence[Claim] = ()


def advise(
    tables: Mapping[str, pd.DataFrame], priorities: Priorities, titles: Mapping[str, str], budget: Mapping[str, Any] | None = None
) -> Advice:
    """Give the advice of a comparison.

    Args:
        tables: `outcomes` and `contrasts`; also `sets`, `plausible` and `turning`, where there are such.
        priorities: what counts, in order.
        titles: what policies are called, by name.
        budget: that of the manifest, if there is one; who costs more is not judged.
    """
    if tables["contrasts"].empty:
        return Advice(ALONE, (), ["Only one policy was run: there is nothing to compare."], [], [], [], [])
    baseline = tables["contrasts"]["baseline"].iloc[0]
    beyond = too_dear(budget, baseline)
    tables, dear = without(tables, beyond), dear_said(beyond, budget, titles)
    outcomes, contrasts = tables["outcomes"], tables["contrasts"]
    if contrasts.empty:
        return Advice(ALONE, (), ["Nothing else can be had for this money: there is nothing to compare.", *dear], [], [], [], [])
    policies = list(dict.fromkeys([baseline, *outcomes["policy"]]))
    titles = {name: wording.inside(titles.get(name) or wording.words(name)) for name in policies}
    programs = outcomes["replicate"].nunique()
    if programs < judgement.ENOUGH:
        told = f"Too short for advice: {counted(programs, 'simulated programs')}, where {judgement.ENOUGH} or more are needed."
        return Advice(TOO_SHORT, (), [told], [], [], [], [])
    ranking, decided = _ranked(tables, priorities, policies)
    sets = outcomes["parameter_set"].nunique() if "parameter_set" in outcomes else 0
    said = _Said(_judged(tables, decided), decided, ranking, titles, programs, sets)
    kind, first = _kind(ranking)
    sentences, harms, claims = said.sentences(kind, first)
    place = int(min(ranking.out_at[0], len(decided) - 1))
    return Advice(
        kind, tuple(first), [*sentences, *dear], [*said.sure(kind, first), *over_sets_said(tables, decided, first, place, titles)],
        turns_said(tables.get("turning"), titles), misses_on([one.outcome for one in decided]), harms,
        [*(Claim("first", name) for name in first), *claims],
    )  # fmt: skip


def question(tables: Mapping[str, pd.DataFrame], priorities: Priorities, policies: Sequence[Policy]) -> Question | None:
    """What may turn the advice: how far the first policy is ahead of whom it is nearest to lose to; None without advice."""
    if tables["contrasts"].empty:
        return None
    ranking, decided = _ranked(tables, priorities, [policy.name for policy in policies])
    if not decided or tables["outcomes"]["replicate"].nunique() < judgement.ENOUGH:
        return None
    known = {policy.name: policy for policy in policies}
    _, first = _kind(ranking)
    other, place = rival(ranking, first, decided)
    return Question(known[first[0]], known[other], *decided[place])


def _ranked(tables: Mapping[str, pd.DataFrame], priorities: Priorities, policies: list[str]) -> tuple[Ranking, list[Deciding]]:
    """What the rule says of the policies, and by which outcomes; a gap of few people never decides."""
    outcomes, contrasts = tables["outcomes"], tables["contrasts"]
    small = set(contrasts.loc[contrasts["small"].astype(bool), "outcome"])
    decided = deciding(priorities, list(outcomes.columns), small)
    return rank(outcomes, policies, decided), decided


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
    rows = rows.assign(difference=_as_shown(tables, rows))
    return rows.assign(verdict=[
        judgement.verdict(row.low_all, row.high_all, judgement.direction(row.outcome), row.margin, row.no_gap)
        for row in rows.itertuples()
    ])  # fmt: skip


def _as_shown(tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> list[float]:
    """Each difference; that of a gap by the ends that tables and pages show, where its interval holds it as shown."""
    found: dict[tuple[str, str], float] = {}
    for _, some in equity(tables["groups"], rows).groupby(["attribute", "outcome"]) if "groups" in tables else ():
        before = next(((row.top, row.rest) for row in some.itertuples() if not isinstance(row.said, str)), (np.nan, np.nan))
        for row in some[some["said"].notna()].itertuples():
            described = wording.outcome(row.outcome)
            change = wording.gap_change((row.top, row.rest), before, described)
            if wording.within(change, row.low, row.high, described):
                found[row.policy, f"gap_{row.outcome}_{row.attribute}"] = change
    return [found.get((row.policy, row.outcome), row.difference) for row in rows.itertuples()]


class _Said:
    """The sentences of one comparison."""

    def __init__(
        self, rows: pd.DataFrame, decided: list[Deciding], ranking: Ranking, titles: dict[str, str], programs: int, sets: int
    ):
        self.rows, self.decided, self.ranking, self.titles, self.programs = rows, decided, ranking, titles, programs
        self.sets = sets
        self.baseline, self.told = ranking.policies[0], [one.outcome for one in decided]
        equity = rows.loc[(rows["family"] == "equity") & ~rows["small"].astype(bool), "outcome"]
        apart = [name for name in equity if "_x_" not in gap_parts(name)[1]]
        self.judged = list(dict.fromkeys([*self.told, *headlines("screen"), *apart]))

    def sentences(self, kind: str, first: list[str]) -> tuple[list[str], list[str], list[Claim]]:
        """What is advised, with gains; then harms, a sentence a policy; and what both claim."""
        others = [name for name in first if name != self.baseline] or self.ranking.policies[1:]
        gains = {name: self._changes(name, ("better",), self.told) for name in others}
        harms = {name: self._harms(name, self.told if kind == STAY else self.judged) for name in others}
        claims = [claim for found in (gains, harms) for _, more in found.values() for claim in more]
        against = f"against {self.titles[self.baseline]}, "
        lead = gains[others[0]][0]
        if kind == STAY:
            ahead = "on what counts, taken in its order, nothing is ahead of it"
            why = ahead if self.told else "nothing of what counts can be judged"
            opening = f"Stay with {self.titles[self.baseline]}: {why}."
            told = [self._both(name, gains[name][0], harms[name][0]) for name in others]
            return [opening, *told], told, claims
        if kind == NAMED:
            opening = f"{self.titles[first[0]]} comes first: {against}{lead or 'it is ahead, though on no single count clearly'}."
            told = [f"But {text}." for text, _ in harms.values() if text]
        else:
            same = "are practically the same on all that counts: take the cheaper of them, or the one you like."
            tie = "are a near tie: these runs cannot tell which of them is first."
            opening = f"{self._names(first)} {same if self._same(first) else tie}"
            told = [self._both(name, gains[name][0], harms[name][0]) for name in others]
        quiet = [Claim("no_harm", name) for name in others if not harms[name][0]]
        return [opening[:1].upper() + opening[1:], *(told or ["Nothing that is judged here gets worse."])], told, [*claims, *quiet]

    def _both(self, name: str, gains: str, harms: str) -> str:
        """What gets better and what gets worse under a policy, in one sentence."""
        under = f"Under {self.titles[name]}, against {self.titles[self.baseline]}, "
        return under + ("; but ".join(filter(None, [gains, harms])) or "nothing that is judged here changes clearly") + "."

    def _changes(self, policy: str, verdicts: tuple[str, ...], among: list[str]) -> tuple[str, list[Claim]]:
        """What changes under a policy against the baseline, with one of these verdicts, in words."""
        rows = self.rows[(self.rows["policy"] == policy) & self.rows["verdict"].isin(verdicts)].set_index("outcome")
        found = [rows.loc[name] for name in among if name in rows.index]
        ends = ("low_all", "high_all")
        parts = [changed(row.name, row["difference"], *row.loc[list(ends)], row["verdict"] == "reversed") for row in found]
        claims = [Claim(row["verdict"], policy, row.name, *map(float, row.loc[list(ends)])) for row in found]
        return wording.listed(parts), claims

    def _harms(self, policy: str, among: list[str]) -> tuple[str, list[Claim]]:
        """What gets worse under a policy, and what may, by more than matters."""
        text, claims = self._changes(policy, ("worse", "reversed"), among)
        rows = self.rows[(self.rows["policy"] == policy) & (self.rows["verdict"] == judgement.CANNOT_TELL)]
        worst = np.where(rows["outcome"].map(judgement.direction) > 0, -rows["low_all"], rows["high_all"])
        known = set(rows.loc[worst > rows["margin"], "outcome"]) - set(self.rows.loc[self.rows["small"].astype(bool), "outcome"])
        may = [named(name) for name in among if name in known]
        doubt = f"one cannot tell whether this gets worse: {wording.listed(may)}" if may else ""
        return "; and ".join(filter(None, [text, doubt])), claims

    def sure(self, kind: str, first: list[str]) -> list[str]:
        """How often the rule says the same of programs drawn again, and what would tell a near tie."""
        share = dict(zip(self.ranking.policies, self.ranking.share, strict=True))
        order = sorted(self.ranking.left, key=share.__getitem__, reverse=True)
        times = wording.listed([f"{self.titles[name]} {_times(share[name])}" for name in order])
        drawn, ranges = f"The {self.programs:,} simulated programs", "are all right together in 19 of 20 comparisons"
        if self.sets:
            drawn = f"The {counted(self.sets, 'sets')} of numbers, with their {self.programs:,} simulated programs,"
            ranges = "hold 95 of 100 sets; the tables tell of the mean of all sets, and may be surer"
        lines = [
            f"{drawn} were drawn again {DRAWS:,} times, and the same rule was applied: first came {times}. "
            f"In brackets stand ranges that {ranges}."
        ]
        if kind == NEAR_TIE and not self._same(first):
            outcome, count = needed(self.ranking, first[0], first[1], self.decided, self.programs)
            limit = margin(outcome, dict(self.decided)[outcome])
            told = f"about {counted(count, 'simulated programs')} would tell" if count else "no number of runs would tell"
            told = "as the sets differ, nobody knows how many runs would tell" if self.sets else told
            between = f"The difference between {self._names(first[:2])} in {named(outcome)}"
            lines.append(f"{between} lies near {limit}, from which on it matters; {told}.")
        return lines

    def _same(self, first: list[str]) -> bool:
        """Whether all of them are surely first together."""
        return all(self.ranking.share[self.ranking.policies.index(name)] >= NEAR_SURE for name in first)

    def _names(self, names: list[str]) -> str:
        return wording.listed([self.titles[name] for name in names])


def _times(share: float) -> str:
    return "each time" if share == 1.0 else f"in {share * DRAWS:,.0f}"


def as_facts(advice: Advice) -> dict[str, Any]:
    """The advice as it goes into a file; a claim without an interval has none."""
    claims = [{key: value for key, value in claim._asdict().items() if value == value} for claim in advice.claims]
    return advice._asdict() | {"claims": claims}
