"""The compiled month, which reads as a sentence, and the compiled run."""

from typing import NamedTuple

import numpy as np

from simulation.columns import ASKS, VIEW
from simulation.jit import inner, passage, rule, step
from simulation.record import begin_count, record, tally, watch
from simulation.steps.arrive import arrive
from simulation.steps.assign import assign, pauses
from simulation.steps.evaluate import evaluate
from simulation.steps.hear import hear
from simulation.steps.learn import learn
from simulation.steps.leave import leave
from simulation.steps.meet import meet, reach, schedule
from simulation.steps.need import need
from simulation.steps.norm import look_around, norm
from simulation.steps.part import part
from simulation.steps.reflect import commence, reflect
from simulation.steps.seek import seek
from simulation.steps.strain import count_groups, strain
from simulation.steps.who_is_there import mentees_of, mentors_of


class Plan(NamedTuple):
    """A policy for compiled code: its levers and those without it, when it starts and ends, whether it brings means.

    `first_month` is the month in which the study starts, after its burn-in.
    """

    levers: np.record
    without: np.record
    start_month: int
    end_month: int
    brings_means: bool
    first_month: int


DONE, ROOM, ASSIGNMENT = range(3)
MOST_ASKED = ASKS + VIEW  # rows that one mentee's asks and offers can take in a month
MOST_MOVED = 2  # levers that a program can move by itself in a month


@passage
def begin_month(state, setting, plan, month):
    """The study starts, the policy starts, people come, and staff find their time."""
    begin_count(state, plan, month)
    commence(state.levers, state.institution, setting, plan, month)
    arrive(state, setting, month)
    reach(state, setting, month)


@passage
def open_site(state, setting, month, site):
    """The first half of a site's month: people need, hear, and find their time."""
    mentees, mentors = mentees_of(state, setting, month, site), mentors_of(state, site)
    need(state, setting, month, mentees)
    hear(state, setting, month, mentees)
    schedule(state, setting, month, mentors)


@passage
def close_site(state, setting, month, site):
    """The second half of a site's month, after the program has brought people together."""
    mentees, mentors = mentees_of(state, setting, month, site), mentors_of(state, site)
    seek(state, setting, month, mentees)
    meet(state, setting, month, mentees, mentors)
    learn(state, setting, mentees)
    count_groups(state, setting, month, site, mentees)
    strain(state, setting, month, mentees, mentors)
    evaluate(state, setting, month, mentees)
    part(state, setting, month, mentees)
    look_around(state, setting, month, site, mentees)
    norm(state, setting, month, mentees)
    watch(state, month, mentees, mentors)
    leave(state, setting, month, mentees, mentors)
    record(state, setting, month, mentees, mentors)


@passage
def live_month(state, setting, month):
    """A month after people have come, one site after the other, so that a site's people stay near in memory."""
    for site in range(len(state.sites)):
        open_site(state, setting, month, site)
        assign(state, setting, month, site)
        close_site(state, setting, month, site)


@passage
def end_month(state, setting, month):
    """The month is counted, and the institution looks at it."""
    tally(state, month)
    reflect(state, setting, month)


@inner
def has_space_to_trace(state, heads):
    """Whether a traced run has room for whatever one month with so many mentees can bring."""
    counts = state.counts
    ties = counts.traced + counts.live + 2 * heads <= len(state.trace)
    asks = counts.asked + MOST_ASKED * heads <= len(state.asks)
    views = counts.viewed + VIEW * heads <= len(state.views)
    mentees = counts.mentee_months + len(state.mentees) <= len(state.mentee_months)  # also who has outgrown the program
    mentors = counts.mentor_months + len(state.posts) <= len(state.mentor_months)
    moves = counts.moved + MOST_MOVED <= len(state.moves)
    return ties and asks and views and mentees and mentors and moves


@rule
def has_space(state, setting, month):
    """Whether there is room for whatever one month can bring: two new ties a mentee, every post filled."""
    heads = len(state.mentees)
    if month > 0:
        heads = min(state.months[month - 1].mentees + setting.largest_cohort, heads)
    records = state.counts.records + 2 * heads <= len(state.records)
    mentors = state.counts.mentors + len(state.posts) <= len(state.mentors)
    return records and mentors and (len(state.trace) == 0 or has_space_to_trace(state, heads))


@step
def advance(state, setting, plan, month, last, assigned):
    """Run months until `last`, or until Python is needed: gives the month that is next, and what it waits for.

    `assigned` tells that `month` was opened before and its optimal assignment made.
    """
    while month < last:
        if assigned:
            for site in range(len(state.sites)):
                close_site(state, setting, month, site)
        else:
            if not has_space(state, setting, month):
                return month, ROOM
            begin_month(state, setting, plan, month)
            if pauses(state.levers, setting, month):
                for site in range(len(state.sites)):
                    open_site(state, setting, month, site)
                return month, ASSIGNMENT
            live_month(state, setting, month)
        end_month(state, setting, month)
        assigned = False
        month += 1
    return month, DONE
