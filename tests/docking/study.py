"""The state of one run: places, people, the program with its means and levers, and what the month has cost."""

import copy
import itertools
import math
from dataclasses import dataclass, field
from types import SimpleNamespace

from .chance import Chance
from .people import Mentee, Mentor, Tie
from .reading import Policy, World

VIEW = 6  # mentors who come into view in a month
PAYERS = ("cost_cash", "cost_protected", "unpaid_mentor_time", "unpaid_mentee_time")

@dataclass(eq=False)
class Post:
    """A mentor's post, held by one mentor at a time."""

    unit: "Unit"
    mentor: Mentor | None = None


@dataclass(eq=False)
class Unit:
    """People who work side by side in one discipline."""

    number: int
    site: "Site"
    discipline: int
    heads: int
    nth: int
    among: int
    block: int
    posts: list[Post] = field(default_factory=list)
    mentees: list[Mentee] = field(default_factory=list)
    cohorts: dict[int, list[Mentee]] = field(default_factory=dict)
    custom: dict[int, bool] = field(default_factory=dict)

    def usual(self, but: Mentee) -> float:
        """Give the share of the others who had a mentor when they were last looked at; one half where there was nobody."""
        others = [had for row, had in self.custom.items() if row != but.row]
        return sum(others) / len(others) if others else 0.5


@dataclass(eq=False)
class Site:
    """The reach of one program office, with its climate; nobody meets across sites."""

    number: int
    time: float
    hazard: float
    units: list[Unit] = field(default_factory=list)

    @property
    def posts(self) -> list[Post]:
        """Give the posts of all units of the site, in order."""
        return [post for unit in self.units for post in unit.posts]


def calendar(world: World, month: int) -> SimpleNamespace:
    """Give for a month the product of the shocks then in force, and the largest of their new needs."""
    force = [shock for shock in world.shocks if shock.month <= month < shock.month + shock.months]
    names = ("mentor_time", "contact", "exit_hazard", "support", "hiring")
    factors = {name: math.prod(getattr(shock, name) for shock in force) for name in names}
    return SimpleNamespace(**factors, new_need=max((shock.new_need for shock in force), default=0.0))


class Study:
    """Everything there is at one moment of a run."""

    def __init__(self, world: World, policy: Policy, seed: int, months: int) -> None:
        """Lay out the places, still empty, with every lever at its ad hoc default."""
        self.world, self.policy, self.first = world, policy, 12 * world.people.burn_in
        self.months = self.first + months
        self.rules, self.context = world.rules, world.context
        self.levers = copy.deepcopy(policy.ad_hoc)
        self.chance = Chance(seed)
        self.month = 0
        self.calendar = calendar(world, -self.first)
        self.support, self.funding = 0.0, world.rules.institution.unsupported
        self.hours = {"mentor": 0.0, "mentee": 0.0, "staff": 0.0}
        self.money = dict.fromkeys(PAYERS, 0.0)
        self.contact_chance = 0.0
        self.mentees_last_month, self.mentored_last_month, self.mentored = 0, 0.0, 0.0
        self.evaluation = None
        self.present: dict[str, float] = {}
        self.sites = lay_out(world, self.chance)
        self.units = [unit for site in self.sites for unit in site.units]
        self.posts = [post for unit in self.units for post in unit.posts]
        self.mentees: list[Mentee] = []
        self.all_mentees: list[Mentee] = []
        self.all_mentors: list[Mentor] = []
        self.ties: list[Tie] = []
        self.slots = max(policy.levers.empower.mentors_at_once + 1, 3)

    @property
    def mentors(self) -> list[Mentor]:
        """Give the mentors who are there, in the order of posts."""
        return [post.mentor for post in self.posts if post.mentor is not None]

    def is_promoted(self, mentee: Mentee) -> bool:
        """Tell whether somebody has outgrown a program from which nobody graduates, and is only followed on."""
        people = self.world.people
        return not people.graduates and self.month - mentee.cohort >= 12 * people.years

    @property
    def program_mentees(self) -> list[Mentee]:
        """Give the mentees who are there and not promoted."""
        return [mentee for mentee in self.mentees if not self.is_promoted(mentee)]

    def unmet(self, mentee: Mentee) -> int | None:
        """Give a mentee's unmet domain."""
        return mentee.unmet_domain(self.rules.evaluate.redundant)

    def offers(self, mentee: Mentee) -> bool:
        """Tell whether the program is offered to a mentee, by lot, group and discipline."""
        offer, groups = self.levers.offer, {}
        for identity, group in zip(self.world.identities, mentee.groups, strict=True):
            groups[identity.name] = identity.groups[group]
        attribute, _, group = offer.group.partition(":")
        discipline = self.world.disciplines[mentee.unit.discipline].name
        fits = groups.get(attribute, "") == group and discipline in (offer.disciplines or [discipline])
        return fits and mentee.lot < offer.share

    @property
    def offered(self) -> list[Mentee]:
        """Give the mentees of the program to whom it is offered."""
        return [mentee for mentee in self.program_mentees if self.offers(mentee)]

    def aware(self, mentee: Mentee) -> bool:
        """Tell whether a mentee knows of the program that is offered to them, which more do where leaders support it."""
        return self.offers(mentee) and mentee.awareness < self.context.awareness + self.rules.institution.aware * self.support

    def senior(self, mentor: Mentor) -> float:
        """Give how senior a mentor is, from nothing to one."""
        return min(mentor.seniority / self.rules.arrive.seniority_years, 1.0)

    def keeps_directory(self) -> bool:
        """Tell whether the policy pairs people or opens the pool, for which it needs a directory."""
        return self.levers.empower.pairing != "ad_hoc" or self.levers.diversify.pool != "own"

    def spend(self, paid: bool = False, **hours: float) -> None:
        """Add hours of mentors, mentees or staff to what the program takes; those of staff, and of mentors if so said, are paid."""
        for who, amount in hours.items():
            self.hours[who] += amount
            payer = "cost_cash" if who == "staff" else "cost_protected" if paid else f"unpaid_{who}_time"
            self.money[payer] += amount * getattr(self.world.prices, f"{who}_hour")


def watch(study: Study) -> None:
    """Note everybody as they are: this program keeps no trace, and tracing changes no run."""


def begin_count(study: Study) -> None:
    """When the study starts, after its burn-in, count anew what is only counted."""
    if study.month == study.first:
        study.money = dict.fromkeys(PAYERS, 0.0)
        for mentee in study.all_mentees:
            mentee.months_there, mentee.months_mentored, mentee.coverage_sum = 0, 0, 0.0


def commence(study: Study) -> None:
    """Put the policy's levers in force in its first month, with means if it does more than evaluate; take them back at its end."""
    policy, month = study.policy, study.month - study.first
    if month not in (policy.start_month, policy.end_month):
        return
    starts, at_work = month == policy.start_month, without_idle(policy.levers, policy.ad_hoc, study.world)
    study.levers = copy.deepcopy(at_work if starts else policy.ad_hoc)
    aside = {"evaluate": None, "offer": None}
    means = vars(policy.ad_hoc) | aside != vars(at_work) | aside
    if means and starts:
        study.support, study.funding = study.levers.prioritize.leadership_support, 1.0
    elif means:
        study.support, study.funding = 0.0, study.rules.institution.unsupported
    if not starts and study.evaluation:
        study.evaluation.results = study.evaluation.trial = None


def without_idle(levers: SimpleNamespace, ad_hoc: SimpleNamespace, world: World) -> SimpleNamespace:
    """Give the levers with those that cannot act as they are without a program (ODD, *commence*)."""
    levers = copy.deepcopy(levers)
    if levers.offer.share == 0:
        levers.match, levers.empower = copy.deepcopy(ad_hoc.match), copy.deepcopy(ad_hoc.empower)
        levers.diversify.pool, levers.diversify.domains = ad_hoc.diversify.pool, ad_hoc.diversify.domains
        levers.prioritize.staff_fte = 0.0
        levers.move_on.no_fault, levers.move_on.check_in_months = False, 0
    match, diversify, empower, evaluate = levers.match, levers.diversify, levers.empower, levers.evaluate
    free = 0 in (world.prices.mentor_hour, world.prices.mentee_hour, world.prices.staff_hour)
    measures = evaluate.model == "survey" or evaluate.measures
    if evaluate.model == "none" or not measures or not (evaluate.budget or free):
        evaluate.adapt = False
    advised = levers.prioritize.staff_fte > 0 or evaluate.adapt
    looked = [one for one in world.identities if one.name in match.attributes or not match.attributes]
    wishes = any(any(one.wish_same.values()) or any(one.wish_different.values()) for one in looked)
    if not world.identities or (match.identity == "optional" and not wishes):
        levers.match = match = copy.deepcopy(ad_hoc.match)
    if empower.pairing == "ad_hoc" and diversify.pool == "own" and not advised:
        levers.match, diversify.domains = copy.deepcopy(ad_hoc.match), ad_hoc.diversify.domains
    if match.identity == "off":
        match.attributes = ad_hoc.match.attributes
    if (empower.pairing not in ("choice", "facilitated") and not advised) or world.context.acquaintances >= VIEW:
        empower.first_meetings = ad_hoc.empower.first_meetings
    if not diversify.recruit_share or not (diversify.recruit_domain or diversify.recruit_identity):
        diversify.recruit_share, diversify.recruit_domain, diversify.recruit_identity = 0.0, "", ""
    return levers


def lay_out(world: World, chance: Chance) -> list[Site]:
    """Make sites with their climates, and units with their disciplines and empty posts (ODD, section 5)."""
    people, context = world.people, world.context
    units = max(round(people.mentees / people.unit_mentees), 1)
    count = min(max(round(people.mentees / people.site_mentees), 1), units)
    line = [place for place, heads in enumerate(in_each_discipline(world)) for _ in range(heads)]
    sites, number = [], 0
    for k in range(count):
        time = math.exp(context.climate_time * chance.normal())
        hazard = math.exp(context.climate_hazard * chance.normal())
        site, dealt = Site(k, time, hazard), line[k::count]
        for place in range(len(world.disciplines)):
            heads = dealt.count(place)
            parts = max(round(heads / people.unit_mentees), 1)
            for j in range(parts if heads else 0):
                site.units.append(Unit(number, site, place, heads * (j + 1) // parts - heads * j // parts, j, parts, heads))
                number += 1
        sites.append(site)
    share_out_posts(world, [unit for site in sites for unit in site.units])
    return sites


def in_each_discipline(world: World) -> list[int]:
    """Give the mentees of each discipline: whole parts of their due, and one more for the largest remainders."""
    shares = [discipline.mentees for discipline in world.disciplines]
    due = [share * world.people.mentees / sum(shares) for share in shares]
    heads = [math.floor(one) for one in due]
    most = sorted(range(len(due)), key=lambda place: heads[place] - due[place])
    for place in most[: world.people.mentees - sum(heads)]:
        heads[place] += 1
    return heads


def falls_into(shares: list[float], position: float) -> int:
    """Give the place in cumulative shares into which a number between zero and one falls."""
    reached = 0.0
    for place, share in enumerate(shares):
        reached += share
        if position < reached:
            return place
    return len(shares) - 1


def share_out_posts(world: World, units: list[Unit]) -> None:
    """Share the mentors' posts out to units by heads and their disciplines' weights, rounding cumulative sums."""
    mean = world.people.mentees / len(units)
    weights = [world.disciplines[unit.discipline].mentors * (unit.heads / mean) for unit in units]
    total, reached, given = list(itertools.accumulate(weights))[-1], 0.0, 0
    for unit, weight in zip(units, weights, strict=True):
        reached += weight
        bound = round(world.people.mentors * reached / total)
        unit.posts = [Post(unit) for _ in range(bound - given)]
        given = bound
