"""An evaluation: what sampled people say, and what the program makes of it."""

import numpy as np

from simulation.billing import EVALUATION, MENTEE_SURVEYS, MENTOR_SURVEYS
from simulation.draws import Purpose, normal, uniform
from simulation.jit import inner
from simulation.rules import survey
from simulation.scenario.levers import SURVEY as BY_SURVEY
from simulation.steps.who_is_there import is_offered, is_promoted, rows
from simulation.ties import carries_load, key_of

MEASURES = 5  # unmet need, overload, silence, discontent, load gap: places of `deficits`
LEAST = 1e-9


@inner
def asks_mentee(streams, levers, month, mentee):
    """Whether a mentee whom the program serves is in the sample and answers."""
    luck = uniform(streams[month, Purpose.ANSWERED], mentee.row, 0)
    return luck < levers.evaluate.sample and is_offered(streams, levers, mentee)


@inner
def unhappy(level, z, p):
    """How far from the best answer a person answers who feels this level, in [0, 1]."""
    return 1.0 - (survey.answer(level, z, p.leniency, p) - 1) / 4.0


@inner
def hear_mentees(state, setting, month):
    """What sampled mentees say: how many answer, and their unmet need, silent ties and discontent, each in [0, 1]."""
    p, luck = setting.rules.survey, state.streams[month, Purpose.SURVEY]
    answers, discontent, unmet, silent, live = 0, 0.0, 0.0, 0.0, 0.0
    for i in range(rows(setting, month)):
        mentee = state.mentees[i]
        if mentee.active != 1 or is_promoted(setting, month, mentee):
            continue
        if not asks_mentee(state.streams, state.levers, month, mentee):
            continue
        answers += 1
        discontent += unhappy(mentee.mentoring_satisfaction, normal(luck, i, 0), p)
        unmet += unhappy(mentee.need_coverage, normal(luck, i, 1), p)
        for tie in state.ties[i]:
            if carries_load(tie):
                live += 1.0
                silent += 1.0 if tie.silent > 0 else 0.0
    n = max(answers, 1)
    return answers, unmet / n, silent / max(live, 1.0), discontent / n


@inner
def answers_survey(streams, levers, month, mentor):
    """Whether a mentor is there, in the sample, and answers."""
    luck = uniform(streams[month, Purpose.MENTOR_SURVEY], key_of(mentor), 0)
    return mentor.active == 1 and luck < levers.evaluate.sample


@inner
def load_gap(state, setting, month, a):
    """By what share the least loaded group of an attribute falls short of the most loaded, as sampled mentors tell."""
    least, most = np.inf, 0.0
    for g in range(setting.group_count[a]):
        load, heads = 0.0, 0.0
        for j in range(state.counts.mentors):
            mentor = state.mentors[j]
            if mentor.group[a] == g and answers_survey(state.streams, state.levers, month, mentor):
                load, heads = load + mentor.load, heads + 1.0
        if heads > 0.0:
            least, most = min(least, load / heads), max(most, load / heads)
    return (most - least) / most if most > 0.0 else 0.0


@inner
def hear_mentors(state, setting, month):
    """What sampled mentors say: how many answer, the share overloaded, and the gap in load between groups."""
    answers, over, gap = 0, 0.0, 0.0
    for j in range(state.counts.mentors):
        if answers_survey(state.streams, state.levers, month, state.mentors[j]):
            answers += 1
            over += 1.0 if state.mentors[j].overload > 0.0 else 0.0
    for a in range(setting.attributes):
        gap = max(gap, load_gap(state, setting, month, a))
    return answers, over / max(answers, 1), gap


@inner
def measured(evaluate, place):
    """Whether the evaluation looks at a deficit; a satisfaction survey looks at discontent alone."""
    if evaluate.model == BY_SURVEY:
        return place == 3
    return evaluate.measures[place] == 1


@inner
def survey_all(state, setting, month):
    """An evaluation takes place: it costs hours, and its results will be on the table after the delay.

    A deficit counts in units of what would be expected; the score is the mean of those that are measured.
    """
    institution, evaluate, p = state.institution, state.levers.evaluate, setting.rules.institution
    answers, unmet, silent, discontent = hear_mentees(state, setting, month)
    of_mentors, overloaded, gap = hear_mentors(state, setting, month)
    staff = p.survey_hours * (answers + of_mentors)
    if evaluate.model != BY_SURVEY:
        staff += p.cipp_hours * state.months[month].offered
    institution.spent[EVALUATION] += staff * setting.prices.staff_hour
    institution.spent[MENTEE_SURVEYS] += p.survey_hours * answers * setting.prices.mentee_hour
    institution.spent[MENTOR_SURVEYS] += p.survey_hours * of_mentors * setting.prices.mentor_hour
    institution.pending_month = month + evaluate.delay_months
    found = (
        unmet / max(p.expected_unmet, LEAST), overloaded / max(p.expected_overload, LEAST),
        silent / max(p.expected_silence, LEAST), discontent / max(p.expected_discontent, LEAST),
        gap / max(p.expected_load_gap, LEAST),
    )  # fmt: skip
    total, count = 0.0, 0
    for place in range(MEASURES):
        institution.deficits[place] = found[place] if measured(evaluate, place) else 0.0
        if measured(evaluate, place):
            total, count = total + found[place], count + 1
    institution.pending_score = total / max(count, 1)
