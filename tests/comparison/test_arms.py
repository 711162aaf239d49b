"""Behaviours compared like policies: the same people and the same luck, with and without them."""

import pytest

from simulation import Policy, World, compare, simulate
from simulation.agents import Mentee, Mentor

TINY = World.load("teaching_hospital").with_({"people.mentees": 20, "people.mentors": 10, "people.months": 8})
POLICIES = [Policy(), Policy.load("mentee_choice")]


class Eager(Mentee):
    """A mentee who always asks."""

    def seek(self):
        return True


class Usual(Mentee):
    """A mentee who overrides, with what everybody does."""

    def seek(self):
        return super().seek()


class Unkind(Mentor):
    """A mentor who always says no."""

    def answer(self, mentee, domain, met, agreed, nth):
        return False


def test_a_changed_behaviour_is_compared_like_a_policy():
    result = compare(TINY, [Policy()], replicates=3, workers=1, mentee_class=[None, Eager], mentor_class=[None, Unkind])
    names = ["ad_hoc", "ad_hoc+Unkind", "ad_hoc+Eager", "ad_hoc+Eager+Unkind"]
    assert [policy.name for policy in result.policies] == list(result.runs) == names
    assert list(result.outcomes["policy"][:4]) == names and set(result.contrasts["policy"]) == set(names[1:])
    access = result.outcomes.groupby("policy")["access"].mean()
    assert access["ad_hoc+Unkind"] == access["ad_hoc+Eager+Unkind"] == 0 < access["ad_hoc"] < access["ad_hoc+Eager"]
    for name, classes in (("ad_hoc", {}), ("ad_hoc+Eager", {"mentee_class": Eager})):
        run = simulate(TINY, Policy(), 1, **classes)
        first = result.outcomes.query("policy == @name and replicate == 0").iloc[0]
        assert run.outcomes["access"] == first["access"] and run.digest == result.runs[name].digest


def test_a_behaviour_that_is_the_usual_one_differs_in_nothing():
    result = compare(TINY, [Policy()], replicates=2, workers=1, mentee_class=[None, Usual])
    assert (result.contrasts["difference"].dropna() == 0.0).all() and len(result.contrasts["difference"].dropna()) > 20


def test_one_class_for_all_leaves_names_alone():
    result = compare(TINY, POLICIES, replicates=1, workers=1, mentee_class=Eager)
    assert [policy.name for policy in result.policies] == [policy.name for policy in POLICIES]
    assert result.outcomes["access"][0] == simulate(TINY, POLICIES[0], 1, mentee_class=Eager).outcomes["access"]


def test_arms_that_cannot_be_told_apart_are_refused():
    with pytest.raises(ValueError, match=r"two arms are called ad_hoc\+Eager: give policies and classes names of their own"):
        compare(TINY, [Policy()], mentee_class=[Eager, type("Eager", (Mentee,), {})])
    with pytest.raises(ValueError, match="'Eager' is no class of people"):
        compare(TINY, [Policy()], mentee_class=[None, "Eager"])
