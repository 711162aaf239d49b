"""Six lessons, one a phenomenon: what is asked, which worlds run in the page, and the number of the full experiment.

What a learner predicts, plays and switches is the phenomenon's own world; only the number of programs is smaller, and in
tipping the ramp is faster. Each lesson says so beside the number that `mentorship phenomenon` measured.
"""

import base64
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from simulation.page.image import image_of
from simulation.phenomena import adaptation, emergence, feedback, path_dependence, sensitive_dependence, tipping
from simulation.phenomena.reported import measured
from simulation.run import lay_out
from simulation.scenario.policy import Policy
from simulation.scenario.world import World
from simulation.seats import Seats, seats_in, seats_json

Played = tuple[World, Policy]
WHOLE = "whole"  # the key of a mapping over which nothing earlier shows through
RAMP = 120  # months each way of the ramp that runs in the page; the full experiment has three, of 60, 240 and 1200


class Lesson(NamedTuple):
    """The words of a lesson, in the order in which they are read."""

    name: str  # of the phenomenon
    title: str
    sees: str  # what is on the stage
    asks: str
    bets: tuple[str, ...]  # what can be bet on; none where a curve is drawn
    watch: str  # while it plays
    titles: tuple[str, ...]  # above the stages
    mechanism: str  # what the switch takes away
    without: str  # what is then seen
    measures: str  # the number that runs live
    programs: int  # that run live, with the mechanism and without it
    smaller: str  # how the live number is smaller than the full one
    home: str  # a question to take home


LESSONS = (
    Lesson(
        "emergence", "Where does a spark come from?",
        "Mentees and mentors are paired by lot. For a year nobody may leave, and nobody may look for another partner.",
        "Pairs are drawn by lot, and who the two are tells little. After a year, how does the quality of the pairs spread?",
        ("Most pairs are middling: one hump.", "Every quality is about as common as any other.",
         "Pairs fall into two camps: cold, and on fire."),
        "Each month both sides respond to how the other responded. Gold means that both are engaged.",
        ("Each answers the other", "Each ignores the other"),
        "each side answers the other",
        "The same pairs with the same luck, but each responds as if to a mean partner. Nothing is left to build on.",
        "Sarle's coefficient of bimodality: 0.56 for an even spread, 1 for two points", 3,
        "The full experiment tests the dip, which tells two humps from one more strictly.",
        "Two people meet and it does not catch fire. What can you say about either of them?",
    ),
    Lesson(
        "sensitivity", "What is one relationship worth?",
        "A program with all six tips, in its second month. You may end one relationship; nothing else is changed.",
        "Five years on, how many other people lead another life, with other relationships or another exit?",
        ("Nobody else.", "A few: fewer than one in twenty.", "Many: one in twenty, or more."),
        "Left, the relationship lives; right, you ended it. A ring marks whose life differs from that month on.",
        ("As it was", "Without that relationship"),
        "people share mentors' time, talk and look around",
        "Mentors have time for all, nobody talks and nobody looks around. The same person loses one, and nothing spreads.",
        "share of other people whose relationships or exit differ", 1,
        "This is one program, and one relationship. The full experiment ends one in each of many programs.",
        "Whom would you tell that they owe their mentor to a stranger's meeting?",
    ),
    Lesson(
        "path_dependence", "Do identical programs stay alike?",
        "Twelve programs with the same rules and the same kinds of people. Only their luck differs. You see two of them.",
        "Ten years on, how far apart are they in the share of endings that go well?",
        ("Closer together than coin flips would be.", "As far apart as coin flips.", "Further apart than coin flips."),
        "A white rim marks people to whom moving on is normal. Where it is normal, it is seen to be, and so it spreads.",
        ("One program", "Its twin by the rules"),
        "people hear from others and look around",
        "Nobody hears of anybody and nobody looks around. Each ending is a matter of two people, like a coin of their own.",
        "variance over programs, divided by that of coin flips", 12,
        "Twelve programs say little about a variance: coin flips alone give 0.35 to 1.99 in 95 of 100 such twelves; "
        "so twelve can miss what the full experiment finds.",
        "A neighbouring program copies yours, rule by rule. Why may it not get your results?",
    ),
    Lesson(
        "tipping", "Does a norm go back the way it came?",
        "Slowly, more and more people show openly that moving on is normal; then, as slowly, fewer and fewer do.",
        "You see the way up. Draw the way back: to how many is moving on still normal, as the role models leave?",
        (),
        "A white rim marks people to whom moving on is normal.",
        ("The norm feeds itself", "The norm changes nothing"),
        "a norm feeds itself",
        "People still see and remember, but what they think normal changes no ending. Each program goes by its own luck.",
        "people to whom moving on is normal: on the way back, more than on the way up (points)", 6,
        "The ramp here takes ten years each way. Any norm lags behind such a ramp, so the full experiment runs three speeds "
        "and reckons what is left at a ramp that never ends.",
        "Leaders stop talking about a good habit. What decides whether it stays?",
    ),
    Lesson(
        "feedback", "Who pays for a match?",
        "A faculty with few women among its mentors. Left, nobody is matched by gender; right, everybody is.",
        "Over ten years, how worn out are the women who mentor when everybody is matched?",
        ("Less than without matching.", "It makes no difference that can be seen.", "More than without matching."),
        "Matched mentees look for the few mentors who match. Watch how many relationships each of those carries.",
        ("Nobody is matched", "Everybody is matched by gender"),
        "mentoring takes time that nobody has",
        "Every mentor has protected time enough. The few still carry more relationships, but they are not worn out by them.",
        "burnout of women who mentor, more than without matching (points of 100)", 12,
        "Leaving is rarer than burnout, and 12 pairs of runs cannot show it: the full experiment counts who leaves.",
        "Which good rule of yours rests on a few people's time, and who counts their hours?",
    ),
    Lesson(
        "adaptation", "Can a program learn in time?",
        "For two lean years mentors find less time to meet. Left, the program does not look; right, it asks everybody each "
        "quarter and moves its own levers.",
        "The lean years cost both programs mentees with a mentor. Which one loses more?",
        ("The one that looks loses more.", "Both lose as many.", "The one that looks loses fewer."),
        "Flags mark the months in which the program moves one of its levers.",
        ("It does not look", "It looks, and moves its levers"),
        "the program moves its own levers",
        "The program asks as before, and files the answers. Here asking alone changes nothing.",
        "mentees with a mentor lost to the lean years: fewer than where nobody looks (points)", 8,
        "The full experiment has more programs; it also has one that knows late and from few.",
        "What would your program know of a bad year, how soon, and what may it then move?",
    ),
)  # fmt: skip


def played() -> dict[str, dict[str, tuple[Played, ...]]]:
    """The worlds and policies of each lesson: with the mechanism on, and with it off."""

    def shocks(adapts: bool) -> tuple[Played, ...]:
        programs = ("alone", True), ("prompt", True), ("alone", False), ("prompt", False)
        return tuple(adaptation.played(program, adapts, shocked) for program, shocked in programs)

    both = {"on": True, "off": False}
    return {
        "emergence": {key: (emergence.played(on),) for key, on in both.items()},
        "sensitivity": {key: (sensitive_dependence.played(on),) for key, on in both.items()},
        "path_dependence": {key: (path_dependence.played(on),) for key, on in both.items()},
        "tipping": {key: (tipping.played(on),) for key, on in both.items()},
        "feedback": {key: tuple(feedback.played(matched, on) for matched in (False, True)) for key, on in both.items()},
        "adaptation": {key: shocks(on) for key, on in both.items()},
    }


MONTHS = {
    "emergence": emergence.YEAR,
    "sensitivity": sensitive_dependence.MONTHS,
    "path_dependence": path_dependence.MONTHS,
    "tipping": tipping.SETTLING + 2 * RAMP,
    "feedback": 12 * feedback.YEARS,
    "adaptation": adaptation.AT + adaptation.AFTER,
}
# What the live experiments reckon with, from the phenomena themselves.
FACTS: Mapping[str, Mapping[str, Any]] = {
    "emergence": {"met": emergence.MET, "quarter": emergence.QUARTER},
    "sensitivity": {"lost": sensitive_dependence.LOST},
    "path_dependence": {"window": path_dependence.WINDOW, "every": path_dependence.EVERY},
    "tipping": {"settling": tipping.SETTLING, "ramp": RAMP, "top": tipping.TOP, "back": tipping.BACK},
    "feedback": {"women": feedback.WOMEN, "years": feedback.YEARS},
    "adaptation": {"at": adaptation.AT, "counted": adaptation.COUNTED},
}


def lessons() -> tuple[list[dict[str, Any]], dict[str, Any], bytes]:
    """The lessons of a page: what it says, the images of their worlds and policies, and the images' blocks, one behind the other.

    An arm is [image, policy]: two places. An image is what differs from the one before it (`changes`).
    """
    told, arms, full = [], played(), measured()
    images, blocks, seen, before = [], b"", {}, {}
    for lesson in LESSONS:
        places: dict[str, list[list[int]]] = {}
        for key, plays in arms[lesson.name].items():
            places[key] = []
            for world, policy in plays:
                known = (world.model_dump_json(), MONTHS[lesson.name])
                if known not in seen:
                    image = image_of(world, list(_policies(arms[lesson.name], world)), MONTHS[lesson.name])
                    seats = narrow(seats_in(lay_out(world, Policy(), MONTHS[lesson.name]), world))
                    whole = {
                        "description": image.description,
                        "seats": seats,
                        "at": len(blocks),
                        "size": len(image.content),
                    }
                    seen[known] = len(images), image.description["policies"]
                    images.append(changes(before, whole))
                    before, blocks = whole, blocks + image.content
                place, policies = seen[known]
                places[key].append([place, [one["name"] for one in policies].index(_key(policy))])
        number = full.get(lesson.name)
        said = (
            {"label": number.statistic, "said": number.said, "off": number.off_said, "seeds": number.seeds}
            if number
            else None
        )
        told.append(
            lesson._asdict()
            | {"arms": places, "facts": FACTS[lesson.name], "months": MONTHS[lesson.name], "full": said}
        )
    return told, {"images": images}, blocks


def narrow(seats: Seats) -> dict[str, Any]:
    """Seats as JSON in little room: each place once, in parts of 65535, and the number of each mentee's place."""
    places, of = np.unique(np.round(seats.mentees * 65535.0).astype("<u2"), axis=0, return_inverse=True)
    parts = {"places": places, "of": of.astype("<u2"), "posts": np.round(seats.posts * 65535.0).astype("<u2")}
    packed = {name: base64.b64encode(part.tobytes()).decode() for name, part in parts.items()}
    return {name: value for name, value in seats_json(seats).items() if name not in ("p", "k")} | packed


def _policies(arms: Mapping[str, tuple[Played, ...]], world: World) -> Iterator[Policy]:
    """The policies of a lesson that are played in a world, each once, under a name of its own."""
    seen = set()
    for plays in arms.values():
        for there, policy in plays:
            if there == world and _key(policy) not in seen:
                seen.add(_key(policy))
                yield policy.model_copy(update={"name": _key(policy)})


def _key(policy: Policy) -> str:
    """A name that no other policy of a lesson has: its levers."""
    return policy.model_dump_json(exclude={"name", "title", "text"})


def changes(before: Any, after: Any) -> Any:
    """What has to be laid over `before` to have `after`: the parts of mappings that differ, and whole what is no mapping.

    A mapping that lacks a key of the one before it is whole too, and says so by the key `whole`.
    """
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return after
    if before.keys() - after.keys():
        return {WHOLE: after}
    parts = {key: changes(before.get(key), value) for key, value in after.items()}
    return {key: part for key, part in parts.items() if key not in before or before[key] != after[key]}
