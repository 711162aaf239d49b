"""Whom a mentee can come across: nearby, and in the program's directory."""

from typing import Any

from simulation.agents import acquaint, hearsay
from simulation.agents.science import encounter
from simulation.columns import VIEW
from simulation.draws import Purpose, uniform
from simulation.scenario.levers import OFF, REQUIRED
from simulation.steps.encounter import ACQUAINTED, SEARCHES


def encountered(mentee: Any, domain: int, directory: bool) -> list[tuple[Any, bool]]:
    """The mentors who come into view with a need in a domain, and whether the directory showed them."""
    scene, luck, view = mentee.scene, mentee.scene.luck[Purpose.CANDIDATE], []
    mentor, _ = hearsay.best_known(mentee, None)
    for _ in range(ACQUAINTED):
        if can_come(mentee, mentor, view):
            view.append((mentor, False))
        mentor, _ = hearsay.best_known(mentee, mentor)
    newness = encounter.newness(float(scene.month - mentee.cohort), scene.records.encounter)
    near, near_end = nearby(mentee)
    first, end = scene.listed(mentee.unit)
    for place in range(len(view), VIEW):
        if directory and place % 2 == 1:
            for search in range(SEARCHES if end > first else 0):
                drawn = uniform(luck, mentee.row, VIEW + place * SEARCHES + search)
                mentor = scene.mentors.get(scene.occupant[first + int(drawn * (end - first))])
                if can_come(mentee, mentor, view) and is_offered(mentee, mentor, domain):
                    view.append((mentor, True))
                    break
        elif near_end > near:
            drawn = uniform(luck, mentee.row, place)
            mentor = scene.mentors.get(scene.occupant[near + int(drawn * (near_end - near))])
            if can_come(mentee, mentor, view) and is_noticed(mentee, mentor, newness):
                view.append((mentor, False))
    return view


def nearby(mentee: Any) -> tuple[int, int]:
    """The posts of the unit where a mentee spends this month: first, and end."""
    scene, unit = mentee.scene, mentee.unit
    if uniform(scene.luck[Purpose.ROTATION], mentee.row, 0) < scene.setting.rotation:
        site = scene.units["site"][unit]
        first, end = scene.sites["first_unit"][site], scene.sites["end_unit"][site]
        unit = first + int(uniform(scene.luck[Purpose.PLACE], mentee.row, 0) * (end - first))
    return scene.unit_posts(unit)


def can_come(mentee: Any, mentor: Any, view: list[tuple[Any, bool]]) -> bool:
    """Whether a mentor can still come into view: there, not in view yet, not already the mentee's own."""
    if mentor is None or mentor.active != 1 or mentee.holds(mentor):
        return False
    return all(mentor is not seen for seen, _ in view)


def is_noticed(mentee: Any, mentor: Any, newness: float) -> bool:
    """Whether a mentor nearby is noticed this month."""
    scene = mentee.scene
    luck = uniform(scene.luck[Purpose.NOTICE], mentee.row, mentor.mentor)
    senior = min(mentor.seniority / scene.rules.arrive.seniority_years, 1.0)
    alike, standing = acquaint.alike(mentee, mentor), hearsay.standing(mentee, mentor)
    return encounter.notices(luck, alike, scene.context.homophily, senior, standing, newness, scene.rules.encounter)


def is_offered(mentee: Any, mentor: Any, domain: int) -> bool:
    """Whether the directory shows a mentor for a domain: a volunteer of a covered domain, who suits."""
    covered = (int(mentee.scene.levers.domains) >> domain) & 1
    return covered == 1 and mentor.volunteer == 1 and suits(mentee, mentor)


def suits(mentee: Any, mentor: Any) -> bool:
    """Whether identity matching lets the program bring these two together."""
    levers = mentee.scene.levers
    if levers.identity == OFF:
        return True
    for a in mentee.scene.attributes:
        if (int(levers.attributes) >> a) & 1:
            same, wish = mentee.group[a] == mentor.group[a], mentee.wish[a]
            if levers.identity == REQUIRED and not same:
                return False
            if levers.identity != REQUIRED and wish != 0 and same != (wish > 0):
                return False
    return True
