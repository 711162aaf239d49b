"""The columns of all tables of a run: one row per person, tie or post, with one named field per attribute.

A row is never moved or used again, so its number is an identity. A live tie has one of its mentee's slots; every tie, live
or ended, has a record in `records` under its number. -1 marks an event that has not happened; the tables that people read
have a missing value there.

Rows are records of a numpy structured array: one block of memory a person, not one array an attribute. A step reads most
attributes of a person at once, and compiled code passes a table as one pointer. With one array an attribute the month took
minutes to compile and ran a hundred times slower.
"""

from typing import NamedTuple

import numpy as np

from simulation.billing import ITEMS

F8, F4, I8, I4, I2, I1 = "f8", "f4", "i8", "i4", "i2", "i1"
KNOWN = 4  # mentors whose reputation a mentee remembers
VIEW = 6  # mentors who come into view in a month: K of the model
ASKS = 3  # mentors whom a mentee asks in a month, at most
TRAITS = 3  # dimensions of deep-level traits
DOMAINS = 6  # domains of a world, at most
ATTRIBUTES = 4  # identity attributes of a world, at most
GROUPS = 8  # groups of one attribute, at most
YEARS = 40  # years in the program, at most
DISCIPLINES = 32  # disciplines of a world, at most
COHORTS = 256  # cohorts of a study, at most

# Mentees; the row is the mentee's id.
MENTEE = np.dtype(
    [
        ("row", I8),  # as wide as a loop counts, so that what takes a row is compiled once
        ("cohort", I2),  # month of arrival; negative for those there at the start
        ("unit", I4),
        ("turn", F8),  # of the unit
        ("discipline", I1),
        ("active", I1),  # 0 not arrived, 1 there, 2 left, 3 graduated, 4 graduated and became a mentor
        ("exit_month", I2),
        ("exit_to", I1),  # 0 another school, 1 outside
        ("group", I1, (ATTRIBUTES,)),  # -1 before it is drawn
        ("wish", I1, (ATTRIBUTES,)),  # 1 same, 0 no matter, -1 different
        ("wish_strength", F8, (ATTRIBUTES,)),
        ("trait", F8, (TRAITS,)),
        ("openness", F8), ("initiative", F8), ("clarity", F8), ("ability", F8),
        ("hours", F8),  # bound on hours a month for all mentors together
        ("need", F8, (DOMAINS,)),  # before skill
        ("skill", F8, (DOMAINS,)),
        ("output", F8), ("belonging", F8), ("burnout", F8), ("mentoring_satisfaction", F8), ("job_satisfaction", F8),
        ("threat", F8),
        ("moved_on", F8),  # how visible it is that this person moved on cleanly
        ("normal", I1),  # whether moving on is normal to this person
        ("need_coverage", F8),
        ("coverage_sum", F8),  # over months
        ("last_contact", I2), ("first_tie", I2), ("first_spark", I2), ("ties", I2), ("sparks", I2), ("months_mentored", I2),
        ("months_sparked", I2),  # with a live tie that has sparked
        ("mentored", I1),  # whether there was a current mentor when the unit was counted last
        ("known", I4, (KNOWN,)),  # rows of mentors heard of
        ("known_standing", F8, (KNOWN,)),
        ("known_weight", F8, (KNOWN,)),
    ],
    align=True,
)  # fmt: skip

# Live ties: a row a mentee, a place a slot.
TIE = np.dtype(
    [
        ("mentor", I4),  # row of the mentor, -1 for an empty slot
        ("number", I4),  # the tie's record
        ("nth", I2),  # which tie of the mentee's it is, from 0: luck is keyed by it
        ("domain", I1),
        ("via", I1),
        ("phase", I1),  # 0 initiation, 1 cultivation, 2 separation, 3 redefinition
        ("since", I2),  # month in which the phase began
        ("start", I2),
        ("streak", I1),  # months running at or above the level of spark
        ("spark", I2),  # month of spark
        ("silent", I2),  # months without contact
        ("visited", I1),  # whether central staff made contact this month
        ("reason", I1),  # why the tie is ending
        ("ender", I1),  # who ends it
        ("mentee_engagement", F8),
        ("mentor_engagement", F8),
        ("satisfaction", F8),  # the mentee's
        ("mentor_satisfaction", F8),
        ("investment", F8),
        ("perceived", F8),  # perceived similarity
        ("similarity", F8),  # actual deep similarity, standard deviations
        ("contact", F8),  # hours this month
        ("quality_sum", F8),
    ],
    align=True,
)

# The record of every tie.
RECORD = np.dtype(
    [
        ("mentee", I4), ("mentor", I4), ("domain", I1), ("via", I1), ("start", I2), ("end", I2), ("ended_by", I1),
        ("reason", I1), ("ended_well", I1), ("phase", I1), ("since", I2), ("spark", I2), ("quality", F4),
        ("perceived", F4), ("similarity", F4),
    ],
    align=True,
)  # fmt: skip

# Mentors; they are hired into posts, and a post gets the same people in the same order under every policy.
MENTOR = np.dtype(
    [
        ("mentor", I8),  # id: generation x GENERATION + post, or GRADUATE + mentee
        ("row", I8),
        ("post", I4),
        ("unit", I4),
        ("discipline", I1),
        ("active", I1),
        ("joined", I2),
        ("exit_month", I2),
        ("group", I1, (ATTRIBUTES,)),
        ("trait", F8, (TRAITS,)),
        ("expertise", F8, (DOMAINS,)),
        ("skill", F8),
        ("seniority", F8),  # years
        ("resources", F8),
        ("approachability", F8),
        ("willingness", F8),
        ("hours", F8),  # found without protection, a month
        ("available", F8),  # this month
        ("protected", F8),  # of it, by the program
        ("given", F8),  # this month
        ("load", I2),  # live ties that carry load
        ("overload", F8),
        ("joy", F8),  # sum of mentors' engagement over ties this month
        ("burnout", F8),
        ("satisfaction", F8),
        ("load_sum", F8),
        ("load_max", I2),
        ("mentees_ever", I4),
        ("volunteer", I1),
    ],
    align=True,
)

# Mentor posts: who holds each, and how many have held it.
POST = np.dtype(
    [
        ("occupant", I4), ("generation", I2), ("unit", I4),
        ("group", I1, (ATTRIBUTES,)), ("expertise", F8, (DOMAINS,)),  # of the roster's mentor who has it at the start; -1 is drawn
    ],
    align=True,
)  # fmt: skip

# Units: groups of people who work side by side.
UNIT = np.dtype(
    [
        ("site", I4),
        ("discipline", I1),
        ("turn", F8),  # in (0, 1): its place in the order by lot in which units are offered a program
        ("first_post", I4),
        ("end_post", I4),
        ("heads", I4),
        ("counted", I4), ("mentored", I4),  # mentees of the program when they were counted last, and those with a current mentor
        ("moved_on", F8),  # sum over active mentees
    ],
    align=True,
)

# Sites: the area of one program office, and its units.
SITE = np.dtype(
    [
        ("first_unit", I4),
        ("end_unit", I4),
        ("time", F8),  # mentors' time here, relative to the world's mean
        ("hazard", F8),  # exit hazard here, relative to the world's mean
        ("moved_on", F8),
        ("heads", I4),
    ],
    align=True,
)

# The institution, one row: support, funding, and the results of the program's own evaluation.
INSTITUTION = np.dtype(
    [
        ("support", F8),
        ("funding", F8),
        ("contact_chance", F8),  # chance of a support contact for a tie this month
        ("cost", F8),  # so far: cash and protected time
        ("spent", F8, (ITEMS,)),  # this month, by the items of `billing`
        ("trial", I2),  # move on trial, by its place in `steps.reflect`, -1 for none
        ("trial_from", F8),  # the lever's value before
        ("trial_score", F8),  # composite score before
        ("pending_month", I2),  # month in which the last results arrive, -1 for none
        ("pending_score", F8),
        ("deficits", F8, (5,)),  # in units of what is expected, 0 where not measured
        ("added_cost", F8),  # yearly cost added by adaptation, per mentee
    ],
    align=True,
)

# The counts of each month.
MONTH = np.dtype(
    [
        ("mentees", I4), ("mentors", I4), ("mentored_share", F8), ("meaningful_share", F8),
        ("spark_share", F8),  # of live ties
        ("live_ties", I4), ("new_ties", I4), ("new_sparks", I4), ("closures", I4),
        ("moving_on", I4),  # closures in which one or both sides moved on
        ("ended_well", I4), ("need_coverage", F8), ("quality", F8), ("mentoring_satisfaction", F8),
        ("job_satisfaction", F8), ("belonging", F8), ("burnout", F8), ("output", F8), ("skill", F8), ("left", I4),
        ("graduated", I4), ("mentors_left", I4), ("mentor_load", F8), ("mentor_burnout", F8),
        ("mentor_satisfaction", F8), ("norm_share", F8), ("support", F8), ("funding", F8),
        ("cost", F8),  # what the institution pays: cash and protected time
        ("cost_cash", F8), ("cost_protected", F8), ("unpaid_mentor_time", F8), ("unpaid_mentee_time", F8),
        ("spent", F8, (ITEMS,)),  # all of these, by the items of `billing`
        ("contact_hours", F8),
        ("offered", I4),  # mentees to whom the program is offered now
        ("reach", F8),  # share of mentors with load
    ],
    align=True,
)  # fmt: skip

# What only a traced run keeps. First every month of every tie.
TIE_MONTH = np.dtype([
    ("tie", I4), ("month", I2), ("quality", F4), ("mentee_engagement", F4), ("mentor_engagement", F4),
    ("perceived_similarity", F4), ("contact_hours", F4),
], align=True)  # fmt: skip

# Every ask, and every offer of help.
ASK = np.dtype([
    ("mentee", I4), ("month", I2), ("mentor", I4), ("domain", I1),
    ("approached", I1),  # whether the mentor offered
    ("shown", I1),  # whether the program's directory showed the mentor
    ("yes", I1),
], align=True)  # fmt: skip

# Every mentor who came into view of a mentee who sought help.
VIEWED = np.dtype([
    ("mentee", I4), ("month", I2), ("mentor", I4), ("domain", I1),
    ("shown", I1),  # whether the program's directory showed the mentor
    ("met", I1),  # whether the two met; else the mentee knows the mentor by name alone
    ("offered", I1),  # whether the mentor offered help
    ("asked", I1),  # which ask of the mentee's it was this month, from 1; 0 where the mentee did not ask
    ("yes", I1),
], align=True)  # fmt: skip

# Every month of every mentee and of every mentor, as it is before people leave.
MENTEE_MONTH = np.dtype([
    ("mentee", I4), ("month", I2), ("normal", I1), ("mentors", I1), ("belonging", F4), ("burnout", F4),
    ("need_coverage", F4), ("mentoring_satisfaction", F4), ("job_satisfaction", F4),
], align=True)  # fmt: skip
MENTOR_MONTH = np.dtype([
    ("mentor", I4), ("month", I2), ("load", I2), ("available", F4), ("given", F4), ("burnout", F4), ("satisfaction", F4),
], align=True)  # fmt: skip

# Every lever that the program moved by itself.
MOVE = np.dtype([
    ("month", I2),
    ("lever", I1),  # by its place in `steps.reflect`
    ("deficit", I1),  # the measure that it answers
    ("before", F8), ("after", F8),  # where the lever stood, and was moved to
    ("score", F8),  # composite score that led to it
    ("judged", I2),  # month in which the next results were acted on, -1 while they are awaited
    ("kept", I1),  # 1 kept, 0 taken back, -1 not judged
    ("next_score", F8),  # composite score by which it was judged
], align=True)  # fmt: skip

# Rows in use.
COUNTS = np.dtype([
    ("mentors", I8), ("records", I8), ("live", I8), ("traced", I8), ("asked", I8), ("viewed", I8), ("mentee_months", I8),
    ("mentor_months", I8), ("moved", I8),
])  # fmt: skip


class State(NamedTuple):
    """The state of a running world; each field is an array of rows, `institution` and `counts` are one row."""

    mentees: np.recarray  # the row is the mentee's id
    ties: np.recarray  # mentees x slots
    records: np.recarray
    mentors: np.recarray
    posts: np.recarray
    units: np.recarray
    sites: np.recarray
    institution: np.record
    months: np.recarray
    counts: np.record
    trace: np.recarray  # empty when not traced
    asks: np.recarray  # empty when not traced
    views: np.recarray  # empty when not traced
    mentee_months: np.recarray  # empty when not traced
    mentor_months: np.recarray  # empty when not traced
    moves: np.recarray  # empty when not traced
    streams: np.ndarray  # uint64, months (or ages of ties) x purposes: the streams of the run's seed
    levers: np.record  # as they are now: `levers.match.identity`
    first_rows: np.ndarray  # cohorts x (units + 1): the first row of each cohort in each unit, and its end
    calendar: np.ndarray  # months x changes by shocks
    group_counts: np.ndarray  # units x groups of all attributes: heads


GRADUATE = 1_000_000_000  # ids of mentors who were mentees start here
GENERATION = 4_000_000  # between the ids of two mentors who follow each other in a post; more than there are posts
