"""A mentee as a Mesa agent: the behaviours of a month, each to be overridden by a subclass."""

from typing import TYPE_CHECKING, Any

import mesa

from simulation.agents import acquaint, hearsay, in_view, wellbeing
from simulation.agents.column import Vector, shows
from simulation.agents.science import engage, hear, learn, leave, need, norm, seek, strain
from simulation.agents.tie import Tie
from simulation.columns import KNOWN, MENTEE
from simulation.draws import Purpose, bits, normal, uniform
from simulation.record import RECENT
from simulation.scenario.compiled_setting import EXIT_HAZARD, NEW_NEED
from simulation.scenario.levers import AD_HOC, CHOICE, FACILITATED
from simulation.steps.acquaint import similarity
from simulation.steps.hear import remember
from simulation.steps.seek import ASKS
from simulation.ties import APPROACHED, BY_EXIT, GRADUATED, MENTEE_LEFT, MENTOR_LEFT, REFERRED, SEPARATION, open_tie

if TYPE_CHECKING:
    from simulation.agents.mentor import Mentor


@shows(MENTEE)
class Mentee(mesa.Agent):
    """A mentee: attributes as in `columns.MENTEE`, with `needs` for its field `need`; `row` is the id.

    In the lane "agents" the methods make the month; in the compiled lane an agent is a live view of its row.
    """

    needs = Vector("need")

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row, self.scene = row, model.scene
        rows = model.scene.mentee_rows
        self.table, self.windows, self.vectors = rows.table, rows.windows, rows.vectors
        self.slots = [Tie(self, slot) for slot in range(model.scene.slots)]
        self.unique_id = row

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.row})"

    @property
    def live_ties(self) -> list[Tie]:
        """The ties that are live, with colleagues too."""
        return [tie for tie in self.slots if tie.mentor >= 0]

    @property
    def loading_ties(self) -> list[Tie]:
        """The live ties that carry load."""
        return [tie for tie in self.slots if tie.mentor >= 0 and tie.loads]

    @property
    def is_aware(self) -> bool:
        """Whether the mentee knows of the program."""
        return uniform(self.scene.nature[Purpose.AWARE], self.row, 0) < self.scene.awareness

    def felt(self, domain: int) -> float:
        """What is felt of a need."""
        return need.felt(self.needs[domain], self.skill[domain])

    def is_served(self, domain: int) -> bool:
        """Whether a tie that carries load serves a domain."""
        return any(tie.domain == domain for tie in self.loading_ties)

    def holds(self, mentor: "Mentor") -> bool:
        """Whether there is a live tie with this mentor."""
        return any(tie.mentor == mentor.row for tie in self.slots)

    def has_colleague(self) -> bool:
        """Whether a former mentor is kept as a colleague; there is room for one."""
        return any(not tie.loads for tie in self.live_ties)

    def free_slot(self) -> Tie | None:
        """The first empty slot."""
        return next((tie for tie in self.slots if tie.mentor < 0), None)

    def need(self) -> None:
        """Needs drift with stage, jump with events, and workshops make them clearer."""
        scene, p, needs, skill = self.scene, self.scene.rules.need, self.needs, self.skill
        year = min(max(scene.month - self.cohort, 0) // 12, scene.setting.years - 1)
        for d in scene.domains:
            needs[d] = need.drifted(needs[d], scene.setting.need[d][year], p)
            skill[d] = need.practised(skill[d], p)
        if need.jumps(uniform(scene.luck[Purpose.NEED_JUMP], self.row, 0), scene.shocks[NEW_NEED], p):
            d = int(uniform(scene.luck[Purpose.NEED_DOMAIN], self.row, 0) * len(scene.domains))
            needs[d] = need.jumped(needs[d], p)
        hours = scene.levers.workshop_hours * scene.funding / 12.0
        if hours > 0.0 and self.is_aware:
            q = scene.rules.learn
            self.clarity = learn.taught(self.clarity, hours, q.workshop, q.course_hours)
            scene.spend(hours * scene.prices.mentee_hour)

    def hear(self) -> None:
        """What was heard fades a little, and a peer may speak of a mentor."""
        scene, p, weight = self.scene, self.scene.rules.hear, self.known_weight
        for k in range(KNOWN):
            weight[k] = hear.forgotten(weight[k], p)
        if uniform(scene.luck[Purpose.HEAR], self.row, 0) >= p.chance:
            return
        peer = hearsay.peer_of(self)
        if peer is None or peer is self:
            return
        luck = scene.luck[Purpose.REPORT]
        spoken_of = peer.live_ties
        if spoken_of:
            tie = spoken_of[int(uniform(luck, self.row, 0) * len(spoken_of))]
            report = hear.told(tie.satisfaction, normal(luck, self.row, 1), p)
            remember(scene.state.mentees, self.row, tie.mentor, report, 1.0)

    def encounter(self, domain: int, directory: bool) -> list[tuple["Mentor", bool]]:
        """The mentors who come into view with a need in a domain, and whether the directory showed them."""
        return in_view.encountered(self, domain, directory)

    def unmet(self) -> tuple[int, float]:
        """The domain of the largest felt need that no tie serves, and that need; -1 when all are served."""
        domain, most = -1, 0.0
        for d in self.scene.domains:
            level = self.felt(d)
            if level > most and not self.is_served(d):
                domain, most = d, level
        return domain, most

    def has_room(self) -> bool:
        """Whether one more mentor may be held: by policy, by slots, by hours."""
        scene, held = self.scene, len(self.loading_ties)
        return (
            held < scene.levers.mentors_at_once
            and self.free_slot() is not None
            and (held + 1) * scene.context.meeting_hours <= self.hours
        )

    def invitation(self) -> tuple[float, float]:
        """Whether the program invites to choose, and how far someone facilitates it."""
        scene, pairing = self.scene, self.scene.levers.pairing
        if pairing < CHOICE or not self.is_aware:
            return 0.0, 0.0
        return 1.0, scene.funding if pairing == FACILITATED else 0.0

    def seek(self) -> bool:
        """Whether to ask this month."""
        if not self.has_room():
            return False
        domain, level = self.unmet()
        if domain < 0:
            return False
        invited, eased = self.invitation()
        luck, held = uniform(self.scene.luck[Purpose.SEEK], self.row, 0), len(self.loading_ties)
        ready = self.scene.sites["readiness"][self.scene.units["site"][self.unit]]
        p = self.scene.rules.seek
        return seek.seeks(luck, self.initiative, self.clarity, level, held, ready, invited, eased, p)

    @property
    def turn(self) -> int:
        """The place among those who ask this month: lower is sooner."""
        return int(bits(self.scene.luck[Purpose.TURN], self.row, 0))

    def ask(self) -> None:
        """Meet who is in view, rank them, and ask until somebody says yes."""
        scene, (domain, _), (invited, eased) = self.scene, self.unmet(), self.invitation()
        view, meetings = self.encounter(domain, scene.directory and self.is_aware), scene.context.acquaintances
        if invited > 0.0:
            arranged = min(int(scene.levers.first_meetings), max(len(view) - meetings, 0))
            meetings += arranged
            scene.spend_on_choice(eased, arranged)
        chance = scene.context.approach / max(len(view), 1)
        for k, (mentor, _) in enumerate(view):
            if mentor.approaches(self, chance) and mentor.answer(self, domain, k < meetings, ASKS):
                self.pair(mentor, domain, APPROACHED, False, True)
                return
        appeals = [self.appeal(mentor, domain, k < meetings) for k, (mentor, _) in enumerate(view)]
        ranked = sorted(range(len(view)), key=lambda k: -appeals[k])
        for nth, k in enumerate(ranked[:ASKS]):
            mentor, shown = view[k]
            if mentor.answer(self, domain, k < meetings, nth):
                own = REFERRED if mentor.row == self.referred else AD_HOC
                way = FACILITATED if eased > 0.0 else CHOICE
                self.pair(mentor, domain, way if shown and invited > 0.0 else own, True, True)
                return

    def appeal(self, mentor: "Mentor", domain: int, met: bool) -> float:
        """How much a mentor in view appeals, after they have `met` or unseen."""
        impression = self.impression_of(mentor) if met else 0.0
        near = 1.0 if self.discipline == mentor.discipline else 0.0
        taste = normal(self.scene.luck[Purpose.TASTE], self.row, mentor.key)
        standing, wish = hearsay.standing(self, mentor), acquaint.wishes(self, mentor)
        p = self.scene.rules.seek
        return seek.appeal(mentor.expertise[domain], self.clarity, taste, impression, standing, wish, near, p)

    def impression_of(self, mentor: "Mentor") -> float:
        """The first impression of a mentor, in standard deviations."""
        seen = self.openness, mentor.approachability, mentor.skill
        return acquaint.impression(self.scene, self.row, mentor.key, *seen)

    def pair(self, mentor: "Mentor", domain: int, via: int, chose: bool, agreed: bool) -> None:
        """A tie begins: both sides start from what they make of each other, and warmer for who chose."""
        scene, p = self.scene, self.scene.rules.engage
        apart = self.discipline != mentor.discipline
        own = engage.begun(self.impression_of(mentor), chose, acquaint.wishes(self, mentor), apart, p)
        other = engage.begun(mentor.impression_of(self), agreed, 0.0, apart, p)
        alike, slot = similarity(scene.state, self.row, mentor.row), self.free_slot().slot
        open_tie(scene.state, self.row, slot, mentor.row, domain, via, scene.month, own, other, alike)

    def meet(self) -> None:
        """The month with all mentors held; colleagues meet without load."""
        ties = self.loading_ties
        for tie in ties:
            tie.meet(float(len(ties)))
            tie.engage()
            tie.watch_spark()
            tie.keep_trace()

    def learn(self) -> None:
        """Skill grows in the domain met, and output follows."""
        scene, p, skill, total = self.scene, self.scene.rules.learn, self.skill, 0.0
        for tie in self.loading_ties:
            if tie.contact > 0.0:
                d, contact = tie.domain, min(tie.contact / scene.context.meeting_hours, 1.0)
                skill[d] = learn.learned(skill[d], tie.partner.expertise[d], contact, tie.quality, p)
        for d in scene.domains:
            total += skill[d]
        self.output = learn.produced(self.output, self.ability, total / len(scene.domains), p)

    def strain(self) -> None:
        """What ties, unit and person make of belonging, burnout and satisfaction."""
        p, ties = self.scene.rules.strain, self.loading_ties
        best, worst, kin, wished = wellbeing.given(self, ties)
        self.threat, self.need_coverage = wellbeing.threat(self), wellbeing.coverage(self, ties)
        self.coverage_sum += self.need_coverage
        luck = self.scene.nature[Purpose.STRAIN]
        z, covered, threat = normal(luck, self.row, 0), self.need_coverage, self.threat
        level = strain.belonging_level(z, best, worst, covered, threat, kin, wished, p)
        self.belonging = strain.moved(self.belonging, level, p)
        level = strain.burnout_level(normal(luck, self.row, 1), self.ability, self.belonging, float(len(ties)), p)
        self.burnout = strain.moved(self.burnout, level, p)
        satisfaction = max((tie.satisfaction for tie in ties), default=0.0)
        self.mentoring_satisfaction = satisfaction
        self.job_satisfaction = strain.job_satisfaction(self.belonging, satisfaction, self.burnout, p)
        self.months_mentored += 1 if any(tie.silent <= RECENT for tie in ties) else 0

    def evaluate(self) -> None:
        """Ties are weighed, and age."""
        scene = self.scene
        for tie in self.live_ties:
            if tie.phase < SEPARATION:
                tie.evaluate()
        if scene.checks_in:
            scene.spend(scene.rules.institution.check_in_hours * scene.prices.staff_hour)

    def part(self) -> None:
        """What is over ends; a sparked tie takes its time."""
        for tie in self.live_ties:
            takes = self.scene.rules.evaluate.separation if tie.spark >= 0 else 0
            if tie.phase == SEPARATION and self.scene.month - tie.since >= takes:
                tie.part()

    def fade(self) -> None:
        """What others could see of an ending is less visible after a month."""
        self.moved_on = norm.faded(self.moved_on, self.scene.rules.norm)

    def norm(self) -> None:
        """What others are seen to do becomes normal, or does not."""
        scene, p, own = self.scene, self.scene.rules.norm, self.moved_on
        units, sites, unit = scene.units, scene.sites, self.unit
        site = units["site"][unit]
        near = (units["moved_on"][unit] - own) / max(units["heads"][unit] - 1, 1)
        far = (sites["moved_on"][site] - own) / max(sites["heads"][site] - 1, 1)
        share = norm.seen(near, far, scene.committed, p)
        accepted = norm.normal(self.normal == 1, share, normal(scene.nature[Purpose.THRESHOLD], self.row, 0), p)
        devoted = uniform(scene.nature[Purpose.COMMITTED], self.row, 0) < scene.committed
        self.normal = 1 if accepted or devoted else 0

    def leave(self) -> None:
        """To leave, to graduate or to stay; ties with mentors who left end."""
        scene, p, age = self.scene, self.scene.rules, self.scene.month - self.cohort
        self.drop_ties(MENTOR_LEFT)
        hazards, setting = scene.hazards, scene.setting
        base = hazards.first_year if age < 12 else hazards.later_years
        for a in scene.attributes:
            base *= setting.hazard_ratio[a][self.group[a]]
        base *= scene.shocks[EXIT_HAZARD] * scene.sites["hazard"][scene.units["site"][self.unit]]
        belonging, burnout = self.belonging - p.strain.belonging, self.burnout - p.strain.burnout
        hazard = leave.hazard(base, belonging, burnout, p.leave)
        if leave.leaves(uniform(scene.luck[Purpose.LEAVE], self.row, 0), hazard):
            elsewhere = uniform(scene.nature[Purpose.DESTINATION], self.row, 0) < hazards.other_school
            self.active, self.exit_month, self.exit_to = 2, scene.month, 0 if elsewhere else 1
            self.drop_ties(MENTEE_LEFT)
            scene.months["left"][scene.month] += 1
        elif setting.graduates and age + 1 == 12 * setting.years:
            self.active, self.exit_month = 3, scene.month
            self.drop_ties(GRADUATED)
            scene.months["graduated"][scene.month] += 1

    def drop_ties(self, reason: int) -> None:
        """All ties end with an exit; with the reason of mentors who left, only those with them."""
        for tie in self.live_ties:
            if reason != MENTOR_LEFT or tie.partner.active == 0:
                tie.close(BY_EXIT, reason, False)
