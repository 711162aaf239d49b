"""Who there is: mentees, mentors and the ties between them, and what can be read off them (ODD, section 2)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .study import Unit

SEPARATION, REDEFINITION = "separation", "redefinition"
FORMAL = ("lot", "arrival", "coordinator", "optimal", "stable", "choice", "facilitated")
RECENT = 2


@dataclass(eq=False)
class Hearsay:
    """What a mentee has heard of one mentor: the mean of the reports and their weight."""

    mentor: "Mentor"
    standing: float
    weight: float


@dataclass(eq=False)
class Mentee:
    """A mentee; the fields from `liking` to `threshold` are luck that is drawn once for life."""

    row: int
    cohort: int
    unit: "Unit"
    groups: list[int]
    wish: list[int]
    wish_strength: list[float]
    traits: list[float]
    openness: float
    initiative: float
    clarity: float
    ability: float
    hours: float
    need: list[float]
    skill: list[float]
    output: float
    belonging: float
    burnout: float
    liking: float
    likable: float
    resting_belonging: float
    resting_burnout: float
    awareness: float
    lot: float
    registering: float
    conformity: float
    threshold: float
    slots: list["Tie | None"]
    known: list[Hearsay] = field(default_factory=list)
    status: str = "there"
    exit_month: int | None = None
    mentoring_satisfaction: float = 0.0
    job_satisfaction: float = 0.0
    need_coverage: float = 0.0
    moved_on: float = 0.0
    normal: bool = False
    months_there: int = 0
    months_mentored: int = 0
    coverage_sum: float = 0.0

    def felt(self, domain: int) -> float:
        """Give the need in a domain that own skill leaves."""
        return self.need[domain] * (1 - self.skill[domain])

    def live_ties(self) -> list["Tie"]:
        """Give all live ties, collegial ones among them, in the order of the slots."""
        return [tie for tie in self.slots if tie is not None]

    def carrying_ties(self) -> list["Tie"]:
        """Give the live ties that carry load: all but collegial ones."""
        return [tie for tie in self.slots if tie is not None and tie.phase != REDEFINITION]

    def has_tie_with(self, mentor: "Mentor") -> bool:
        """Tell whether there is a live tie with this mentor."""
        return any(tie.mentor is mentor for tie in self.live_ties())

    def has_current_mentor(self) -> bool:
        """Tell whether some tie that carries load has been silent for at most two months."""
        return any(tie.silent <= RECENT for tie in self.carrying_ties())

    def unmet_domain(self, redundant: float) -> int | None:
        """Give the domain of largest felt need that no tie carrying load serves, if in any a tie would have work to do."""
        served = {tie.domain for tie in self.carrying_ties()}
        unserved = [d for d in range(len(self.need)) if d not in served and self.felt(d) > 0 and self.felt(d) >= redundant]
        return max(unserved, key=self.felt, default=None)

    def hear(self, mentor: "Mentor", report: float) -> None:
        """Join a report to what is known of a mentor; one not known yet displaces the least known of four."""
        for heard in self.known:
            if heard.mentor is mentor:
                heard.standing = (heard.standing * heard.weight + report) / (heard.weight + 1)
                heard.weight += 1
                return
        if len(self.known) == 4:
            self.known.remove(min(self.known, key=lambda heard: heard.weight))
        self.known.append(Hearsay(mentor, report, 1.0))

    def standing(self, mentor: "Mentor", prior: float) -> float:
        """Give the standing of a mentor that is acted upon, drawn towards one half by a prior of this weight."""
        for heard in self.known:
            if heard.mentor is mentor:
                return (heard.standing * heard.weight + 0.5 * prior) / (heard.weight + prior)
        return 0.5


@dataclass(eq=False)
class Mentor:
    """A mentor; `volunteering`, `liking`, `likable` and `resting_burnout` are luck that is drawn once for life."""

    number: int
    unit: "Unit"
    joined: int
    groups: list[int]
    traits: list[float]
    expertise: list[float]
    skill: float
    approachability: float
    willingness: float
    seniority: float
    resources: float
    hours: float
    burnout: float
    satisfaction: float
    liking: float
    likable: float
    volunteering: float
    resting_burnout: float
    there: bool = True
    volunteer: bool = False
    available: float = 0.0
    protected: float = 0.0
    given: float = 0.0
    load: int = 0
    overload: float = 0.0
    ties: list["Tie"] = field(default_factory=list)

    def carrying_ties(self) -> list["Tie"]:
        """Give the live ties that carry load."""
        return [tie for tie in self.ties if tie.phase != REDEFINITION]


@dataclass(eq=False)
class Tie:
    """A mentoring relationship, from its first month until it ends."""

    mentee: Mentee
    mentor: Mentor
    domain: int
    via: str
    start: int
    mentee_engagement: float
    mentor_engagement: float
    mentee_satisfaction: float
    mentor_satisfaction: float
    perceived: float
    similarity: float
    phase: str = "initiation"
    since: int = 0
    investment: float = 0.0
    contact: float = 0.0
    silent: int = 0
    visited: bool = False
    streak: int = 0
    spark: int | None = None
    end: int | None = None
    ender: str = ""
    reason: str = ""

    @property
    def quality(self) -> float:
        """Give the geometric mean of the two sides' engagement."""
        return (self.mentee_engagement * self.mentor_engagement) ** 0.5

    @property
    def sparked(self) -> bool:
        """Tell whether the tie has ever sparked."""
        return self.spark is not None


def alike(identities: list, mentee: Mentee, mentor: Mentor) -> float:
    """Add up over the identity attributes half of what each counts where the groups agree, less half where not."""
    pairs = zip(identities, mentee.groups, mentor.groups, strict=True)
    return sum(0.5 * identity.draws_together * (1 if own == other else -1) for identity, own, other in pairs)


def wish_met(mentee: Mentee, mentor: Mentor, attribute: int) -> bool:
    """Tell whether the mentor is whom the mentee wishes for in an attribute in which there is a wish."""
    return (mentee.groups[attribute] == mentor.groups[attribute]) == (mentee.wish[attribute] == 1)


def wishes(mentee: Mentee, mentor: Mentor, attributes: list[int] | None = None) -> float:
    """Add up the strengths of the mentee's wishes about identity: met ones count for, denied ones against."""
    return sum(
        mentee.wish_strength[a] if wish_met(mentee, mentor, a) else -mentee.wish_strength[a]
        for a in (range(len(mentee.groups)) if attributes is None else attributes) if mentee.wish[a] != 0
    )
