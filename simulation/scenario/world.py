"""A world: what a program office does not decide - people, context, base hazards and prices, each with its source."""

from typing import Annotated, ClassVar, Self

import pydantic

from simulation.columns import ATTRIBUTES, DISCIPLINES, DOMAINS, GROUPS, YEARS
from simulation.scenario.fields import Section, quantity, share
from simulation.scenario.files import Scenario
from simulation.scenario.parameters import Parameters
from simulation.scenario.roster import Roster, faults
from simulation.scenario.taken import CROSSED, TAKEN

Shares = dict[str, Annotated[float, pydantic.Field(ge=0.0, le=1.0)]]
Ratios = dict[str, Annotated[float, pydantic.Field(gt=0.0, le=10.0)]]


def _sums_to_one(shares: Shares, what: str) -> None:
    if abs(sum(shares.values()) - 1.0) > 1e-6:
        raise ValueError(f"the {what} add up to {sum(shares.values()):g}, they must add up to 1")


class Discipline(Section):
    """A discipline: its share of the people, and what its mentors are expert in."""

    name: str
    mentees: float = share(1.0, "share of the mentees")
    mentors: float = quantity(1.0, "mentors a mentee, relative to the mean discipline", "ratio", low=0.1, high=10)
    expertise: Shares = quantity({}, "mean expertise of its mentors in each domain; 0.5 where not named", "share by domain")


class Domain(Section):
    """A domain of mentoring: how much is needed in it at each stage, and how often a need jumps."""

    name: str
    need: Annotated[tuple[Annotated[float, pydantic.Field(ge=0, le=1)], ...], pydantic.Field(min_length=1, max_length=YEARS)] = quantity((0.5,), "mean need in each year of the program; the last holds for later years", "share by year", source="D9")


class Identity(Section):
    """An identity attribute: its groups, who belongs to them, and what they wish for."""

    name: str
    groups: tuple[str, ...] = pydantic.Field(min_length=2, max_length=GROUPS, description="the groups; the first is the reference in every gap")
    mentees: Shares = quantity({}, "share of mentees in each group", "share by group")
    mentors: Shares = quantity({}, "share of mentors in each group", "share by group")
    wish_same: Shares = quantity({}, "share of each group who wish for a mentor of the same group", "share by group", source="D3 D10")
    wish_different: Shares = quantity({}, "share of each group who wish for a mentor of another group", "share by group", source="Harper tip 3")
    hazard_ratio: Ratios = quantity({}, "exit hazard from causes outside mentoring, relative to the reference", "ratio by group")
    hazard_source: str = quantity("", "where hazard_ratio comes from; must be given with it", "citation")
    resources: Ratios = quantity({}, "resources of mentors of the group, relative to the reference", "ratio by group", source="D17")
    threat: float = quantity(1.0, "how strongly people who are few in this attribute feel it, relative to other attributes; 0 for not at all", "ratio", low=0, high=10, source="D16")
    threat_source: str = quantity("", "where threat is from; must be given where it is not 1", "citation")
    draws_together: float = quantity(1.0, "how strongly likeness in this attribute draws people together, relative to homophily; 0 for not at all", "ratio", low=0, high=10, source="D17")

    @pydantic.model_validator(mode="after")
    def _groups_are_known(self) -> Self:
        if len(set(self.groups)) < len(self.groups):
            raise ValueError("two of the groups have the same name")
        for what in ("mentees", "mentors", "wish_same", "wish_different", "hazard_ratio", "resources"):
            for group in getattr(self, what):
                if group not in self.groups:
                    raise ValueError(f"{what} names the group {group!r}; the groups are {', '.join(self.groups)}")
        if not all(group.strip() and group.isprintable() for group in self.groups):
            raise ValueError("the names of groups must have visible characters, on one line")
        for what in ("mentees", "mentors"):
            if set(getattr(self, what)) != set(self.groups):
                raise ValueError(f"{what} must give a share for each of {', '.join(self.groups)}")
            _sums_to_one(getattr(self, what), f"shares of {what}")
        for group in self.groups:
            if self.wish_same.get(group, 0.0) + self.wish_different.get(group, 0.0) > 1.0:
                raise ValueError(f"wish_same and wish_different of {group!r} add up to more than 1")
        if self.hazard_ratio and not self.hazard_source:
            raise ValueError("hazard_ratio needs its hazard_source")
        if self.threat not in (0.0, 1.0) and not self.threat_source:
            raise ValueError("threat needs its threat_source")
        return self


class Shock(Section):
    """A dated shock: for some months it changes the context."""

    name: str
    month: int = quantity(0, "first month", "month", low=0, high=1200)
    months: int = quantity(1, "how long it lasts", "months", low=1, high=1200)
    mentor_time: float = quantity(1.0, "what is left of mentors' time", "ratio", low=0, high=2)
    contact: float = quantity(1.0, "what is left of the chance to meet", "ratio", low=0, high=2)
    exit_hazard: float = quantity(1.0, "factor on everyone's exit hazard", "ratio", low=0, high=10)
    support: float = quantity(1.0, "what is left of leadership support and funding", "ratio", low=0, high=1)
    hiring: float = share(1.0, "share of vacant posts that are filled")
    new_need: float = share(0.0, "share of mentees in whom a need jumps, each month")


class People(Section):
    """Who is there: heads at the start, units, stages, cohorts and posts. Rates and cohorts scale with the heads."""

    mentees: int = quantity(300, "mentees at the start", "people", low=2, high=5_000_000)
    mentors: int = quantity(120, "mentor posts", "people", low=1, high=2_000_000)
    months: int = quantity(60, "how long the study lasts", "months", low=1, high=2400)
    burn_in: int = quantity(0, "years lived ad hoc before month 0, so that the study starts in a world in its stride", "years", low=0, high=10)
    years: int = quantity(5, "years in the program before graduating", "years", low=1, high=YEARS)
    graduates: bool = quantity(True, "whether mentees graduate at the end of their last year", "yes or no")
    unit_mentees: int = quantity(20, "mentees in a unit, about: those who work side by side and hear of each other", "people", low=2, high=500)
    site_mentees: int = quantity(300, "mentees in the reach of one program office; larger worlds have more sites", "people", low=10, high=5_000)
    rotation: float = share(0.3, "share of months that a mentee spends near the mentors of another unit")
    promoted: float = share(0.2, "share of vacant mentor posts that go to a graduate who stays", "A6")


class Context(Section):
    """What the place is like without a program."""

    mentor_hours: float = quantity(3.0, "time a mentor finds for mentoring without protection", "hours per month", low=0.1, high=40)
    meeting_hours: float = quantity(1.0, "time that one tie asks for", "hours per month", low=0.1, high=40, source="D8")
    mentee_hours: float = quantity(4.0, "time a mentee has for all mentors together", "hours per month", low=0.1, high=40)
    busy: float = share(0.2, "share of months in which a mentor is on a service block or on leave")
    hard_cap: int = quantity(8, "mentees beyond whom a mentor takes nobody", "mentees", low=1, high=100, source="D20")
    acquaintances: int = quantity(2, "mentors with whom a seeking mentee gets to talk in a month without a program", "mentors", low=0, high=6)
    approach: float = share(0.15, "chance in a month that a mentor in view approaches a seeking mentee", "D17")
    mentoring_skill: float = share(0.5, "mean mentoring skill of mentors who were never trained", "D7")
    volunteers: float = share(0.5, "share of mentors who volunteer in a program that leaders do not support", "A14")
    awareness: float = share(0.6, "share of mentees who know of a program that leaders do not support", "assumed")
    climate_time: float = share(0.3, "how much sites differ in the time their mentors find, as a spread of its logarithm", "B5 D5")
    climate_hazard: float = share(0.3, "how much sites differ in how many leave for causes outside mentoring, as a spread of its logarithm", "E10 E11")
    homophily: float = quantity(0.6, "log odds of noticing, asking and answering one's own group, for each attribute", "log odds", low=0, high=5, source="D17")
    committed: float = share(0.02, "share of people who think moving on is normal whatever others do", "F2")
    mentor_ends: float = quantity(0.05, "hazard that a mentor ends a tie for reasons outside it", "per year", low=0, high=5)
    commitment_months: int = quantity(12, "months for which a formal pair is asked to stay", "months", low=0, high=60, source="B1 B2")


class Hazards(Section):
    """Base hazards of leaving, for a person of mean belonging and burnout and an output of one half."""

    first_year: float = quantity(0.05, "hazard of mentees in their first year", "per year", low=0, high=5)
    later_years: float = quantity(0.03, "hazard of mentees after it", "per year", low=0, high=5)
    other_school: float = share(0.2, "share of those leaving who go to another school", "E2")
    mentors: float = quantity(0.05, "hazard of mentors", "per year", low=0, high=5, source="E2")


class Prices(Section):
    """What an hour costs, so that policies can be compared at an equal budget."""

    mentor_hour: float = quantity(100.0, "an hour of a mentor", "money", low=0, high=10_000)
    mentee_hour: float = quantity(40.0, "an hour of a mentee", "money", low=0, high=10_000)
    staff_hour: float = quantity(50.0, "an hour of central staff", "money", low=0, high=10_000)


class World(Scenario):
    """A world: people, context, hazards, prices, dated shocks, and the parameters of the rules."""

    kind: ClassVar[str] = "world"

    name: str
    title: str = ""
    text: str = ""
    people: People = People()
    context: Context = Context()
    hazards: Hazards = Hazards()
    prices: Prices = Prices()
    disciplines: tuple[Discipline, ...] = pydantic.Field((Discipline(name="general"),), min_length=1, max_length=DISCIPLINES)
    domains: tuple[Domain, ...] = pydantic.Field((Domain(name="career"),), min_length=1, max_length=DOMAINS)
    identities: tuple[Identity, ...] = pydantic.Field((), max_length=ATTRIBUTES)
    shocks: tuple[Shock, ...] = ()
    roster: Roster | None = pydantic.Field(None, description="the office's own people, with whom the study starts; without it people are drawn")
    parameters: Parameters = Parameters()

    @pydantic.model_validator(mode="after")
    def _names_agree(self) -> Self:
        for what in ("disciplines", "domains", "identities"):
            names = [entry.name for entry in getattr(self, what)]
            if len(set(names)) < len(names):
                raise ValueError(f"two of the {what} have the same name")
            if not all(name.strip() and name.isprintable() and ":" not in name and len(name) <= 40 for name in names):
                raise ValueError(f"the names of {what} have 1 to 40 letters, digits and signs, without a colon")
        for identity in self.identities:
            name, domains = identity.name, [domain.name for domain in self.domains]
            if not name.isidentifier() or CROSSED in name or name in TAKEN or name in domains:
                why = f"tables or lists have a column of that name, or it has spaces or signs, or {CROSSED}, which joins attributes"
                raise ValueError(f"an identity attribute cannot be called {name!r}: {why}")
        _sums_to_one({entry.name: entry.mentees for entry in self.disciplines}, "mentees' shares of the disciplines")
        known = [domain.name for domain in self.domains]
        for discipline in self.disciplines:
            for name in discipline.expertise:
                if name not in known:
                    raise ValueError(f"discipline {discipline.name!r} names the domain {name!r}; the domains are {', '.join(known)}")
        if self.roster and (fault := next(faults(self), None)):
            raise ValueError(fault)
        return self


def has_own_prices(world: World) -> bool:
    """Tell whether somebody gave the world prices, in its file or in one that it extends; the defaults are nobody's."""
    return "prices" in world.model_fields_set
