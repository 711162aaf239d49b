"""Heads keep the shares of a world: in all, at each site, and in each cohort."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.allocate import lay_out
from simulation.scenario.places import apportioned, missing_people, places_of
from simulation.scenario.policy import Policy
from simulation.scenario.world import World


def with_shares(shares, **people):
    disciplines = [{"name": f"d{place}", "mentees": share} for place, share in enumerate(shares)]
    return World.model_validate({"name": "shared", "people": people, "disciplines": disciplines})


@st.composite
def shared(draw, **pinned):
    """Worlds of one to 32 disciplines of any size."""
    weights = draw(st.lists(st.integers(1, 40), min_size=1, max_size=32))
    people = {"mentees": draw(st.integers(2, 900)), "years": draw(st.integers(1, 6)), "unit_mentees": draw(st.integers(2, 40)),
              "site_mentees": draw(st.integers(10, 900)), "graduates": draw(st.booleans())}  # fmt: skip
    people |= pinned
    return with_shares([weight / sum(weights) for weight in weights], **people)


def by_discipline(world, heads, places):
    return np.bincount(places.discipline, weights=heads, minlength=len(world.disciplines))


def due(world, heads):
    return np.array([discipline.mentees for discipline in world.disciplines]) * heads


def test_the_shares_that_were_lost():
    """Of 100 people, two of five disciplines had nobody and one had twice its share; of twelve, eight had nobody."""
    lost = with_shares([0.5, 0.25, 0.08, 0.09, 0.08], mentees=100)
    assert by_discipline(lost, places_of(lost).heads, places_of(lost)).tolist() == [50, 25, 8, 9, 8]
    twelve = with_shares([1 / 12] * 12, mentees=100)
    assert set(by_discipline(twelve, places_of(twelve).heads, places_of(twelve))) == {8.0, 9.0}
    assert missing_people(lost) == missing_people(twelve) == []


def test_largest_remainders_by_hand():
    assert apportioned([0.5, 0.3, 0.2], 9).tolist() == [4, 3, 2]
    assert apportioned([0.25, 0.25, 0.5], 2).tolist() == [1, 0, 1]  # of equal remainders the first
    assert apportioned([0.1] * 3, 300).tolist() == [100] * 3


@settings(max_examples=100)
@given(shared())
def test_every_discipline_has_its_share_within_one_head(world):
    places, heads = places_of(world), world.people.mentees
    assert places.heads.sum() == heads and (places.heads > 0).all()
    assert (np.abs(by_discipline(world, places.heads, places) - due(world, heads)) < 1.0).all()
    whole = apportioned([discipline.mentees for discipline in world.disciplines], heads)
    assert (np.abs(places.by_site - whole / places.sites) < 1.0).all()


@settings(max_examples=100)
@given(shared(site_mentees=5000))
def test_every_cohort_keeps_the_shares_within_one_head(world):
    """Within one head of what the whole heads of the start would give; all cohorts of the start together, if alike, are these."""
    layout, places = lay_out(world, Policy(), 40), places_of(world)
    assert layout.first_rows.flags.c_contiguous and layout.first_rows.dtype == np.int64  # as compiled code takes it
    cohorts = np.diff(layout.first_rows, axis=1)
    assert (cohorts >= 0).all()
    whole = by_discipline(world, places.heads, places) / world.people.mentees
    for heads in cohorts:
        assert (np.abs(by_discipline(world, heads, places) - whole * heads.sum()) < 1.0).all()
    if world.people.graduates and world.people.mentees % world.people.years == 0:
        assert by_discipline(world, cohorts[: world.people.years].sum(axis=0), places).tolist() == (whole * world.people.mentees).round().tolist()


def test_mentors_are_in_proportion_to_heads():
    world = with_shares([0.9, 0.05, 0.05], mentees=100, mentors=40)
    layout = lay_out(world, Policy(), 12)
    posts = by_discipline(world, layout.units.end_post - layout.units.first_post, places_of(world))
    assert posts.tolist() == [36, 2, 2]


def test_a_discipline_without_anybody_is_told():
    few = with_shares([0.98, 0.01, 0.01], mentees=30, mentors=2)
    assert [text.partition(" has ")[0::2] for text in missing_people(few)] == [
        ("discipline d1", "no mentees (a share of 0.01 of 30)"), ("discipline d2", "no mentees (a share of 0.01 of 30)"),
    ]  # fmt: skip
    assert "d0 has no mentors (people.mentors is 1)" in missing_people(with_shares([0.5, 0.5], mentees=30, mentors=1))[0]


@pytest.mark.parametrize("name", ["teaching_hospital", "women_in_engineering", "youth_program"])
def test_units_of_shipped_worlds_are_as_large_as_they_say(name):
    world = World.load(name)
    assert set(places_of(world).heads) == {world.people.unit_mentees}
