"""The bookkeeping of ties: every tie has one record, and load is the count of live ties that carry load."""

from simulation.jit import inner, rule
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
    "referral",
)
ASSIGNED, CHOSEN, APPROACHED, REFERRED = 5, 7, 8, 9  # 1 to ASSIGNED by the program, to CHOSEN in it
ENDERS = ("mentee", "mentor", "both", "exit")
BY_MENTEE, BY_MENTOR, BY_BOTH, BY_EXIT = range(4)
REASONS = ("moved_on", "redundant", "outside", "mentor_left", "mentee_left", "graduated")
MOVED_ON, REDUNDANT, OUTSIDE, MENTOR_LEFT, MENTEE_LEFT, GRADUATED = range(6)
MENTOR_KEY = 1 << 40  # keys of mentors start here, those of mentees at 0


@rule
def free_slot(ties, i):
    """The first empty slot of a mentee, or -1."""
    for s in range(ties.shape[1]):
        if ties[i, s].mentor < 0:
            return s
    return -1


@rule
def held(ties, i):
    """The number of a mentee's live ties that carry load."""
    count = 0
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and ties[i, s].phase != REDEFINITION:
            count += 1
    return count


@rule
def holds(ties, i, mentor):
    """Whether a mentee has a live tie with this mentor."""
    for s in range(ties.shape[1]):
        if ties[i, s].mentor == mentor:
            return True
    return False


@rule
def has_colleague(ties, i):
    """Whether a mentee keeps a former mentor as a colleague; there is room for one."""
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and ties[i, s].phase == REDEFINITION:
            return True
    return False


@inner
def nth_live(ties, i, luck):
    """The slot of a live tie drawn by a number in [0, 1), or -1 without any."""
    live = 0
    for s in range(ties.shape[1]):
        live += 1 if ties[i, s].mentor >= 0 else 0
    wanted = int(luck * live)
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0:
            if wanted == 0:
                return s
            wanted -= 1
    return -1


@rule
def serves(ties, i, domain):
    """Whether a live tie that carries load serves a domain."""
    for s in range(ties.shape[1]):
        if ties[i, s].mentor >= 0 and ties[i, s].domain == domain and ties[i, s].phase != REDEFINITION:
            return True
    return False


@inner
def quality_of(ties, i, s):
    """The quality of the tie in a slot, now."""
    return engage.quality(ties[i, s].mentee, ties[i, s].mentor_engagement)


@rule
def open_tie(state, i, s, mentor, domain, via, month, mentee_level, mentor_level, similarity):
    """A tie begins in an empty slot: its record, its load, its first engagement."""
    ties, records, mentees, mentors = state.ties, state.records, state.mentees, state.mentors
    number = state.counts.records
    state.counts.records += 1
    state.counts.live += 1
    records[number].mentee, records[number].mentor = i, mentor
    records[number].domain, records[number].via = domain, via
    records[number].start = month
    ties[i, s].mentor, ties[i, s].number, ties[i, s].nth = mentor, number, mentees[i].ties
    ties[i, s].domain, ties[i, s].via = domain, via
    ties[i, s].phase, ties[i, s].since, ties[i, s].start = INITIATION, month, month
    ties[i, s].streak, ties[i, s].spark, ties[i, s].silent, ties[i, s].visited = 0, -1, 0, 0
    ties[i, s].mentee, ties[i, s].mentor_engagement = mentee_level, mentor_level
    ties[i, s].satisfaction, ties[i, s].mentor_satisfaction = mentee_level, mentor_level
    ties[i, s].investment, ties[i, s].perceived = 0.0, mentee_level
    ties[i, s].similarity, ties[i, s].contact, ties[i, s].quality_sum = similarity, 0.0, 0.0
    mentors[mentor].load += 1
    mentors[mentor].load_max = max(mentors[mentor].load_max, mentors[mentor].load)
    mentors[mentor].mentees_ever += 1
    mentees[i].ties += 1
    if mentees[i].first_tie < 0:
        mentees[i].first_tie = month
    state.months[month].new_ties += 1


@inner
def describe(state, i, s, month):
    """Write what a tie has come to into its record."""
    ties, records = state.ties, state.records
    number = ties[i, s].number
    last = ties[i, s].since if ties[i, s].phase == REDEFINITION else month  # colleagues' quality is not summed
    age = max(last - ties[i, s].start + 1, 1)
    records[number].spark = ties[i, s].spark
    records[number].quality = ties[i, s].quality_sum / age
    records[number].perceived = ties[i, s].perceived
    records[number].similarity = ties[i, s].similarity
    records[number].domain = ties[i, s].domain


@rule
def release(state, i, s):
    """A tie carries load no longer."""
    if state.ties[i, s].phase != REDEFINITION:
        state.mentors[state.ties[i, s].mentor].load -= 1


@rule
def close_tie(state, i, s, month, ender, reason, well):
    """A tie ends: its record is complete, its load and its slot are free."""
    describe(state, i, s, month)
    number = state.ties[i, s].number
    state.records[number].end = month
    state.records[number].ended_by = ender
    state.records[number].reason = reason
    state.records[number].ended_well = well
    release(state, i, s)
    state.ties[i, s].mentor = -1
    state.counts.live -= 1
    state.months[month].closures += 1
    state.months[month].ended_well += well
    if reason <= REDUNDANT:
        state.months[month].moving_on += 1


@rule
def finish_records(state, month):
    """Bring the records of live ties up to date."""
    for i in range(len(state.mentees)):
        for s in range(state.ties.shape[1]):
            if state.ties[i, s].mentor >= 0:
                describe(state, i, s, month)
