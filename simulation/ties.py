"""The bookkeeping of ties: every tie has one record, and load is the count of live ties that carry load.

A mentee's live ties stand in the mentee's slots. A slot whose `mentor` is -1 is empty.
"""

from simulation.jit import inner, rule, step
from simulation.rules import engage

PHASES = ("initiation", "cultivation", "separation", "redefinition")
INITIATION, CULTIVATION, SEPARATION, REDEFINITION = range(4)
VIAS = (
    "ad_hoc",
    "lot",
    "arrival",
    "coordinator",
    "optimal",
    "stable",
    "choice",
    "facilitated",
    "approached",
)
ASSIGNED, CHOSEN, APPROACHED = 5, 7, 8  # 1 to ASSIGNED by the program, to CHOSEN in it
ENDERS = ("mentee", "mentor", "both", "exit")
BY_MENTEE, BY_MENTOR, BY_BOTH, BY_EXIT = range(4)
REASONS = ("moved_on", "redundant", "outside", "mentor_left", "mentee_left", "graduated")
MOVED_ON, REDUNDANT, OUTSIDE, MENTOR_LEFT, MENTEE_LEFT, GRADUATED = range(6)
MENTOR_KEY = 1 << 40  # keys of mentors start here, those of mentees at 0


@inner
def key_of(mentor):
    """The key by which a mentor's luck is drawn."""
    return mentor.mentor + MENTOR_KEY


@inner
def is_live(tie):
    """Whether a slot holds a tie."""
    return tie.mentor >= 0


@inner
def carries_load(tie):
    """Whether a slot holds a tie that is more than an acquaintance of colleagues."""
    return tie.mentor >= 0 and tie.phase != REDEFINITION


@rule
def has_free_slot(slots):
    """Whether a mentee has an empty slot."""
    for tie in slots:
        if tie.mentor < 0:
            return True
    return False


@rule
def held(slots):
    """The number of live ties that carry load."""
    count = 0
    for tie in slots:
        if carries_load(tie):
            count += 1
    return count


@rule
def holds(slots, mentor):
    """Whether there is a live tie with this mentor."""
    for tie in slots:
        if tie.mentor == mentor.row:
            return True
    return False


@rule
def has_colleague(slots):
    """Whether a former mentor is kept as a colleague. There is room for one."""
    for tie in slots:
        if tie.mentor >= 0 and tie.phase == REDEFINITION:
            return True
    return False


@inner
def nth_live(slots, luck):
    """The slot of a live tie drawn by a number in [0, 1), or -1 without any."""
    live = 0
    for tie in slots:
        live += 1 if is_live(tie) else 0
    wanted = int(luck * live)
    for s in range(len(slots)):
        if is_live(slots[s]):
            if wanted == 0:
                return s
            wanted -= 1
    return -1


@rule
def serves(slots, domain):
    """Whether a live tie that carries load serves a domain."""
    for tie in slots:
        if carries_load(tie) and tie.domain == domain:
            return True
    return False


@inner
def quality_of(tie):
    """The quality of a tie now."""
    return engage.quality(tie.mentee_engagement, tie.mentor_engagement)


@rule
def open_tie(state, month, mentee, mentor, domain, via, mentee_level, mentor_level, similarity):
    """A tie begins in the first empty slot: its record, its load, its first engagement."""
    slots = state.ties[mentee.row]
    place = 0
    while slots[place].mentor >= 0:
        place += 1
    tie, record = slots[place], state.records[state.counts.records]
    tie.mentor, tie.number, tie.nth = mentor.row, state.counts.records, mentee.ties
    record.mentee, record.mentor, record.domain, record.via, record.start = mentee.row, mentor.row, domain, via, month
    record.end, record.ended_by, record.reason, record.ended_well, record.spark = -1, -1, -1, -1, -1
    tie.domain, tie.via = domain, via
    tie.phase, tie.since, tie.start = INITIATION, month, month
    tie.streak, tie.spark, tie.silent, tie.visited = 0, -1, 0, 0
    tie.mentee_engagement, tie.mentor_engagement = mentee_level, mentor_level
    tie.satisfaction, tie.mentor_satisfaction = mentee_level, mentor_level
    tie.investment, tie.perceived = 0.0, mentee_level
    tie.similarity, tie.contact, tie.quality_sum = similarity, 0.0, 0.0
    mentor.load += 1
    mentor.load_max = max(mentor.load_max, mentor.load)
    mentor.mentees_ever += 1
    mentee.ties += 1
    if mentee.first_tie < 0:
        mentee.first_tie = month
    state.counts.records += 1
    state.counts.live += 1
    state.months[month].new_ties += 1


@inner
def describe(records, tie, month):
    """Write what a tie has come to into its record."""
    record = records[tie.number]
    last = tie.since if tie.phase == REDEFINITION else month  # colleagues' quality is not summed
    record.phase, record.since, record.spark = tie.phase, tie.since, tie.spark
    record.quality = tie.quality_sum / max(last - tie.start + 1, 1)
    record.perceived = tie.perceived
    record.similarity = tie.similarity
    record.domain = tie.domain


@rule
def release(mentors, tie):
    """A tie carries load no longer."""
    if tie.phase != REDEFINITION:
        mentors[tie.mentor].load -= 1


@rule
def close_tie(state, month, tie, ender, reason, well):
    """A tie ends: its record is complete, its load and its slot are free."""
    describe(state.records, tie, month)
    record = state.records[tie.number]
    record.end, record.ended_by, record.reason, record.ended_well = month, ender, reason, well
    release(state.mentors, tie)
    tie.mentor = -1
    state.counts.live -= 1
    row = state.months[month]
    row.closures += 1
    row.ended_well += well
    if reason <= REDUNDANT:
        row.moving_on += 1


@step
def lose_tie(state, month, mentee, slot):
    """An experiment ends one tie of a mentee, as if the mentor had to end it for reasons outside."""
    close_tie(state, month, state.ties[mentee, slot], BY_MENTOR, OUTSIDE, 0)


@rule
def finish_records(state, month):
    """Bring the records of live ties up to date."""
    for mentee in state.mentees:
        for tie in state.ties[mentee.row]:
            if is_live(tie):
                describe(state.records, tie, month)
