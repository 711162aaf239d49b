"""Laying out a world in rows: units, sites and posts; and allocating the rows of a run."""

from typing import NamedTuple

import numpy as np

from simulation import columns
from simulation.columns import VIEW, State
from simulation.draws import streams
from simulation.program import MOST_ASKED, MOST_MOVED, Plan
from simulation.rows import empty, grown
from simulation.scenario.compiled_setting import calendar_of, setting_of
from simulation.scenario.enrolled import mentors_of
from simulation.scenario.errors import ScenarioError
from simulation.scenario.idle import at_work
from simulation.scenario.levers import acts, levers_of
from simulation.scenario.places import first_rows, places_of, posts_of, seats_of
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.steps.who_is_there import take_turns

SPARE = 5_000  # rows, at most, for things to come
USUAL = 60  # months for which a traced run has room from the start


class Layout(NamedTuple):
    """The parts that all runs of one world under one policy share; `months` are all that are lived, burn-in among them."""

    setting: np.record
    plan: Plan
    posts: np.recarray
    units: np.recarray
    sites: np.recarray
    first_rows: np.ndarray
    calendar: np.ndarray
    months: int
    slots: int
    groups: np.ndarray  # of the roster's mentees, a row a person: their groups, -1 where drawn; empty without a roster


def lay_out(world: World, policy: Policy, months: int) -> Layout:
    """Lay out a world under a policy for a study of some months, which the months of the burn-in come before."""
    places, burn_in = places_of(world), 12 * world.people.burn_in
    sites, units = empty(columns.SITE, places.sites), empty(columns.UNIT, len(places.site))
    sites.first_unit[:] = np.searchsorted(places.site, np.arange(places.sites))
    sites.end_unit[:] = np.searchsorted(places.site, np.arange(places.sites), side="right")
    units.site[:], units.discipline[:] = places.site, places.discipline
    ends = posts_of(world, places)
    units.first_post[:], units.end_post[:] = np.concatenate([[0], ends[:-1]]), ends
    posts = empty(columns.POST, world.people.mentors)
    posts.unit[:] = np.repeat(np.arange(len(units)), ends - units.first_post)
    seats = seats_of(world, places) if world.roster else None
    if seats:
        mentors, mine = mentors_of(world), np.argsort(units.discipline[posts.unit], kind="stable")
        posts.group[mine], posts.expertise[mine] = mentors.groups, mentors.expertise
    setting = setting_of(world, burn_in + months)
    if max(policy.offer.mentees, default=0) >= setting.people:
        problem = f"value {max(policy.offer.mentees)}: the mentees of this study are 0 to {setting.people - 1}"
        raise ScenarioError(problem, file=f"policy {policy.name}", field="offer.mentees")
    without, levers = levers_of(Policy(), world), levers_of(at_work(policy, world)[0], world)
    plan = Plan(levers, without, burn_in + policy.start_month, burn_in + policy.end_month, acts(levers, without), burn_in)
    slots = max(policy.empower.mentors_at_once, Policy().empower.mentors_at_once) + 1
    rows = first_rows(places, setting.cohort_row[: int(setting.cohorts) + 1], world.people.years, seats)
    groups = seats[0].groups if seats else np.zeros((0, columns.ATTRIBUTES), np.int8)
    calendar = np.concatenate([calendar_of((), burn_in), calendar_of(world.shocks, months)])
    return Layout(setting, plan, posts, units, sites, rows, calendar, burn_in + months, slots, groups)


def allocate(layout: Layout, seed: int, trace: bool) -> State:
    """Make the rows of one run, before month 0."""
    setting = layout.setting
    people, posts = int(setting.people), len(layout.posts)
    there = int(setting.cohort_row[setting.years])
    # A small world gets room for the whole study at once; the tables of a large one grow, to save memory.
    expected = int(posts * (1.5 + 0.1 * layout.months / 12)) + min(posts, SPARE) + 8
    institution, mentees = empty(columns.INSTITUTION, 1)[0], empty(columns.MENTEE, people)
    mentees.group[: len(layout.groups)] = layout.groups
    institution.funding = setting.rules.institution.unsupported
    luck, units = streams(seed, max(layout.months, 1)), layout.units.copy()
    take_turns(units, luck)
    return State(
        mentees=mentees,
        ties=empty(columns.TIE, people, layout.slots),
        records=empty(columns.RECORD, 2 * there + people + min(3 * people, SPARE) + 8),
        mentors=empty(columns.MENTOR, expected),
        posts=layout.posts.copy(),
        units=units,
        sites=layout.sites.copy(),
        institution=institution,
        months=empty(columns.MONTH, layout.months),
        counts=empty(columns.COUNTS, 1)[0],
        trace=empty(columns.TIE_MONTH, people * layout.slots if trace else 0),
        asks=empty(columns.ASK, people * MOST_ASKED if trace else 0),
        views=empty(columns.VIEWED, people * MOST_ASKED if trace else 0),
        mentee_months=empty(columns.MENTEE_MONTH, people + there * min(layout.months, USUAL) if trace else 0),
        mentor_months=empty(columns.MENTOR_MONTH, posts * (1 + min(layout.months, USUAL)) if trace else 0),
        moves=empty(columns.MOVE, MOST_MOVED * layout.months if trace else 0),
        streams=luck,
        levers=np.array([layout.plan.without]).view(np.recarray)[0],
        first_rows=layout.first_rows,
        calendar=layout.calendar,
        group_counts=np.zeros((len(layout.units), int(setting.first_group[setting.attributes])), np.int32),
    )


def with_space(state: State, setting: np.record, month: int) -> State:
    """Return the state with room for everything that the next month can add."""
    people, posts = len(state.mentees), len(state.posts)
    heads = int(state.months[month - 1].mentees) + setting.largest_cohort if month else people
    records, mentors = state.records, state.mentors
    used, appointed = int(state.counts.records), int(state.counts.mentors)
    if used + 2 * heads > len(records):
        records = grown(records, used, columns.RECORD, used + used // 4 + 2 * heads)
    if appointed + posts > len(mentors):
        mentors = grown(mentors, appointed, columns.MENTOR, appointed + 2 * posts)
    state = state._replace(records=records, mentors=mentors)
    return with_space_to_trace(state, heads) if len(state.trace) else state


def with_space_to_trace(state: State, heads: int) -> State:
    """Return the state of a traced run with room for whatever a month with so many mentees can bring, and half as much again."""
    counts, people = state.counts, len(state.mentees)
    most = {
        "trace": (columns.TIE_MONTH, counts.traced, int(counts.live) + 2 * heads),
        "asks": (columns.ASK, counts.asked, MOST_ASKED * heads),
        "views": (columns.VIEWED, counts.viewed, VIEW * heads),
        "mentee_months": (columns.MENTEE_MONTH, counts.mentee_months, people),
        "mentor_months": (columns.MENTOR_MONTH, counts.mentor_months, len(state.posts)),
        "moves": (columns.MOVE, counts.moved, MOST_MOVED),
    }
    larger = {}
    for name, (kind, used, more) in most.items():
        rows = getattr(state, name)
        if used + more > len(rows):
            larger[name] = grown(rows, int(used), kind, len(rows) + len(rows) // 2 + more)
    return state._replace(**larger)
