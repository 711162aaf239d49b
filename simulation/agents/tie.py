"""A tie as an object: one slot of a mentee, with what happens between the two in a month."""

from typing import TYPE_CHECKING

from simulation.agents import hearsay
from simulation.agents.column import shows
from simulation.agents.scene import Luck
from simulation.agents.science import engage, evaluate, leave, meet, need, norm, part, perceive, strain
from simulation.columns import TIE
from simulation.draws import Purpose, normal, uniform
from simulation.scenario.compiled_setting import CONTACT
from simulation.steps import meet as shared
from simulation.ties import (
    BY_BOTH,
    BY_MENTEE,
    BY_MENTOR,
    CHOSEN,
    CULTIVATION,
    INITIATION,
    MOVED_ON,
    OUTSIDE,
    REDEFINITION,
    REDUNDANT,
    SEPARATION,
    close_tie,
    release,
)

if TYPE_CHECKING:
    from simulation.agents.mentee import Mentee
    from simulation.agents.mentor import Mentor


@shows(TIE)
class Tie:
    """A live tie, seen through its slot; `number` tells which tie it is, for a slot is filled again.

    `mentee` and `mentor_engagement` are the engagement of the two, `mentor` the mentor's row, `partner` the mentor.
    """

    def __init__(self, holder: "Mentee", slot: int):
        self.holder, self.slot, self.scene = holder, slot, holder.scene
        self.row = holder.row * holder.scene.slots + slot
        self.windows = holder.scene.tie_rows.windows

    def __repr__(self) -> str:
        return f"Tie({self.number}: mentee {self.holder.row}, mentor {self.partner.mentor}, quality {self.quality:.2f})"

    @property
    def partner(self) -> "Mentor":
        """The mentor."""
        return self.scene.mentors[self.mentor]

    @property
    def quality(self) -> float:
        """The quality of the tie, now."""
        return engage.quality(self.mentee, self.mentor_engagement)

    @property
    def luck(self) -> Luck:
        """The luck of this month of the tie's life."""
        return self.scene.luck_at(self.scene.month - self.start)

    @property
    def loads(self) -> bool:
        """Whether the tie carries load: it is more than an acquaintance of colleagues."""
        return self.phase != REDEFINITION

    def meet(self, load: float) -> None:
        """The two meet within the hours of both, or do not; `load` is the number of ties that the mentee holds."""
        scene, mentor, mentee = self.scene, self.partner, self.holder
        self.visited = 1 if self.is_visited() else 0
        luck = uniform(self.luck[Purpose.MEETING], mentee.row, self.nth)
        if not meet.meets(luck, self.quality, self.visited == 1, scene.shocks[CONTACT], scene.rules.meet):
            self.contact = 0.0
            self.silent += 1
            return
        time = mentor.available / max(float(mentor.load), 1.0)
        hours = meet.hours(scene.context.meeting_hours, time, mentee.hours / max(load, 1.0))
        self.contact, self.silent = hours, 0
        mentor.given += hours
        mentee.last_contact = scene.month
        scene.months["contact_hours"][scene.month] += hours

    def is_visited(self) -> bool:
        """Whether central staff make contact this month: with ties silent for long first."""
        scene = self.scene
        chance = scene.contact_chance
        if chance > 0.0 and self.silent >= scene.rules.meet.silent_months:
            chance = min(chance + chance, 1.0)
        return uniform(scene.luck[Purpose.CONTACT], self.holder.row, self.nth) < chance

    def engage(self) -> None:
        """Each side answers the other, and similarity comes to be perceived."""
        scene, mentee, mentor, d = self.scene, self.holder, self.partner, self.domain
        i, nth, luck, rules, p = mentee.row, self.nth, self.luck, scene.rules, scene.rules.engage
        fit = engage.answered_need(mentor.expertise[d], need.felt(mentee.needs[d], mentee.skill[d]), p)
        contact = min(self.contact / scene.context.meeting_hours, 1.0)
        overload, alike = mentor.overload, self.similarity
        gain = engage.gain(fit, mentor.skill, contact, alike, overload, p)
        back = engage.gain(fit, mentee.clarity, contact, alike, overload, p)
        own, other = self.mentee, self.mentor_engagement
        own_now = engage.engaged(own, other, gain, normal(luck[Purpose.ENGAGEMENT], i, nth), p.coupling, p)
        z = normal(luck[Purpose.RESPONSE], i, nth)
        other_now = engage.engaged(other, own, back, z, p.mentor_coupling, p)
        self.mentee, self.mentor_engagement = own_now, other_now
        z = normal(luck[Purpose.PERCEPTION], i, nth)
        self.perceived = perceive.perceived(self.perceived, own_now, alike, z, rules.perceive)
        self.satisfaction = strain.satisfied(self.satisfaction, own_now, contact, rules.strain)
        self.mentor_satisfaction = strain.satisfied(self.mentor_satisfaction, other_now, contact, rules.strain)
        mentor.joy += other_now

    def watch_spark(self) -> None:
        """Whether the tie has sparked is measured here and acts on nothing but its phase."""
        scene, mentee, quality = self.scene, self.holder, self.quality
        self.quality_sum += quality
        self.streak = engage.running(self.streak, quality, scene.rules.spark)
        if self.spark < 0 and self.streak >= scene.rules.spark.months:
            self.spark = scene.month
            mentee.sparks += 1
            scene.months["new_sparks"][scene.month] += 1
            if mentee.first_spark < 0:
                mentee.first_spark = scene.month

    def keep_trace(self) -> None:
        """The tie's month is kept, when the run is traced."""
        if len(self.scene.state.trace):
            shared.trace(self.scene.state, self.holder.row, self.slot, self.scene.month)

    def evaluate(self) -> None:
        """The tie ages, and both sides weigh it unless it has done its work."""
        scene, p = self.scene, self.scene.rules.evaluate
        if self.phase == INITIATION and (self.spark >= 0 or scene.month - self.start >= p.initiation):
            self.phase, self.since = CULTIVATION, scene.month
        if self.phase == CULTIVATION:
            self.investment = evaluate.invested(self.investment, self.quality, p)
        if not self.finish_work():
            self.weigh()

    def finish_work(self) -> bool:
        """A tie that has done its work moves with the mentee, turns collegial, or ends; gives whether it did any."""
        scene, mentee, d = self.scene, self.holder, self.domain
        if not evaluate.redundant(need.felt(mentee.needs[d], mentee.skill[d]), scene.rules.evaluate):
            return False
        onward = self.next_domain()
        if onward >= 0 and self.quality >= scene.rules.spark.level:
            self.domain = onward
        elif self.spark >= 0 and not mentee.has_colleague():
            release(scene.state, mentee.row, self.slot)
            self.phase, self.since = REDEFINITION, scene.month
        else:
            self.separate(BY_BOTH, REDUNDANT)
        return True

    def next_domain(self) -> int:
        """The unserved domain in which this mentor could best answer what is felt, if better than now; or -1."""
        mentee, expertise, best, now = self.holder, self.partner.expertise, -1, self.domain
        most = expertise[now] * need.felt(mentee.needs[now], mentee.skill[now])
        for d in self.scene.domains:
            answer = expertise[d] * need.felt(mentee.needs[d], mentee.skill[d])
            if answer > most and not mentee.is_served(d):
                best, most = d, answer
        return best

    def weigh(self) -> None:
        """Both sides weigh satisfaction, investment and alternatives against what an ending would cost."""
        scene, i, nth, p = self.scene, self.holder.row, self.nth, self.scene.rules.evaluate
        attention, cost = 1.0 if scene.checks_in else p.attention, self.cost_of_ending()
        others = hearsay.alternatives(self.holder, self.partner)
        commitment = evaluate.committed(self.satisfaction, self.investment, others, p)
        mentee_ends = evaluate.ends(uniform(self.luck[Purpose.STAY], i, nth), commitment, cost, attention, p)
        commitment = evaluate.committed(self.mentor_satisfaction, self.investment, 0.0, p)
        luck = uniform(self.luck[Purpose.MENTOR_STAY], i, nth)
        mentor_ends = evaluate.ends(luck, commitment, p.mentor_cost * cost, attention, p)
        if mentee_ends or mentor_ends:
            ender = BY_BOTH if mentee_ends and mentor_ends else (BY_MENTEE if mentee_ends else BY_MENTOR)
            self.separate(ender, MOVED_ON)
        elif leave.leaves(uniform(self.luck[Purpose.OUTSIDE], i, nth), scene.context.mentor_ends):
            self.separate(BY_MENTOR, OUTSIDE)

    def cost_of_ending(self) -> float:
        """What ending this tie would cost the mentee."""
        scene, p = self.scene, self.scene.rules
        formal = 0 < self.via <= CHOSEN and scene.month - self.start < scene.context.commitment_months
        pledge = p.evaluate.pledge if formal else 0.0
        return norm.cost_of_ending(scene.levers.stigma, self.holder.normal == 1, self.has_path(), pledge, p.norm)

    def has_path(self) -> bool:
        """Whether a no-fault path is at hand: known of, or offered by staff to a pair that they visited and that did not meet."""
        offered = self.visited == 1 and self.silent > 0
        return offered or (self.scene.levers.no_fault > 0.0 and self.holder.is_aware)

    def separate(self, ender: int, reason: int) -> None:
        """The tie is on its way to its end."""
        self.phase, self.since, self.ender, self.reason = SEPARATION, self.scene.month, ender, reason

    def part(self) -> None:
        """The tie ends, well or not, and leaves what endings leave."""
        scene, mentee, mentor, p = self.scene, self.holder, self.partner, self.scene.rules.part
        age = float(scene.month - self.start + 1)
        luck = uniform(scene.nature[Purpose.CLEAN], mentee.row, self.nth)
        well = part.ends_well(luck, 1.0 if self.has_path() else 0.0, float(mentee.normal), self.quality, p)
        mentee.belonging = part.hurt(mentee.belonging, well, age, p)
        mentee.initiative = part.discouraged(mentee.initiative, well, p)
        if well and self.reason < OUTSIDE:
            mentee.moved_on = 1.0
        self.close(self.ender, self.reason, well)
        if well and uniform(scene.luck[Purpose.REFERRAL], mentee.row, 0) < p.referral:
            mentor.refer(mentee)

    def close(self, ender: int, reason: int, well: bool) -> None:
        """The record is complete, the slot and the load are free."""
        close_tie(self.scene.state, self.holder.row, self.slot, self.scene.month, ender, reason, 1 if well else 0)
