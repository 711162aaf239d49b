"""The headline outcomes of a run, as the ODD defines them under *Observation*."""

import math
from collections.abc import Iterable
from statistics import fmean

from .people import Tie
from .program import survey
from .study import Study

CLOSURE = 12


def share(part: float, whole: float) -> float:
    """Give a share, or not a number where there is no whole."""
    return part / whole if whole else math.nan


def mean(values: Iterable[float]) -> float:
    """Give a mean, or not a number where there is nothing to average."""
    values = list(values)
    return fmean(values) if values else math.nan


def kaplan_meier(spells: list[tuple[int, bool, int]]) -> float:
    """Give the share who never leave, from each one's months, whether these ended in leaving, and months before one watched."""
    stayed = 1.0
    for months in sorted({months for months, _, _ in spells}):
        at_risk = [left and spell == months for spell, left, entry in spells if entry <= months <= spell]
        stayed *= 1 - share(sum(at_risk), len(at_risk)) if at_risk else 1
    return stayed


def retention(study: Study) -> float:
    """Give the Kaplan-Meier share of mentees who have not left; graduating and the study's end censor."""
    spells = []
    for mentee in study.all_mentees:
        last = study.months if mentee.exit_month is None else mentee.exit_month + 1
        if last > study.first:
            spells.append((last - max(mentee.cohort, study.first), mentee.status == "left", 0))
    return kaplan_meier(spells)


def ties_of(study: Study) -> list[Tie]:
    """Give the ties of the study: all but those that had ended before it."""
    return [tie for tie in study.ties if tie.end is None or tie.end >= study.first]


def closure(study: Study) -> float:
    """Give one minus the Kaplan-Meier share of ties that last a year; graduation and the study's end are no closure."""
    spells = []
    for tie in ties_of(study):
        age = (study.months - 1 if tie.end is None else tie.end) - tie.start
        closed = tie.end is not None and tie.reason != "graduated"
        spells.append((min(age, CLOSURE), closed and age < CLOSURE, max(study.first - tie.start, 0)))
    return 1 - kaplan_meier(spells)


def gini(values: list[int]) -> float:
    """Give the Gini coefficient of numbers that are not negative."""
    ranked, total = sorted(values), sum(values)
    if total == 0:
        return math.nan
    heads = len(ranked)
    return sum((2 * rank - heads + 1) * value for rank, value in enumerate(ranked)) / (heads * total)


def moment_of(study: Study) -> int:
    """Give the last month at whose end somebody can still be a mentee; like all months here, from the burn-in on."""
    people = study.world.people

    def somebody_after(month: int) -> bool:
        arrivals = [12 * july for july in range(1 - people.years, month // 12 + 1)]
        return not people.graduates or any(month - cohort + 1 < 12 * people.years for cohort in arrivals)

    return max(month for month in range(study.months) if somebody_after(month))


def present(study: Study) -> dict[str, float]:
    """Give the outcomes of a moment, of those who are there, for everyone."""
    there, normal = study.program_mentees, study.chance.normal
    current = [mentee for mentee in there if mentee.has_current_mentor()]
    return {
        "burnout": mean(mentee.burnout for mentee in there),
        "mentoring_satisfaction": mean(survey(study, m.mentoring_satisfaction, normal()) for m in current),
        "job_satisfaction": mean(survey(study, m.job_satisfaction, normal()) for m in there),
        "mentor_load_gini": gini([mentor.load for mentor in study.mentors]),
        "skill": mean(mean(mentee.skill) for mentee in there),
        "output": mean(mentee.output for mentee in there),
        "belonging": mean(mentee.belonging for mentee in there),
        "norm_share": mean(mentee.normal for mentee in there),
        "mentor_burnout": mean(mentor.burnout for mentor in study.mentors),
    }


def headline(study: Study) -> dict[str, float]:
    """Give the headline outcomes of a study that is over, for everyone, and those of its moment."""
    everyone = study.all_mentees
    months, ties = sum(mentee.months_there for mentee in everyone), ties_of(study)
    return study.present | {
        "retention": retention(study),
        "mentored_share": share(sum(mentee.months_mentored for mentee in everyone), months),
        "spark_rate": share(sum(tie.sparked for tie in ties), len(ties)),
        "need_coverage": share(sum(mentee.coverage_sum for mentee in everyone), months),
        "closure_12": closure(study),
        "cost": share(study.money["cost_cash"] + study.money["cost_protected"], months / 12),
        **{payer: share(money, months / 12) for payer, money in study.money.items()},
    }
