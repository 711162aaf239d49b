"""Seats: nobody moves, no two people share a place at one time, and islands and their labels have their own room."""

import base64
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import Policy, World, simulate
from simulation.allocate import lay_out
from simulation.page.recording import recorded
from simulation.seats import LETTER, LINE, seats, seats_in, seats_json


@st.composite
def programs(draw):
    """Units, cohorts, posts and islands, with labels; and after how many months people graduate, if they do."""
    count = draw(st.integers(1, 20))
    islands = [one for one in range(count) for _ in range(draw(st.integers(1, 3)))]
    labels = [" ".join(draw(st.lists(st.text("abcdefghij", min_size=1, max_size=12), min_size=1, max_size=3))) for _ in range(count)]
    units, cohorts = [], []
    for unit in range(len(islands)):
        for cohort in range(-24, draw(st.sampled_from((0, 36, 72))), 12):
            heads = draw(st.integers(0, 6))
            units += [unit] * heads
            cohorts += [cohort] * heads
    posts = [unit for unit in range(len(islands)) for _ in range(draw(st.integers(0, 6)))]
    return units, cohorts, posts, islands, labels, draw(st.sampled_from((None, 12, 36)))


def overlap(one, other):
    """Whether two boxes (low x, low y, high x, high y) share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def label_box(island, em):
    """The box of a label, by the size of its letters."""
    lines = island.label.split("\n")
    wide, high = LETTER * em * max(map(len, lines)), LINE * em * len(lines)
    return island.label_x - wide / 2, island.label_y - high / 2, island.label_x + wide / 2, island.label_y + high / 2


def check_islands(found):
    """Islands and labels lie in the square and touch nothing."""
    boxes = [label_box(island, found.em) for island in found.islands]
    for island, box in zip(found.islands, boxes, strict=True):
        x, y, radius = island[:3]
        assert min(x - radius, y - radius, *box) >= 0.0 and max(x + radius, y + radius, *box) <= 1.0
    for (one, its), (other, other_box) in combinations(zip(found.islands, boxes, strict=True), 2):
        assert np.hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius
        assert not overlap(its, other_box)
    for box in boxes:
        for island in found.islands:
            nearest = np.clip((island.x, island.y), box[:2], box[2:])
            assert np.hypot(*(nearest - (island.x, island.y))) > island.radius


@given(programs())
@settings(max_examples=40, deadline=None)
def test_laws_of_seats(program):
    units, cohorts, posts, islands, labels, months = program
    found = seats(*program)
    check_islands(found)
    present = sorted({islands[unit] for unit in (*units, *posts)})
    assert [island.label.replace("\n", " ") for island in found.islands] == [" ".join(labels[one].split()) for one in present]
    for places, where in ((found.mentees, units), (found.posts, posts)):
        for (x, y), unit in zip(places.tolist(), where, strict=True):
            island = found.islands[present.index(islands[unit])]
            assert np.hypot(x - island.x, y - island.y) < island.radius
    stays = [(cohort, cohort + months if months else np.inf) for cohort in cohorts]
    for month in sorted(set(cohorts)):
        here = [row for row, (first, end) in enumerate(stays) if first <= month < end]
        places = np.concatenate([found.mentees[here], found.posts])
        far = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + np.eye(len(places))
        assert far.min(initial=1.0) > 0.99 * found.apart > 0.0


def test_a_seat_is_free_again_when_its_cohort_has_graduated():
    found = seats([0, 0, 0, 0], [0, 12, 24, 36], [0], [0], ["one"], 24)
    places = found.mentees.tolist()
    assert places[0] == places[2] and places[1] == places[3] and places[0] != places[1]
    assert len(set(map(tuple, seats([0, 0, 0, 0], [0, 12, 24, 36], [0], [0], ["one"]).mentees.tolist()))) == 4


WORLDS = ("teaching_hospital", "junior_faculty", "surgery_residency", "women_in_engineering", "youth_program")


@pytest.mark.parametrize("name", WORLDS)
def test_seats_of_shipped_worlds(name):
    world = World.load(name)
    found = seats_in(lay_out(world, Policy(), world.people.months), world)
    check_islands(found)
    other = seats_in(lay_out(world, Policy.load("six_tips").with_({"empower.mentors_at_once": 4}), world.people.months), world)
    assert other.mentees.tobytes() == found.mentees.tobytes() and other.posts.tobytes() == found.posts.tobytes()
    assert found.apart > 0.012  # people can be told apart on a stage of 600 pixels: 7 of them from one to the next


def test_sites_are_islands_where_there_is_one_discipline():
    for sites in (1, 2, 8):
        world = World.load("youth_program").with_({"people.mentees": 40 * sites, "people.site_mentees": 40})
        found = seats_in(lay_out(world, Policy(), 36), world)
        check_islands(found)
        assert [island.label for island in found.islands] == (["Community"] if sites == 1 else [f"Site {k + 1}" for k in range(sites)])


@pytest.mark.parametrize("people", [20, 1500])
def test_few_and_many_people_find_room(people):
    world = World.load("teaching_hospital").with_({"people.mentees": people, "people.mentors": people // 3, "people.site_mentees": 300})
    check_islands(seats_in(lay_out(world, Policy(), 60), world))


@pytest.mark.jit_only  # whole runs: minutes in plain Python
def test_in_a_run_no_two_share_a_seat_at_one_time():
    world = World.load("teaching_hospital").with_({"people.mentees": 60, "people.mentors": 20, "people.months": 75})
    run = simulate(world, Policy.load("six_tips"), seed=2, trace=True)
    found, told = seats_in(run.layout, world), recorded(run)
    places = [tuple(place) for place in found.mentees.tolist()]
    assert len(set(places)) < len(places)  # seats are used again
    for month in range(75):
        here = np.flatnonzero((told["p_how"] > 0) & (told["p_cohort"] <= month) & ((told["p_exit"] < 0) | (told["p_exit"] >= month)))
        assert len({places[row] for row in here}) == len(here)
        mentors = np.flatnonzero((told["k_joined"] <= month) & ((told["k_exit"] < 0) | (told["k_exit"] > month)))
        assert len(set(told["k_post"][mentors].tolist())) == len(mentors)


def test_the_json_holds_the_same_places():
    found = seats([0, 0, 1], [0, 0, 0], [0, 1], [0, 1], ["one", "another"])
    told = seats_json(found)
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(told["p"]), "<f4").reshape(-1, 2), found.mentees)
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(told["k"]), "<f4").reshape(-1, 2), found.posts)
    assert told["islands"][1]["label"] == "another" and told["apart"] == found.apart
