"""Parts of a world that others name can be dropped or renamed, with what hangs on them, or are refused in a sentence."""

import pytest

from simulation import Policy, World, simulate
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital")


@pytest.fixture(scope="module")
def three():
    """A world with an attribute of three groups, of which one has everything that can hang on a group."""
    shares = {"a": 0.5, "b": 0.3, "c": 0.2}
    attribute = {
        "name": "origin", "groups": ["a", "b", "c"], "mentees": shares, "mentors": {"a": 0.8, "b": 0.2, "c": 0.0},
        "wish_same": {"c": 0.5}, "wish_different": {"c": 0.1}, "hazard_ratio": {"c": 2.0}, "hazard_source": "made up",
        "resources": {"c": 0.5},
    }  # fmt: skip
    return World(name="three", identities=[attribute])


def test_the_other_disciplines_keep_their_proportions(world):
    fewer = world.with_({"disciplines.surgery": None})
    assert [one.name for one in fewer.disciplines] == [one.name for one in world.disciplines if one.name != "surgery"]
    before = {one.name: one.mentees for one in world.disciplines}
    for one in fewer.disciplines:
        assert one.mentees == pytest.approx(before[one.name] / (1.0 - before["surgery"]))
    assert "surgery" in simulate(world, Policy(), months=1).mentees["discipline"].unique()
    assert "surgery" not in simulate(fewer, Policy(), months=1).mentees["discipline"].unique()


def test_a_group_goes_with_its_mixes_hazards_and_wishes(three):
    identity = three.with_({"identities.origin.groups.c": None}).identities[0]
    assert identity.groups == ("a", "b")
    assert identity.mentees == pytest.approx({"a": 0.625, "b": 0.375})
    assert identity.mentors == pytest.approx({"a": 0.8, "b": 0.2})
    assert not (identity.wish_same or identity.wish_different or identity.hazard_ratio or identity.resources)


def test_a_domain_goes_with_the_expertise_in_it(world):
    name = world.domains[0].name
    fewer = world.with_({f"domains.{name}": None})
    assert name not in [domain.name for domain in fewer.domains]
    assert all(name not in one.expertise for one in fewer.disciplines)
    assert any(one.expertise for one in fewer.disciplines)
    with pytest.raises(ScenarioError, match=f"{name}.*no such domain"):
        check_together(fewer, Policy().with_({"diversify.domains": [name]}))


def test_an_attribute_or_a_shock_goes(world):
    assert [one.name for one in world.with_({"identities.minority": None}).identities] == ["gender"]
    struck = world.with_({"shocks": [{"name": "flood", "month": 3}]})
    assert struck.with_({"shocks.flood": None}) == world


def test_a_new_name_holds_everywhere_and_changes_no_number(world, three):
    renamed = world.with_(
        {"domains.life.name": "balance", "disciplines.surgery.name": "theatre", "identities.gender.name": "sex"}
    )
    assert [domain.name for domain in renamed.domains] == [d.name.replace("life", "balance") for d in world.domains]
    for one, other in zip(world.disciplines, renamed.disciplines, strict=True):
        assert other.expertise == {name.replace("life", "balance"): value for name, value in one.expertise.items()}
    identity = three.with_({"identities.origin.groups.c": "elsewhere"}).identities[0]
    assert identity.groups == ("a", "b", "elsewhere") and identity.mentees["elsewhere"] == 0.2
    assert identity.wish_same == {"elsewhere": 0.5} and identity.hazard_ratio == {"elsewhere": 2.0}
    small = {"people.mentees": 20, "people.mentors": 8}
    before, after = (simulate(one.with_(small), Policy(), months=2) for one in (world, renamed))
    assert before.mentees["belonging"].tolist() == after.mentees["belonging"].tolist()
    assert before.mentees["gender"].tolist() == after.mentees["sex"].tolist()


def test_several_changes_are_made_in_their_order(world):
    changed = world.with_({"disciplines.surgery": None, "disciplines.medicine.name": "internal"})
    assert {"surgery", "medicine"}.isdisjoint(one.name for one in changed.disciplines)
    assert "internal" in [one.name for one in changed.disciplines]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"disciplines.alchemy": None}, 'disciplines.alchemy: unknown field "alchemy"'),
        ({"identities.gender.groups.robot": None}, 'unknown field "robot"; known: man, woman'),
        ({"identities.gender.groups.woman": None}, "groups"),  # a single group is no attribute
        ({"identities.gender.groups.woman": "man"}, "two of the groups have the same name"),
        ({"domains.life.name": "career"}, "two of the domains have the same name"),
        ({"people": None}, "people"),
        ({"people.mentees": None}, "people.mentees"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(world, changes, told):
    with pytest.raises(ScenarioError, match=told):
        world.with_(changes)


def test_nobody_is_left_is_refused(three):
    alone = World(name="alone")
    with pytest.raises(ScenarioError, match=r'disciplines.general: without "general" there is nobody'):
        alone.with_({"disciplines.general": None})
    only = three.with_({"identities.origin.mentors": {"a": 1.0, "b": 0.0, "c": 0.0}})
    with pytest.raises(ScenarioError, match=r'groups.a: without "a" there is nobody'):
        only.with_({"identities.origin.groups.a": None})
