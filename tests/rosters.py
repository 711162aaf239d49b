"""Worlds with a roster, for tests: 84 mentees in nine unlike disciplines, 31 mentors, and one person planted among them."""

from itertools import cycle, islice

from simulation.scenario.world import World

MENTEES = {"medicine": 30, "surgery": 18, "pediatrics": 12, "psychiatry": 8, "radiology": 5, "pathology": 4, "dermatology": 3, "neurology": 3, "genetics": 1}
MENTORS = {"medicine": 10, "surgery": 7, "pediatrics": 5, "psychiatry": 3, "radiology": 2, "pathology": 1, "dermatology": 1, "ethics": 2}
GENDERS, YEARS = ("woman", "man", "woman", "man", "man", "woman", "man"), (1, 2, 3, None, 5, 2, 1)
PLANTED = {"discipline": "radiology", "year": 4, "groups": {"gender": "nonbinary", "minority": "minority"}, "heads": 1}


def cells(heads: dict[str, int], years: bool = True) -> list[dict]:
    """People one by one, with groups and years in turn."""
    found = []
    for discipline, count in heads.items():
        for k, gender, year in zip(range(count), cycle(GENDERS), cycle(YEARS), strict=False):
            groups = {"gender": gender, "minority": "minority" if k % 3 == 0 else "majority"}
            found.append({"discipline": discipline, "groups": groups} | ({"year": year} if years and year else {}))
    return found


def office(planted: bool = False, **changes) -> World:
    """The world of an office: `teaching_hospital` with its own people; with a person planted, the only one of a group."""
    mentees = cells(MENTEES)
    groups = ("man", "woman")
    if planted:
        mentees, groups = [*(one for one in mentees if one["discipline"] != "radiology"), *radiologists(), PLANTED], (*groups, "nonbinary")
    shares = {"man": 0.5, "woman": 0.5 - 0.012 * planted} | ({"nonbinary": 0.012} if planted else {})
    names = list(dict.fromkeys([*MENTEES, *MENTORS]))
    return World.load("teaching_hospital").with_({
        "name": "office", "people.mentees": 84, "people.mentors": 31,
        "disciplines": [{"name": name, "mentees": MENTEES.get(name, 0) / 84} for name in names],
        "identities.gender": {"groups": list(groups), "mentees": shares, "mentors": shares},
        "roster": {"mentees": mentees, "mentors": cells(MENTORS, years=False)}, **changes,
    })  # fmt: skip


def radiologists() -> list[dict]:
    """The four beside the one who is planted."""
    return list(islice(cells({"radiology": 4}), 4))
