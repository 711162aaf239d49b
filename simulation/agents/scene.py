"""What agents look up: the world and the month as plain Python numbers, who is who, and the month's luck."""

from collections import namedtuple
from typing import Any

import numpy as np

from simulation.agents.column import Rows
from simulation.allocate import Layout
from simulation.columns import State
from simulation.draws import Purpose, stream
from simulation.jit import COMPILED
from simulation.scenario.levers import AD_HOC, ALL, OWN, SOME, Lever

Levers = namedtuple("Levers", [lever.name.lower() for lever in Lever])


def plain(record: np.record) -> Any:
    """A record, and the records in it, as named tuples of Python numbers and lists."""
    names = record.dtype.names
    values = (plain(record[name]) if record.dtype[name].names else record[name].tolist() for name in names)
    return namedtuple("Numbers", names)(*values)


class Luck(dict):
    """The streams of a seed and a month, each mixed when first asked for."""

    def __init__(self, seed: int, month: int):
        super().__init__()
        self.seed, self.month = seed, month

    def __missing__(self, purpose: Purpose) -> int:
        mixed = stream(self.seed, int(purpose), self.month)
        self[purpose] = np.uint64(mixed) if COMPILED else mixed
        return self[purpose]


class Scene:
    """Where agents act: `setting`, `rules`, `context` of the world; `levers`, `luck` and the like of the month.

    `mentees` and `mentors` give the agent of a row; `nature` the luck that a person has for life.
    """

    def __init__(self, state: State, layout: Layout, seed: int):
        self.seed, self.slots = seed, state.ties.shape[1]
        self.setting = plain(layout.setting)
        self.rules, self.context = self.setting.rules, self.setting.context
        self.hazards, self.prices = self.setting.hazards, self.setting.prices
        self.domains, self.attributes = range(self.setting.domains), range(self.setting.attributes)
        self.records = layout.setting.rules  # the parameters in the form that compiled rules take
        self.nature = Luck(seed, 0)
        self._luck: dict[int, Luck] = {0: self.nature}
        self.mentees: dict[int, Any] = {}
        self.mentors: dict[int, Any] = {}
        self.mentee_rows, self.mentor_rows, self.tie_rows = Rows(state.mentees), Rows(state.mentors), Rows(state.ties)
        self.months = Rows(state.months).windows
        self.units, self.sites = Rows(state.units).windows, Rows(state.sites).windows
        self.occupant = Rows(state.posts).windows["occupant"]
        self.group_counts = memoryview(state.group_counts)
        self._listed: dict[tuple[int, float], tuple[int, int]] = {}

    def look_at(self, state: State, month: int) -> None:
        """A month is on: read its levers, means and shocks, and look at the tables as they are now."""
        self.state, self.month, self.luck = state, month, self.luck_at(month)
        if self.mentor_rows.table.shape != state.mentors.shape:
            self.mentor_rows.look_at(state.mentors)
        self.levers = Levers(*state.levers.tolist())
        self.shocks = state.calendar[month].tolist()
        institution, p = state.institution, self.rules.institution
        self.support, self.funding = float(institution.support), float(institution.funding)
        self.contact_chance = float(institution.contact_chance)
        self.awareness = self.context.awareness + p.aware * self.support
        self.volunteering = self.context.volunteers + p.volunteer * self.support
        self.protected = self.levers.protected_hours * self.funding
        self.committed = min(self.context.committed + self.levers.role_models, 1.0)
        self.directory = self.levers.pairing != AD_HOC or self.levers.pool != OWN
        self.cohort = sum(arrival <= month for arrival in self.setting.cohort_month[: self.setting.cohorts]) - 1
        every = int(self.levers.check_in_months)
        self.checks_in = every > 0 and month > 0 and month % every == 0

    def luck_at(self, month: int) -> Luck:
        """The luck of a month: of the calendar's, or of the life of a tie."""
        if month not in self._luck:
            self._luck[month] = Luck(self.seed, month)
        return self._luck[month]

    def spend(self, amount: float) -> None:
        """The program spends money."""
        self.state.institution["month_cost"] += amount

    def spend_on_choice(self, eased: float, arranged: int) -> None:
        """The program facilitates a choice, and two sides give time to each meeting that it arranged."""
        p, prices = self.rules.institution, self.prices
        self.spend(p.facilitation_hours * eased * prices.staff_hour)
        self.spend(p.meeting_hours * arranged * (prices.mentee_hour + prices.mentor_hour))

    def members(self, cohort: int, unit: int) -> tuple[int, int]:
        """The rows of those who came to a unit in a cohort: first, and end."""
        rows, count = self.setting.cohort_row, len(self.units["site"])
        first, end = rows[cohort], rows[cohort + 1]
        return first + (end - first) * unit // count, first + (end - first) * (unit + 1) // count

    def site_posts(self, site: int) -> tuple[int, int]:
        """The posts of a site: first, and end."""
        first, end = self.sites["first_unit"][site], self.sites["end_unit"][site]
        return self.units["first_post"][first], self.units["end_post"][end - 1]

    def unit_posts(self, unit: int) -> tuple[int, int]:
        """The posts of a unit: first, and end."""
        return self.units["first_post"][unit], self.units["end_post"][unit]

    def listed(self, unit: int) -> tuple[int, int]:
        """The posts whose mentors the directory shows in a unit: first, and end. Some is half of the site."""
        key = unit, self.levers.pool
        if key not in self._listed:
            self._listed[key] = self._look_up(unit, self.levers.pool)
        return self._listed[key]

    def _look_up(self, unit: int, pool: float) -> tuple[int, int]:
        site, discipline = self.units["site"][unit], self.units["discipline"]
        first, end = self.sites["first_unit"][site], self.sites["end_unit"][site]
        if pool == ALL:
            return self.units["first_post"][first], self.units["end_post"][end - 1]
        apart = [other for other in range(first, end) if discipline[other] != discipline[unit]]
        low = max([other + 1 for other in apart if other < unit], default=first)
        high = min([other for other in apart if other > unit], default=end)
        middle = (first + end + 1) // 2
        if pool == SOME:
            low, high = (first, max(middle, high)) if unit < middle else (min(middle, low), end)
        return self.units["first_post"][low], self.units["end_post"][high - 1]
