"""A mentor as a Mesa agent: the behaviours of a month, each to be overridden by a subclass."""

from typing import TYPE_CHECKING, Any

import mesa

from simulation.agents import acquaint
from simulation.agents.column import shows
from simulation.agents.science import answer, encounter, learn, leave, meet, strain
from simulation.columns import MENTOR
from simulation.draws import Purpose, normal, uniform
from simulation.scenario.compiled_setting import EXIT_HAZARD, MENTOR_TIME
from simulation.steps.hear import remember
from simulation.steps.part import NAMED, TRUST
from simulation.ties import MENTOR_KEY

if TYPE_CHECKING:
    from simulation.agents.mentee import Mentee


@shows(MENTOR)
class Mentor(mesa.Agent):
    """A mentor: attributes as in `columns.MENTOR`; `mentor` is the id.

    In the lane "agents" the methods make the month; in the compiled lane an agent is a live view of its row.
    """

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row, self.scene = row, model.scene
        rows = model.scene.mentor_rows
        self.rows, self.windows, self.vectors = rows, rows.windows, rows.vectors
        self.key = self.mentor + MENTOR_KEY  # by which luck is drawn
        self.unique_id = self.key

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.mentor})"

    @property
    def table(self) -> Any:
        """The table in which the row stands."""
        return self.rows.table

    def schedule(self) -> None:
        """The month is set: whether to volunteer, what time there is, what training is to be had."""
        scene, p = self.scene, self.scene.rules
        volunteers = uniform(scene.nature[Purpose.VOLUNTEER], self.key, 0) < scene.volunteering
        self.volunteer = 1 if volunteers else 0
        protected = scene.protected if volunteers else 0.0
        busy = uniform(scene.luck[Purpose.BUSY], self.key, 0) < scene.context.busy
        self.available = meet.available(self.hours, protected, busy, p.meet.busy_left, scene.shocks[MENTOR_TIME])
        self.protected, self.given, self.joy = protected, 0.0, 0.0
        scene.spend(protected * scene.prices.mentor_hour)
        hours = scene.levers.training_hours * scene.funding / 12.0
        if volunteers and hours > 0.0:
            self.skill = learn.taught(self.skill, hours, p.learn.training, p.learn.course_hours)
            scene.spend(hours * scene.prices.mentor_hour)

    def approaches(self, mentee: "Mentee", chance: float) -> bool:
        """Whether to offer oneself to a mentee who is seeking, likelier to one like oneself."""
        luck = uniform(self.scene.luck[Purpose.APPROACH], mentee.row, self.mentor)
        return encounter.approaches(luck, chance, acquaint.alike(mentee, self), self.scene.context.homophily)

    def answer(self, mentee: "Mentee", domain: int, met: bool, nth: int) -> bool:
        """Whether to say yes to a mentee's `nth` ask of the month, for help in a domain, after they `met` or unseen."""
        scene = self.scene
        if self.load >= scene.context.hard_cap:
            return False
        noise = uniform(scene.luck[Purpose.MESSAGE], mentee.row, nth)
        fit = answer.read(self.expertise[domain], mentee.clarity, noise)
        free = answer.time_left(float(self.load), scene.context.meeting_hours, self.available)
        liked = self.impression_of(mentee) if met else 0.0
        likeness = scene.context.homophily * acquaint.alike(mentee, self)
        luck = uniform(scene.luck[Purpose.ANSWER], mentee.row, nth)
        return answer.says_yes(luck, free, fit, self.willingness, liked, mentee.output, likeness, scene.rules.answer)

    def impression_of(self, mentee: "Mentee") -> float:
        """The first impression of a mentee, in standard deviations."""
        warmth = self.approachability, mentee.openness, mentee.clarity
        return acquaint.impression(self.scene, self.key, mentee.row, *warmth)

    def meet(self) -> None:
        """By how much the ties ask for more than there is time for."""
        scene = self.scene
        self.overload = meet.overload(float(self.load), scene.context.meeting_hours, self.available, scene.rules.meet)

    def learn(self) -> None:
        """To mentor is to learn to mentor."""
        given, scene = self.given, self.scene
        if given > 0.0:
            self.skill = learn.practised(self.skill, given / scene.context.mentor_hours, scene.rules.learn)

    def strain(self) -> None:
        """Overload wears out, protected mentoring in good ties gives meaning."""
        scene, p, load = self.scene, self.scene.rules.mentor_strain, float(self.load)
        joy = self.joy / load if load > 0.0 else 0.0
        meaning = joy * min(min(self.given, self.protected) / scene.context.meeting_hours, 1.0)
        z = normal(scene.nature[Purpose.MENTOR_STRAIN], self.key, 0)
        self.burnout = strain.moved(self.burnout, strain.mentor_burnout_level(z, self.overload, meaning, p), p)
        level = strain.mentor_satisfaction_level(joy, load > 0.0, scene.support, p)
        self.satisfaction = strain.moved(self.satisfaction, level, p)
        self.load_sum += load

    def refer(self, mentee: "Mentee") -> None:
        """A colleague of the site is named for the need that is least met, and is from now on in view."""
        scene, (domain, _) = self.scene, mentee.unmet()
        first, end = scene.site_posts(scene.units["site"][self.unit])
        luck, best, most = scene.luck[Purpose.REFERRAL], -1, 0.0
        for k in range(NAMED):
            named = scene.occupant[first + int(uniform(luck, mentee.row, 1 + k) * (end - first))]
            if domain >= 0 and named >= 0 and named != self.row and scene.mentors[named].expertise[domain] > most:
                best, most = named, scene.mentors[named].expertise[domain]
        if best >= 0:
            remember(scene.state.mentees, mentee.row, best, most, TRUST)
            mentee.referred = best

    def leave(self) -> None:
        """To leave, or to stay."""
        scene, p = self.scene, self.scene.rules
        base = scene.hazards.mentors * scene.shocks[EXIT_HAZARD]
        hazard = leave.mentor_hazard(base, self.burnout - p.mentor_strain.burnout, p.leave)
        if leave.leaves(uniform(scene.luck[Purpose.MENTOR_LEAVE], self.key, 0), hazard):
            self.active, self.exit_month = 0, scene.month
            scene.occupant[self.post] = -1
            scene.months["mentors_left"][scene.month] += 1
