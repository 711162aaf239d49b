"""Who people are: what they were drawn as on arrival, and both sides of a tie."""

import numpy as np
import pandas as pd
import pytest

from simulation import MentorshipModel, Policy, World, simulate


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital").with_({"people.mentees": 40, "people.mentors": 16, "people.months": 14})


@pytest.fixture(scope="module")
def run(world):
    return simulate(world, Policy.load("six_tips"), seed=5, trace=True)


def test_arrivals_are_what_lasts_in_the_rows(run):
    rows, told = np.asarray(run.state.mentees)[run.mentees["mentee"]], run.arrivals
    assert told["mentee"].tolist() == run.mentees["mentee"].tolist()
    for name in ("openness", "initiative", "ability", "hours"):
        np.testing.assert_array_equal(told[name], rows[name])
    np.testing.assert_array_equal(told[["trait_1", "trait_2", "trait_3"]], rows["trait"])
    np.testing.assert_array_equal(
        told["wish_gender"].map({"another": -1, "no matter": 0, "same": 1}).astype(int), rows["wish"][:, 0]
    )
    np.testing.assert_array_equal(told["wish_strength_minority"], rows["wish_strength"][:, 1])


def test_arrivals_are_what_was_there_before_anybody_lived(world, run):
    """What moves later is as it is on the first day, and the same under every policy."""
    first = simulate(
        world.with_({"parameters.strain.rate": 0.0, "parameters.need.jump": 0.0}), Policy(), seed=5, months=1
    )
    there = first.arrivals["mentee"][first.mentees["exit_month"].isna()]
    for name in ("belonging", "burnout"):
        np.testing.assert_array_equal(first.arrivals.loc[there, name], first.mentees.loc[there, name])
        np.testing.assert_array_equal(run.arrivals[name].iloc[: len(first.arrivals)], first.arrivals[name])
    assert not np.array_equal(
        run.arrivals["clarity"], np.asarray(run.state.mentees)["clarity"][run.mentees["mentee"]]
    )  # workshops
    pd.testing.assert_frame_equal(run.arrivals, simulate(world, Policy(), seed=5).arrivals)
    assert run.arrivals.notna().all().all() and run.arrivals.filter(like="need_").to_numpy().max() <= 1.0


def test_those_know_of_the_program_whose_bound_support_is_above(world, run):
    model = MentorshipModel(world, Policy.load("six_tips"), rng=5)
    while model.month < 9:
        model.step()
    support = float(model.state.institution.support)
    bounds = run.arrivals.set_index("mentee")["knows_above"]
    people = [agent for agent in model.agents if agent.kind == "mentee"]
    assert [agent.is_aware() for agent in people] == [bounds[agent.row] < support for agent in people]
    never = world.with_({"parameters.institution.aware": 0.0, "context.awareness": 0.5})
    assert set(simulate(never, Policy(), seed=5, months=1).arrivals["knows_above"]) == {-1.0, 1.0}


def test_arrivals_after_a_burn_in_are_those_of_the_study(world):
    run = simulate(world.with_({"people.burn_in": 1}), Policy(), seed=5, months=2)
    assert run.arrivals["mentee"].tolist() == run.mentees["mentee"].tolist()
    late = run.mentees["cohort"] == 0
    assert late.any() and run.arrivals.loc[late, "skill_life"].to_numpy() == pytest.approx(world.parameters.arrive.skill)


def test_ties_say_who_their_sides_are(run):
    for side in ("mentee", "mentor"):
        people = getattr(run, f"{side}s").set_index(side)
        for kind in ("discipline", "gender", "minority"):
            assert run.ties[f"{side}_{kind}"].tolist() == people[kind].loc[run.ties[side]].tolist()
    assert run.ties["same_gender"].tolist() == (run.ties["mentee_gender"] == run.ties["mentor_gender"]).tolist()


def test_months_of_ties_say_it_too_and_their_age(world, run):
    ties, months = run.ties.set_index("tie"), run.tie_months
    assert (months["age"] == months["month"] - months["tie"].map(ties["start_month"])).all()
    assert months["age"].min() == 0
    for column in ("mentee_gender", "mentor_gender", "mentee_discipline", "mentor_discipline"):
        assert months[column].tolist() == ties[column].loc[months["tie"]].tolist()
    untraced = simulate(world, Policy(), seed=5, months=2).tie_months
    assert untraced.empty and list(untraced) == list(months)
