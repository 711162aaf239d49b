"""Outcomes of a run, for everyone and for every group, counted in compiled code.

Row 0 is everyone; then come the groups of each identity attribute; then, with two attributes or more, their crossings.
"""

import itertools

import numpy as np

from simulation.columns import ATTRIBUTES
from simulation.draws import Purpose, normal
from simulation.jit import rule, step
from simulation.record import mentor_status
from simulation.rules import survey
from simulation.scenario.world import World
from simulation.ties import BY_MENTOR, MENTEE_LEFT, MENTOR_KEY, OUTSIDE

PERSONAL = (
    "retention", "retention_12", "retention_36", "retention_60", "mentored_share", "spark_rate", "need_coverage",
    "mentoring_satisfaction", "job_satisfaction", "burnout", "belonging", "output", "skill", "access", "sparked_share",
    "meaningful_share", "primary_share", "months_to_first_tie", "months_to_first_spark",
)  # fmt: skip
OVERALL = (
    "closure_12", "closure_30", "mentor_ended_share", "ended_well_share", "tie_months", "tie_quality",
    "mentor_retention", "mentor_satisfaction", "mentor_burnout", "mentor_load", "mentor_load_gini",
    "cross_discipline_share", "same_identity_share", "cost", "cost_per_retained",
    "degree", "reach", "norm_share",
)  # fmt: skip
GAPPED = ("retention", "access", "mentored_share", "spark_rate", "need_coverage", "mentoring_satisfaction", "output")
WIDTH = len(OVERALL) + 2 * ATTRIBUTES
FIRST_NETWORK = OVERALL.index("degree")
YEAR, THREE_YEARS, FIVE_YEARS = 12, 36, 60


def groups_of(world: World) -> list[tuple[str, str]]:
    """The attribute and group of each row: `("all", "everyone")` first, crossings last."""
    rows = [("all", "everyone")]
    rows += [(identity.name, group) for identity in world.identities for group in identity.groups]
    if len(world.identities) > 1:
        crossed = "_x_".join(identity.name for identity in world.identities)
        cells = itertools.product(*(identity.groups for identity in world.identities))
        rows += [(crossed, " & ".join(cell)) for cell in cells]
    return rows


@rule
def rows_of(setting, mentee, k):
    """The k-th row that a mentee belongs to, or -1: everyone, each attribute's group, the crossing."""
    if k == 0:
        return 0
    if k <= setting.attributes:
        return 1 + setting.first_group[k - 1] + mentee.group[k - 1]
    if k == setting.attributes + 1 and setting.attributes > 1:
        cell = 0
        for a in range(setting.attributes):
            cell = cell * setting.group_count[a] + mentee.group[a]
        return 1 + setting.first_group[setting.attributes] + cell
    return -1


@rule
def count_exits(state, setting, months, at_risk, left):
    """Count, by months since arrival or month 0, who was at risk of leaving and who left: rows x months each."""
    for i in range(len(state.mentees)):
        mentee = state.mentees[i]
        if mentee.active == 0:
            continue
        entry = max(mentee.cohort, 0)
        last = (mentee.exit_month if mentee.exit_month >= 0 else months - 1) - entry
        for k in range(setting.attributes + 2):
            row = rows_of(setting, mentee, k)
            if row >= 0:
                at_risk[row, last] += 1
                if mentee.active == 2:
                    left[row, last] += 1
    for row in range(len(at_risk)):
        for month in range(months - 2, -1, -1):
            at_risk[row, month] += at_risk[row, month + 1]


@rule
def kept(at_risk, left, until):
    """Kaplan-Meier: the share who have not left after `until` months; graduation and the study's end censor."""
    if until > len(at_risk):
        return np.nan
    share = 1.0
    for month in range(until):
        if at_risk[month] > 0:
            share *= 1.0 - left[month] / at_risk[month]
    return share


@rule
def seen(at_risk, left, until):
    """The share kept after `until` months; missing where nobody was watched so long, unless all had left."""
    share = kept(at_risk, left, until)
    return share if share == 0.0 or (until <= len(at_risk) and at_risk[until - 1] > 0.0) else np.nan


@rule
def add_mentee(state, setting, month, i, sums, weights, row):
    """Add one mentee to a row of sums and weights, in the order of `PERSONAL` from `mentored_share` on."""
    mentee, p = state.mentees[i], setting.rules.survey
    entry = max(mentee.cohort, 0)
    months = (mentee.exit_month if mentee.exit_month >= 0 else month) - entry + 1
    sums[row, 4] += mentee.months_mentored
    weights[row, 4] += months
    sums[row, 5] += mentee.sparks
    weights[row, 5] += mentee.ties
    sums[row, 6] += mentee.coverage_sum
    weights[row, 6] += months
    sums[row, 13] += mentee.ties > 0
    sums[row, 14] += mentee.sparks > 0
    weights[row, 13] += 1
    weights[row, 14] += 1
    if mentee.first_tie >= 0:
        sums[row, 17] += mentee.first_tie - entry
        weights[row, 17] += 1
    if mentee.first_spark >= 0:
        sums[row, 18] += mentee.first_spark - entry
        weights[row, 18] += 1
    if mentee.active != 1:
        return
    luck = state.streams[0, Purpose.SURVEY]
    current, meaningful, primary, _ = mentor_status(state, setting, month, mentee)
    if current:
        sums[row, 7] += survey.answer(mentee.mentoring_satisfaction, normal(luck, i, 0), p.leniency, p)
        weights[row, 7] += 1
    sums[row, 8] += survey.answer(mentee.job_satisfaction, normal(luck, i, 1), p.leniency, p)
    sums[row, 9] += mentee.burnout
    sums[row, 10] += mentee.belonging
    sums[row, 11] += mentee.output
    for d in range(setting.domains):
        sums[row, 12] += mentee.skill[d] / setting.domains
    sums[row, 15] += meaningful
    sums[row, 16] += primary
    for column in (8, 9, 10, 11, 12, 15, 16):
        weights[row, column] += 1


@rule
def personal(state, setting, months, at_risk, left, sums, weights):
    """Fill `sums` with the personal outcomes of every row; missing where nobody counts."""
    for i in range(len(state.mentees)):
        if state.mentees[i].active > 0:
            for k in range(setting.attributes + 2):
                row = rows_of(setting, state.mentees[i], k)
                if row >= 0:
                    add_mentee(state, setting, months - 1, i, sums, weights, row)
    for row in range(len(sums)):
        sums[row, 0] = kept(at_risk[row], left[row], months)
        sums[row, 1] = seen(at_risk[row], left[row], YEAR)
        sums[row, 2] = seen(at_risk[row], left[row], THREE_YEARS)
        sums[row, 3] = seen(at_risk[row], left[row], FIVE_YEARS)
        for column in range(4, sums.shape[1]):
            sums[row, column] = sums[row, column] / weights[row, column] if weights[row, column] > 0.0 else np.nan


@rule
def of_ties(state, setting, months, out):
    """Fill the outcomes of ties: early closure, who ended them, how well, how long, across what."""
    exposed_12 = closed_12 = exposed_30 = closed_30 = ended = by_mentor = parted = well = 0
    length, quality, across, alike = 0.0, 0.0, 0, 0
    n = state.counts.records
    for k in range(n):
        tie = state.records[k]
        last = tie.end if tie.end >= 0 else months
        length += last - tie.start
        quality += tie.quality
        mentee, mentor = state.mentees[tie.mentee], state.mentors[tie.mentor]
        across += mentee.discipline != mentor.discipline
        alike += mentee.group[0] == mentor.group[0]
        if tie.start + 12 <= months:
            exposed_12 += 1
            closed_12 += 0 <= tie.end < tie.start + 12
        if tie.start + 30 <= months:
            exposed_30 += 1
            closed_30 += 0 <= tie.end < tie.start + 30
        if tie.end >= 0 and tie.reason < MENTEE_LEFT:
            ended += 1
            by_mentor += int(tie.ended_by == BY_MENTOR or tie.reason > OUTSIDE)
            if tie.reason <= OUTSIDE:
                parted += 1
                well += int(tie.ended_well)
    out[0] = closed_12 / exposed_12 if exposed_12 else np.nan
    out[1] = closed_30 / exposed_30 if exposed_30 else np.nan
    out[2] = by_mentor / ended if ended else np.nan
    out[3] = well / parted if parted else np.nan
    out[4] = length / n if n else np.nan
    out[5] = quality / n if n else np.nan
    out[11] = across / n if n else np.nan
    out[12] = alike / n if n and setting.attributes else np.nan


@rule
def of_mentors(state, setting, months, at_risk, left, loads, out):
    """Fill the outcomes of mentors: retention, satisfaction, burnout, and how load is spread."""
    p, luck = setting.rules.survey, state.streams[0, Purpose.MENTOR_SURVEY]
    n, said, burnout, total, ranked = 0, 0.0, 0.0, 0.0, 0.0
    for j in range(state.counts.mentors):
        mentor = state.mentors[j]
        last = (mentor.exit_month if mentor.exit_month >= 0 else months - 1) - mentor.joined
        at_risk[last] += 1
        left[last] += mentor.exit_month >= 0
        if mentor.active == 1:
            z = normal(luck, mentor.mentor + MENTOR_KEY, 0)
            said += survey.answer(mentor.satisfaction, z, p.leniency + p.mentor_offset, p)
            burnout += mentor.burnout
            total += mentor.load
            loads[mentor.load] += 1
            n += 1
    for month in range(months - 2, -1, -1):
        at_risk[month] += at_risk[month + 1]
    before = 0.0
    for load in range(len(loads)):
        ranked += loads[load] * load * (2.0 * before + loads[load])
        before += loads[load]
    out[6] = kept(at_risk, left, months)
    there = float(n) if n else np.nan  # without mentors there is nothing to tell
    out[7], out[8], out[9] = said / there, burnout / there, total / there
    out[10] = ranked / (n * total) - 1.0 if total > 0.0 else 0.0


@step
def of_network(state, setting, months, out):
    """Fill mean live ties a mentee, mentors who have any, the norm, and how load and posts are shared between mentors' groups."""
    month, busy, n = state.months[months - 1], 0, 0
    for j in range(state.counts.mentors):
        n += state.mentors[j].active == 1
        busy += state.mentors[j].active == 1 and state.mentors[j].load > 0
    out[FIRST_NETWORK] = month.live_ties / month.mentees if month.mentees else np.nan
    out[FIRST_NETWORK + 1] = busy / n if n else np.nan
    out[FIRST_NETWORK + 2] = month.norm_share if month.mentees else np.nan
    for a in range(setting.attributes):
        load, years, here = np.zeros(2), np.zeros(2), np.zeros(2)
        for j in range(state.counts.mentors):
            mentor = state.mentors[j]
            side = 1 if mentor.group[a] > 0 else 0
            load[side] += mentor.load_sum
            years[side] += (mentor.exit_month if mentor.exit_month >= 0 else months - 1) - mentor.joined + 1
            here[side] += mentor.active == 1
        known = years[0] > 0.0 and years[1] > 0.0 and load[0] > 0.0
        out[len(OVERALL) + a] = load[1] / years[1] / (load[0] / years[0]) if known else np.nan
        out[len(OVERALL) + ATTRIBUTES + a] = here[1] / n if n else np.nan


@step
def take(state, setting, months, at_risk, left, sums, weights, overall):
    """Fill everything that is counted of a run; one call, since each call from Python costs as much as a small count."""
    count_exits(state, setting, months, at_risk, left)
    personal(state, setting, months, at_risk, left, sums, weights)
    of_ties(state, setting, months, overall)
    loads = np.zeros(int(setting.context.hard_cap) + 1)
    of_mentors(state, setting, months, np.zeros(months), np.zeros(months), loads, overall)
    of_network(state, setting, months, overall)
    overall[13] = state.institution.cost / max(at_risk[0].sum() / 12.0, 1.0)
    overall[14] = state.institution.cost / max(at_risk[0, 0] - left[0].sum(), 1.0)


def counted(state, setting, months: int, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Take the outcomes of a run: personal (rows x PERSONAL), overall, at risk and left (rows x months each)."""
    at_risk, left = np.zeros((rows, months)), np.zeros((rows, months))
    sums, weights, overall = np.zeros((rows, len(PERSONAL))), np.zeros((rows, len(PERSONAL))), np.zeros(WIDTH)
    take(state, setting, months, at_risk, left, sums, weights, overall)
    return sums, overall, at_risk, left


def overall_of(world: World) -> dict[str, int]:
    """The names of the overall outcomes and their places: after `OVERALL`, two for each identity attribute of mentors.

    `load_ratio_<attribute>` is the mean load of mentors outside the reference group over that of those in it,
    `mentor_diversity_<attribute>` the share of mentors outside it.
    """
    places = {name: place for place, name in enumerate(OVERALL)}
    for a, identity in enumerate(world.identities):
        places[f"load_ratio_{identity.name}"] = len(OVERALL) + a
        places[f"mentor_diversity_{identity.name}"] = len(OVERALL) + ATTRIBUTES + a
    return places
