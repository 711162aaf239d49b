"""Two lives replayed by this machine's own month: one thing set as in the other world, and what happens then.

Written from what the things mean, not from the page's scripts, so that a slip of theirs shows.
"""

from collections.abc import Iterator

import numpy as np

from simulation.allocate import allocate, lay_out
from simulation.columns import State
from simulation.page.image import WIDEST
from simulation.run import advance_to
from simulation.scenario.idle import at_work
from simulation.scenario.levers import acts, levers_of
from simulation.scenario.policy import WITH_OFFER
from simulation.ties import REDEFINITION

OWN = {"belonging": ["belonging"], "burnout": ["burnout"], "output": ["output"], "skill": ["skill", "need"], "clarity": ["clarity"], "normal": ["normal"]}
OF_MENTORS = {"load": "load", "skill": "skill", "burnout": "burnout"}
NOT_COPIED = {"mentor", "number"}


def again(state: State) -> State:
    """A copy that can be changed."""
    return State(*(np.array([part]).view(np.recarray)[0] if isinstance(part, np.record) else part.copy() for part in state))


class World2:
    """A world under a policy with a seed, kept at the start of every month."""

    def __init__(self, world, policy, seed, months):
        widest = lay_out(world, WIDEST, months)
        levers = levers_of(at_work(policy, world)[0], world)
        plan = widest.plan._replace(levers=levers, start_month=widest.plan.first_month + policy.start_month, end_month=widest.plan.first_month + policy.end_month, brings_means=acts(levers, widest.plan.without))
        self.layout, self.kept = widest._replace(plan=plan), []
        state = allocate(self.layout, seed, True)
        for month in range(self.layout.months):
            self.kept.append(again(state))
            state = advance_to(state, self.layout, month, month + 1)
        self.kept.append(again(state))

    def in_force(self, month):
        """The levers of a month as it starts."""
        plan = self.layout.plan
        return plan.levers if month == plan.start_month else plan.without if month == plan.end_month else self.kept[month].levers


def ids(state):
    return state.mentors.mentor[: int(state.counts.mentors)]


def slots(state, person) -> Iterator[tuple[int, int]]:
    """The mentor's id and the slot of each live tie."""
    for slot in np.flatnonzero(state.ties.mentor[person] >= 0):
        yield int(state.mentors.mentor[state.ties.mentor[person, slot]]), int(slot)


class Branch:
    """One world at the start of a month, about to get things of the other."""

    def __init__(self, here, there, month, person):
        self.state, self.there, self.month, self.person = again(here.kept[month]), there.kept[month], month, person
        self.layout, self.levers = here.layout, there.in_force(month)
        self.brings = there.layout.plan.brings_means

    def row(self, row_there):
        """The row here of a mentor of the other world."""
        if row_there < 0:
            return -1
        key = self.there.mentors.mentor[row_there]
        found = np.flatnonzero(ids(self.state) == key)
        if len(found):
            return int(found[0])
        new = int(self.state.counts.mentors)
        self.state.counts.mentors = new + 1
        self.state.mentors[new] = self.there.mentors[row_there]
        self.state.mentors.row[new], self.state.mentors.load[new], self.state.mentors.active[new] = new, 0, 0
        return new

    def weigh(self, person, slot, by):
        tie = self.state.ties[person, slot]
        if tie.phase != REDEFINITION:
            self.state.mentors.load[tie.mentor] += by

    def drop(self, person, slot):
        self.weigh(person, slot, -1)
        self.state.ties.mentor[person, slot] = -1

    def take(self, person, slot_there, slot):
        theirs, number = self.there.ties[person, slot_there], int(self.state.counts.records)
        self.state.counts.records = number + 1
        mentor = self.row(int(theirs.mentor))
        self.state.ties[person, slot] = theirs
        self.state.ties.mentor[person, slot], self.state.ties.number[person, slot] = mentor, number
        record = self.state.records[number]
        record.mentee, record.mentor, record.start, record.end, record.domain = person, mentor, theirs.start, -1, theirs.domain
        self.weigh(person, slot, 1)

    def take_all(self, person):
        for _, slot in list(slots(self.state, person)):
            self.drop(person, slot)
        for _, slot in slots(self.there, person):
            self.take(person, slot, slot)

    def hear(self, person):
        for name in ("known_standing", "known_weight"):
            self.state.mentees[name][person] = self.there.mentees[name][person]
        self.state.mentees.known[person] = [self.row(int(row)) for row in self.there.mentees.known[person]]

    def fields(self, table, row, names, row_there=None):
        for name in names:
            getattr(self.state, table)[name][row] = getattr(self.there, table)[name][row if row_there is None else row_there]

    def section(self, name):
        plan = self.layout.plan
        written = [np.array([record]).view(np.recarray)[0] for record in (plan.levers, plan.without)]
        for record in (self.state.levers, written[0], *([written[1]] if self.month == plan.end_month else [])):
            record[name] = self.levers[name]
        self.layout = self.layout._replace(plan=plan._replace(levers=written[0], without=written[1]))

    def means(self):
        for name in ("support", "funding"):
            self.state.institution[name] = self.there.institution[name]
        if self.month == self.layout.plan.start_month:
            self.layout = self.layout._replace(plan=self.layout.plan._replace(brings_means=self.brings))

    def tie(self, key):
        person, mine, theirs = self.person, dict(slots(self.state, self.person)), dict(slots(self.there, self.person))
        if key not in theirs:
            self.drop(person, mine[key])
        elif key in mine:
            self.weigh(person, mine[key], -1)
            for name in self.state.ties.dtype.names:
                if name not in NOT_COPIED:
                    self.state.ties[name][person, mine[key]] = self.there.ties[name][person, theirs[key]]
            self.weigh(person, mine[key], 1)
        else:
            self.take(person, theirs[key], int(np.flatnonzero(self.state.ties.mentor[person] < 0)[0]))

    def mentor(self, key, what):
        theirs, mine = np.flatnonzero(ids(self.there) == key), np.flatnonzero(ids(self.state) == key)
        if what != "there":
            self.fields("mentors", mine[0], [OF_MENTORS[what]], theirs[0])
            return
        row = self.row(int(theirs[0])) if len(theirs) else int(mine[0])
        now, post = (int(self.there.mentors.active[theirs[0]]) if len(theirs) else 0), self.state.mentors.post[row]
        holder = self.state.posts.occupant[post]
        if now:
            if holder >= 0:
                self.state.mentors.active[holder] = 0
            self.state.posts.occupant[post] = row
        elif holder == row:
            self.state.posts.occupant[post] = -1
        self.state.mentors.active[row] = now

    def others(self):
        for mentee in range(len(self.state.mentees)):
            if mentee != self.person:
                self.state.mentees[mentee] = self.there.mentees[mentee]
                self.hear(mentee)
                self.take_all(mentee)
        for name in ("counted", "mentored"):
            self.state.units[name] = self.there.units[name]

    def staff(self):
        for row in np.flatnonzero(~np.isin(ids(self.state), ids(self.there))):
            self.state.mentors.active[row] = 0
        for row_there in range(int(self.there.counts.mentors)):
            row = self.row(row_there)
            load = self.state.mentors.load[row]
            self.state.mentors[row] = self.there.mentors[row_there]
            self.state.mentors.row[row], self.state.mentors.load[row] = row, load
        for post in range(len(self.state.posts)):
            self.state.posts[post] = self.there.posts[post]
            self.state.posts.occupant[post] = self.row(int(self.there.posts.occupant[post]))

    def put(self, key):
        """Set one thing, named as the page names it, as it is in the other world."""
        person, unit = self.person, int(self.state.mentees.unit[self.person])
        match key:
            case ["self", name]:
                self.fields("mentees", person, OWN[name])
            case ["known"]:
                self.hear(person)
            case ["tie", mentor]:
                self.tie(mentor)
            case ["ties"]:
                self.take_all(person)
                self.fields("mentees", person, ["ties"])
            case ["person"]:
                self.state.mentees[person] = self.there.mentees[person]
                self.hear(person)
                self.take_all(person)
            case ["mentor", mentor, what]:
                self.mentor(mentor, what)
            case ["custom"]:
                self.fields("units", unit, ["counted", "mentored"])
                self.fields("mentees", person, ["mentored"])
            case ["tip", section]:
                self.section(section)
            case ["means"]:
                self.means()
            case ["program"]:
                for section in WITH_OFFER:
                    self.section(section)
                self.means()
            case ["reach"]:
                self.state.counts.live = self.there.counts.live
                self.fields("months", max(self.month - 1, 0), ["mentees", "mentored_share"])
            case ["seen"]:
                own = self.state.mentees.moved_on[person]
                self.state.mentees.moved_on[:] = self.there.mentees.moved_on
                self.state.mentees.moved_on[person] = own
            case ["colleague", mentee]:
                self.state.mentees[mentee] = self.there.mentees[mentee]
                self.hear(mentee)
                self.take_all(mentee)
            case ["others"]:
                self.others()
            case ["staff"]:
                self.staff()
            case _:
                raise AssertionError(f"nobody has said what {key} means")

    def lived(self):
        """The events of the person in this month, as the page writes them."""
        before = again(self.state)
        return events(before, self.after(), self.month, self.person)

    def after(self):
        """The state after this month."""
        return advance_to(self.state, self.layout, self.month, self.month + 1)


def number_of(state, person, key):
    """What a thing is worth that is a number; None for others."""
    match key:
        case ["self", name] if len(OWN[name]) == 1:
            return float(state.mentees[OWN[name][0]][person])
        case ["custom"]:
            return float(state.units.mentored[state.mentees.unit[person]])
    return None


def events(before, after, month, person) -> set[str]:
    """What happened to a person in a month, from the tables alone."""
    found, mentors = set(), after.mentors.mentor
    was, now = before.mentees[person], after.mentees[person]
    known = {int(before.mentors.mentor[row]) for row in was.known if row >= 0}
    found |= {f"hears {mentors[row]}" for row in now.known if row >= 0 and mentors[row] not in known}
    asks = after.asks[int(before.counts.asked) : int(after.counts.asked)]
    asks = asks[asks.mentee == person]
    if (asks.approached == 0).any() and not (asks.yes == 1).any():
        found.add("vain")
    records = after.records[: int(after.counts.records)]
    mine = records[records.mentee == person]
    for one in mine:
        mentor = mentors[one.mentor]
        if one.start == month:
            found.add(f"begins {mentor} {one.domain} {one.via}")
        if one.end == month and one.reason not in (4, 5):
            found.add(f"ends {mentor} {one.ended_by} {one.reason} {one.ended_well}")
    for tie in after.ties[person]:
        if tie.mentor >= 0:
            mentor = mentors[tie.mentor]
            found |= {f"sparks {mentor}"} if tie.spark == month else set()
            found |= {f"quiet {mentor}"} if tie.silent == 3 and tie.phase < REDEFINITION else set()
            found |= {f"colleague {mentor}"} if tie.phase == REDEFINITION and tie.since == month else set()
    if was.active == 1 == now.active and was.normal != now.normal:
        found.add(f"normal {now.normal}")
    if was.active == 1 and now.active in (2, 3):
        found.add("leaves" if now.active == 2 else "graduates")
    if was.active == 0 and now.active > 0:
        found.add("arrives")
    return found
