"""A world as plain records and arrays, the form in which compiled code takes it."""

from functools import cache

import numpy as np

from simulation.columns import ATTRIBUTES, COHORTS, DISCIPLINES, DOMAINS, GROUPS, YEARS
from simulation.exponential import monthly
from simulation.scenario.enrolled import mentees_of, years_here
from simulation.scenario.parameters import Parameters
from simulation.scenario.world import Context, Hazards, Prices, Shock, World


@cache
def _kind(section: type) -> np.dtype:
    """The record type of a section's numeric fields."""
    fields = section.model_fields.items()
    return np.dtype([(name, "i8" if field.annotation in (int, bool) else "f8") for name, field in fields
                     if field.annotation in (int, float, bool)])  # fmt: skip


def _values(section) -> tuple:
    """The numbers of a section, in the order of its record type."""
    return tuple(getattr(section, name) for name in _kind(type(section)).names)


def values(section) -> np.record:
    """The numbers of a section as a record, the form in which rules take them: `p.rate`, `p.noise`."""
    return np.array([_values(section)], _kind(type(section))).view(np.recarray)[0]


RULES = np.dtype([(name, _kind(field.annotation)) for name, field in Parameters.model_fields.items()])


def rules_of(parameters: Parameters) -> np.record:
    """All parameters as one record: `p.engage.rate`."""
    rows = np.array([tuple(_values(getattr(parameters, name)) for name in RULES.names)], RULES)
    return rows.view(np.recarray)[0]


MENTOR_TIME, CONTACT, EXIT_HAZARD, SUPPORT, HIRING, NEW_NEED = range(6)

SETTING = np.dtype(
    [
        ("rules", RULES),
        ("context", _kind(Context)),
        ("hazards", _kind(Hazards)),
        ("prices", _kind(Prices)),
        ("monthly", np.dtype([("need_jump", "f8"), ("job_learning", "f8"), ("mentor_ends", "f8")])),  # of yearly rates
        ("years", "i8"),
        ("graduates", "i8"),
        ("rotation", "f8"),
        ("promoted", "f8"),
        ("domains", "i8"),
        ("attributes", "i8"),
        ("need", "f8", (DOMAINS, YEARS)),  # mean need in each year
        ("expertise", "f8", (DISCIPLINES, DOMAINS)),  # mean expertise
        ("group_count", "i8", (ATTRIBUTES,)),
        ("first_group", "i8", (ATTRIBUTES + 1,)),  # place of each attribute's first group among all groups
        ("mentee_groups", "f8", (ATTRIBUTES, GROUPS)),  # cumulative shares
        ("mentor_groups", "f8", (ATTRIBUTES, GROUPS)),
        ("wish_same", "f8", (ATTRIBUTES, GROUPS)),
        ("wish_different", "f8", (ATTRIBUTES, GROUPS)),
        ("threat", "f8", (ATTRIBUTES,)),
        ("draws_together", "f8", (ATTRIBUTES,)),
        ("hazard_ratio", "f8", (ATTRIBUTES, GROUPS)),
        ("resources", "f8", (ATTRIBUTES, GROUPS)),
        ("cohorts", "i8"),
        ("cohort_row", "i8", (COHORTS + 1,)),  # first row of each cohort, and the end
        ("cohort_month", "i8", (COHORTS,)),
        ("largest_cohort", "i8"),
        ("people", "i8"),
    ]
)


def _by_group(world: World, field: str, default: float) -> np.ndarray:
    table = np.full((ATTRIBUTES, GROUPS), default)
    for row, identity in enumerate(world.identities):
        given = getattr(identity, field)
        table[row, : len(identity.groups)] = [given.get(group, default) for group in identity.groups]
    return table


def calendar_of(shocks: tuple[Shock, ...], months: int) -> np.ndarray:
    """The effect of shocks in each month: products, and for needs that jump the largest."""
    calendar = np.ones((months, 6))
    calendar[:, NEW_NEED] = 0.0
    names = ("mentor_time", "contact", "exit_hazard", "support", "hiring")
    for shock in shocks:
        hit = calendar[shock.month : shock.month + shock.months]
        for place, name in enumerate(names):
            hit[:, place] *= getattr(shock, name)
        hit[:, NEW_NEED] = np.maximum(hit[:, NEW_NEED], shock.new_need)
    return calendar


def _cohorts(world: World, months: int) -> tuple[np.ndarray, np.ndarray]:
    """First rows and months of arrival of the cohorts: those there at the start by year, then one each July."""
    people, here = world.people, years_here(world)
    bounds = np.floor(people.mentees * np.append(0.0, here[::-1].cumsum()) + 1e-9).astype(int)
    sizes, arrivals = np.diff(bounds).tolist(), [-12 * year for year in reversed(range(people.years))]
    if world.roster:
        sizes = np.bincount(mentees_of(world).year, minlength=people.years + 1)[:0:-1].tolist()
    for month in range(12, months, 12):
        sizes.append(max(1, round(people.mentees * here[0])))
        arrivals.append(month)
    return np.cumsum([0, *sizes]), np.array(arrivals)


def setting_of(world: World, months: int) -> np.record:
    """The numbers of a world for a study of so many months, as one record."""
    cohort_row, cohort_month = _cohorts(world, months)
    counts = [len(identity.groups) for identity in world.identities]
    setting = np.zeros(1, SETTING).view(np.recarray)[0]
    setting.rules = rules_of(world.parameters)
    for name in ("context", "hazards", "prices"):
        setting[name] = values(getattr(world, name))
    need, context = world.parameters.need, world.context
    setting.monthly = tuple(monthly(rate) for rate in (need.jump, need.job_learning, context.mentor_ends))
    for name in ("years", "graduates", "rotation", "promoted"):
        setting[name] = getattr(world.people, name)
    setting.domains, setting.attributes, setting.cohorts = len(world.domains), len(counts), len(cohort_month)
    for row, domain in enumerate(world.domains):
        needs = (domain.need + domain.need[-1:] * YEARS)[:YEARS]  # the last year's holds for later ones
        setting.need[row] = needs
    for row, discipline in enumerate(world.disciplines):
        for column, domain in enumerate(world.domains):
            setting.expertise[row, column] = discipline.expertise.get(domain.name, 0.5)
    setting.group_count[: len(counts)] = counts
    setting.first_group[1 : len(counts) + 1] = np.cumsum(counts)
    setting.mentee_groups = _by_group(world, "mentees", 0.0).cumsum(axis=1)
    setting.mentor_groups = _by_group(world, "mentors", 0.0).cumsum(axis=1)
    for name, default in (("wish_same", 0.0), ("wish_different", 0.0), ("hazard_ratio", 1.0), ("resources", 1.0)):
        setting[name] = _by_group(world, name, default)
    setting.threat[: len(counts)] = [identity.threat for identity in world.identities]
    setting.draws_together[: len(counts)] = [identity.draws_together for identity in world.identities]
    setting.cohort_row[: len(cohort_row)] = cohort_row
    setting.cohort_month[: len(cohort_month)] = cohort_month
    setting.largest_cohort = int(np.diff(cohort_row)[cohort_month > 0].max(initial=0))
    setting.people = int(cohort_row[-1])
    return setting
