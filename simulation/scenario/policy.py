"""A policy: what a program office decides, in six sections that are the six tips of Harper et al. 2024."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self

import pydantic

from simulation.scenario.fields import Section, quantity, share
from simulation.scenario.files import Scenario

NEVER = 2401  # after the last month of the longest study
MOST_NAMED = 200  # mentees whom an offer can name
Ids = Annotated[tuple[Annotated[int, pydantic.Field(ge=0, le=2_000_000_000)], ...], pydantic.Field(max_length=MOST_NAMED)]


class Pool(StrEnum):
    """Whose mentors the program's directory shows."""

    OWN = "own"
    SOME = "some"
    ALL = "all"


class Matching(StrEnum):
    """Whether identity counts when the program brings people together."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Pairing(StrEnum):
    """How a pair comes about. Ad hoc encounters go on beside every one of these."""

    AD_HOC = "ad_hoc"
    LOT = "lot"
    ARRIVAL = "arrival"
    COORDINATOR = "coordinator"
    OPTIMAL = "optimal"
    STABLE = "stable"
    CHOICE = "choice"
    FACILITATED = "facilitated"


class Evaluation(StrEnum):
    """The model by which the program evaluates itself."""

    NONE = "none"
    SURVEY = "survey"
    CIPP = "cipp"


class Measure(StrEnum):
    """What an evaluation looks at: the four parts of CIPP, and mentor load by identity."""

    CONTEXT = "context"
    INPUT = "input"
    PROCESS = "process"
    PRODUCT = "product"
    LOAD_BY_IDENTITY = "load_by_identity"


class Prioritize(Section):
    """Tip 1: prioritize mentorship at an institutional level."""

    leadership_support: float = share(0.0, "visible support of the leaders when the policy starts", "Harper tip 1; A14 D19")
    protected_hours: float = quantity(0.0, "protected time of a mentor in the program", "hours per month", low=0, high=20, source="D5 E15")
    training_hours: float = quantity(0.0, "mentor training", "hours per mentor and year", low=0, high=40, source="E17")
    staff_fte: float = quantity(0.0, "central staff whose support contacts reach ties", "FTE per 100 mentees", low=0, high=5, source="D5 D6 B5")


class Diversify(Section):
    """Tip 2: maximize content diversity of mentors."""

    pool: Pool = quantity(Pool.OWN, "whose mentors a mentee can find: own discipline, some disciplines, all", "choice", source="Harper tip 2; D8 E18")
    domains: tuple[str, ...] = quantity((), "the domains that the pool covers; empty means all", "names of domains", source="Harper tip 2")
    recruit_share: float = share(0.0, "share of vacant mentor posts filled by targeted recruiting", "Harper tip 3; D15")
    recruit_domain: str = quantity("", "the domain in which recruited mentors are expert; empty means no target", "name of a domain", source="Harper tip 2")
    recruit_identity: str = quantity("", "the group that recruited mentors belong to, as attribute:group; empty means no target", "attribute:group", source="Harper tip 3; D15")


class Match(Section):
    """Tip 3: facilitate gender or racial matching if desired."""

    identity: Matching = quantity(Matching.OFF, "identity matching: off, optional (for those who wish it), required (for all)", "choice", source="Harper tip 3; D3 D16")
    attributes: tuple[str, ...] = quantity((), "the identity attributes that matching looks at; empty means all", "names of attributes", source="Harper tip 3")


class Empower(Section):
    """Tip 4: empower mentees."""

    pairing: Pairing = quantity(Pairing.AD_HOC, "how a pair comes about", "choice", source="Harper tip 4; C2 C3 C4 C13")
    first_meetings: int = quantity(0, "mentors met briefly before choosing", "mentors", low=0, high=6, source="C1 C3")
    workshop_hours: float = quantity(0.0, "needs workshops for mentees, which raise clarity", "hours per mentee and year", low=0, high=40, source="Harper tip 4; C3")
    mentors_at_once: int = quantity(2, "mentors that a mentee may hold at once", "mentors", low=1, high=4, source="A8 A9 E18")


class MoveOn(Section):
    """Tip 5: normalize moving with or moving on from a mentor."""

    stigma: float = share(1.0, "cost of ending a tie, for a person who does not yet think it normal", "Harper tip 5; B10")
    role_models: float = share(0.0, "share of people who show openly that moving on is normal, whatever others do", "F2")
    no_fault: bool = quantity(False, "a no-fault path on which gratitude is said and the door stays open", "yes or no", source="Harper tip 5; B2")
    check_in_months: int = quantity(0, "months between check-ins at which both sides are asked; 0 means never", "months", low=0, high=24, source="Harper tip 5; B5")


class Evaluate(Section):
    """Tip 6: choose a program evaluation model that allows for complexity."""

    model: Evaluation = quantity(Evaluation.NONE, "how the program evaluates itself", "choice", source="Harper tip 6; D8 C13 F3")
    every_months: int = quantity(12, "months between evaluations", "months", low=1, high=60, source="D8")
    measures: tuple[Measure, ...] = quantity((Measure.CONTEXT, Measure.INPUT, Measure.PROCESS, Measure.PRODUCT), "what is measured; a program cannot react to what it does not measure", "choices", source="F3")
    sample: float = share(0.5, "share of people who are asked", "F3")
    delay_months: int = quantity(2, "months until results are on the table", "months", low=0, high=24, source="F3")
    adapt: bool = quantity(False, "whether the program then moves its own levers, one a cycle, kept if it helped", "yes or no", source="Harper tip 6")
    budget: float = quantity(0.0, "what adaptation may add to the yearly cost", "money per mentee and year", low=0, high=10_000, source="assumed")


class Offer(Section):
    """To whom the program is offered: every mentee, or those alone who fulfil all that is given here, at first or for good."""

    share: float = share(1.0, "share of mentees to whom the program is offered, by lot")
    group: str = quantity("", "the only group to whom the program is offered, as attribute:group; empty means all", "attribute:group", source="assumed")
    disciplines: tuple[str, ...] = quantity((), "the only disciplines to which the program is offered; empty means all", "names of disciplines", source="assumed")
    mentees: Ids = quantity((), "the only mentees to whom the program is offered, by their ids; empty means all", "ids of mentees", source="assumed")
    whole_units: bool = quantity(False, "whether the lot falls to whole units, so that colleagues are offered the program together", "yes or no", source="assumed")
    steps: int = quantity(1, "steps in which those meant get the program, in an order by lot; 1 means at once", "steps", low=1, high=60, source="assumed")
    step_months: int = quantity(3, "months from one step to the next", "months", low=1, high=120, source="assumed")
    everyone_from: int = quantity(NEVER, f"month from which the program is offered to every mentee; {NEVER} means never", "month", low=1, high=NEVER, source="assumed")


SECTIONS = ("prioritize", "diversify", "match", "empower", "move_on", "evaluate")
WITH_OFFER = (*SECTIONS, "offer")
# Levers that reach mentees one by one, so that those to whom the program is not offered live without them.
PERSONAL = (
    "prioritize.staff_fte", "diversify.pool", "diversify.domains", "match.identity", "match.attributes",
    "empower.pairing", "empower.first_meetings", "empower.workshop_hours", "empower.mentors_at_once",
    "move_on.no_fault", "move_on.check_in_months",
)  # fmt: skip


class Policy(Scenario):
    """A policy. With every lever at its default it is ad hoc mentoring."""

    kind: ClassVar[str] = "policy"

    name: str = "ad_hoc"
    title: str = "Ad hoc mentoring"
    text: str = ""
    start_month: int = quantity(0, "month in which the policy starts; before it everything is ad hoc", "month", low=0, high=2400)
    end_month: int = quantity(NEVER, f"month in which the policy ends; from then on everything is ad hoc again; {NEVER} means never", "month", low=1, high=NEVER)
    prioritize: Prioritize = Prioritize()
    diversify: Diversify = Diversify()
    match: Match = Match()
    empower: Empower = Empower()
    move_on: MoveOn = MoveOn()
    evaluate: Evaluate = Evaluate()
    offer: Offer = Offer()

    @pydantic.model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end_month <= self.start_month:
            raise ValueError(f"end_month {self.end_month} is not after start_month {self.start_month}")
        if self.offer.everyone_from <= self.start_month:
            raise ValueError(f"offer.everyone_from {self.offer.everyone_from} is not after start_month {self.start_month}")
        return self
