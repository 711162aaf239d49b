"""Who gets whom: what every procedure keeps, and what each promises."""

import itertools

import numpy as np
import pytest
from drawn import seeds
from hypothesis import assume, given
from hypothesis import strategies as st
from matching.games import HospitalResident
from running import opened

from simulation.matching.arrival import by_arrival
from simulation.matching.coordinator import by_coordinator
from simulation.matching.lot import by_lot
from simulation.matching.optimal import optimally
from simulation.matching.stable import stably
from simulation.scenario.policy import Policy
from simulation.steps.assign import site_mentors

PROCEDURES = [by_arrival, by_coordinator, by_lot, optimally, stably]
FIRST_COME = [by_arrival, by_coordinator, by_lot]  # nobody is displaced once served
every = pytest.mark.parametrize("procedure", PROCEDURES)


@st.composite
def rounds(draw, mentees=8, mentors=5, room=3, allowed=None):
    """Scores on both sides without draws, room and luck; the office may not make some of the pairs."""
    m, n = draw(st.integers(0, mentees)), draw(st.integers(1, mentors))
    rng = np.random.default_rng(draw(seeds))
    wants, likes = rng.normal(size=(m, n)), rng.normal(size=(n, m))
    barred = rng.random((m, n)) < (draw(st.sampled_from([0.0, 0.3, 0.8])) if allowed is None else 1.0 - allowed)
    wants[barred], likes[barred.T] = -np.inf, -np.inf
    return wants, likes, rng.integers(0, room + 1, n), rng.random(m)


@every
@given(rounds())
def test_room_is_kept_and_barred_pairs_are_not_made(procedure, given_round):
    wants, likes, room, luck = given_round
    before = room.copy()
    chosen = procedure(wants, likes, room, luck)
    assert chosen.shape == (len(wants),)
    assert (room == before).all()
    for j, places in enumerate(room):
        assert (chosen == j).sum() <= places
    for i, j in enumerate(chosen):
        assert j == -1 or np.isfinite(wants[i, j])


@every
@given(rounds())
def test_nobody_waits_beside_an_open_place(procedure, given_round):
    wants, likes, room, luck = given_round
    chosen = procedure(wants, likes, room, luck)
    for i in np.flatnonzero(chosen < 0):
        for j in np.flatnonzero(np.isfinite(wants[i])):
            assert (chosen == j).sum() == room[j]


@every
def test_nobody_and_nothing(procedure):
    nobody = procedure(np.empty((0, 2)), np.empty((2, 0)), np.array([1, 1]), np.empty(0))
    nothing = procedure(np.empty((2, 0)), np.empty((0, 2)), np.empty(0, np.int64), np.array([0.3, 0.6]))
    assert nobody.tolist() == [] and nothing.tolist() == [-1, -1]


@given(rounds())
def test_stable_has_no_blocking_pair(given_round):
    wants, likes, room, luck = given_round
    chosen = stably(wants, likes, room, luck)
    for i, j in itertools.product(range(len(wants)), range(len(room))):
        if np.isfinite(wants[i, j]) and room[j] > 0 and (chosen[i] < 0 or wants[i, j] > wants[i, chosen[i]]):
            held = np.flatnonzero(chosen == j)
            assert len(held) == room[j] and likes[j, held].min() > likes[j, i]


@given(rounds(allowed=1.0))
def test_stable_is_what_mentees_like_best_among_stable_ones(given_round):
    wants, likes, room, luck = given_round
    room = np.maximum(room, 1)
    assume(len(wants) > 0)
    mentees = {f"i{i}": [f"j{j}" for j in np.argsort(-wants[i])] for i in range(len(wants))}
    mentors = {f"j{j}": [f"i{i}" for i in np.argsort(-likes[j])] for j in range(len(room))}
    game = HospitalResident.create_from_dictionaries(mentees, mentors, {f"j{j}": int(c) for j, c in enumerate(room)})
    expected = np.full(len(wants), -1)
    for mentor, served in game.solve(optimal="resident").items():
        for mentee in served:
            expected[int(mentee.name[1:])] = int(mentor.name[1:])
    assert stably(wants, likes, room, luck).tolist() == expected.tolist()


@given(rounds(), seeds)
def test_one_more_place_makes_no_mentee_worse_off_when_stable(given_round, seed):
    wants, likes, room, luck = given_round
    more = room.copy()
    more[seed % len(room)] += 1
    before, after = stably(wants, likes, room, luck), stably(wants, likes, more, luck)
    for i in range(len(wants)):
        if before[i] >= 0:
            assert after[i] >= 0 and wants[i, after[i]] >= wants[i, before[i]]


@given(rounds(mentees=4, mentors=3, room=2))
def test_optimal_is_the_best_of_all(given_round):
    wants, likes, room, luck = given_round
    worth = wants + likes.T

    def result(chosen):
        pairs = [(i, j) for i, j in enumerate(chosen) if j >= 0]
        return len(pairs), sum(worth[pair] for pair in pairs)

    def feasible(chosen):
        fits = all(chosen.count(j) <= places for j, places in enumerate(room))
        return fits and all(np.isfinite(worth[i, j]) for i, j in enumerate(chosen) if j >= 0)

    ways = itertools.product(range(-1, len(room)), repeat=len(wants))
    best = max(result(way) for way in ways if feasible(way))
    assert result(optimally(wants, likes, room, luck)) == pytest.approx(best)


@given(rounds())
def test_the_coordinator_gives_the_first_in_turn_the_best_pair(given_round):
    wants, likes, room, luck = given_round
    assume(len(wants) > 0)
    first = np.argmin(luck)
    score = np.where(room > 0, wants[first] + likes[:, first], -np.inf)
    expected = np.argmax(score) if np.isfinite(score).any() else -1
    assert by_coordinator(wants, likes, room, luck)[first] == expected


def test_arrival_goes_down_the_list():
    wants = np.array([[0.0, 9.0], [0.0, 9.0], [-np.inf, 0.0], [0.0, 0.0]])
    assert by_arrival(wants, wants.T, np.array([1, 2]), np.zeros(4)).tolist() == [0, 1, 1, -1]


@pytest.mark.parametrize("procedure", FIRST_COME)
@given(rounds(allowed=1.0))
def test_luck_or_arrival_alone_says_who_goes_without(procedure, given_round):
    wants, likes, room, luck = given_round
    order = np.arange(len(wants)) if procedure is by_arrival else np.argsort(luck)
    served = procedure(wants, likes, room, luck)[order] >= 0
    assert served.tolist() == [place < room.sum() for place in range(len(wants))]


@st.composite
def equals(draw):
    """A round in which mentees and mentors are alike to each other, in a few levels, and both in another order."""
    m, n = draw(st.integers(1, 8)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(seeds))
    wants, likes = rng.integers(0, 2, (m, n)).astype(float), rng.integers(0, 2, (n, m)).astype(float)
    return wants, likes, rng.integers(0, 3, n), rng.random(m), rng.permutation(m)


@pytest.mark.parametrize("procedure", [by_coordinator, by_lot, stably])
@given(equals())
def test_who_wins_among_equals_does_not_depend_on_the_order_of_mentees(procedure, given_round):
    wants, likes, room, luck, order = given_round
    chosen = procedure(wants, likes, room, luck)
    assert procedure(wants[order], likes[:, order], room, luck[order]).tolist() == chosen[order].tolist()


@given(equals())
def test_who_is_served_among_equals_does_not_depend_on_the_order_of_mentees_when_optimal(given_round):
    """Of assignments that are as good, the same is found, since mentees are taken in the order of their luck."""
    wants, likes, room, luck, order = given_round
    chosen = optimally(wants, likes, room, luck)
    assert optimally(wants[order], likes[:, order], room, luck[order]).tolist() == chosen[order].tolist()


@pytest.mark.parametrize("procedure", [by_coordinator, by_lot, optimally, stably])
def test_equals_win_alike_often(procedure):
    """Four mentees, one place, nothing to tell them apart: each has a quarter, within five standard errors."""
    rng, runs = np.random.default_rng(4), 2_000
    won = np.zeros(4)
    for _ in range(runs):
        won += procedure(np.zeros((4, 1)), np.zeros((1, 4)), np.array([1]), rng.random(4)) >= 0
    assert won.sum() == runs
    assert np.abs(won / runs - 0.25).max() < 5.0 * np.sqrt(0.25 * 0.75 / runs)


@pytest.mark.parametrize(("pairing", "drawn"), [("arrival", False), ("coordinator", True), ("optimal", True), ("stable", True)])
def test_mentors_who_are_equal_are_taken_by_luck(pairing, drawn, small_hospital):
    state, layout = opened(small_hospital, Policy(name="paired").with_({"empower.pairing": pairing}), 1, 1)
    posts = state.mentors["post"][site_mentors(state, layout.setting, 1, 0)[0]]
    assert (np.diff(posts) > 0).all() != drawn
    assert sorted(posts) == sorted(set(posts))
