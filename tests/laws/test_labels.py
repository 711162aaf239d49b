"""Blind to labels: where identity has no way to act, it changes nothing but itself."""

from drawn import identities, policies, seeds, worlds
from hypothesis import given
from hypothesis import strategies as st
from running import ran, same, used

OFF = {"context.homophily": 0.0, "parameters.strain.threat": 0.0, "parameters.strain.role_model": 0.0}
NEUTRAL = {"wish_same": {}, "wish_different": {}, "hazard_ratio": {}, "hazard_source": "", "resources": {}}
LABELS = ("mentees.group", "mentors.group", "mentees.wish_strength", "mentees.threat")


@st.composite
def pairs_of_worlds(draw):
    """Two worlds that differ in who belongs to which group alone, a policy that names no identity, and a seed."""
    world = draw(worlds()).with_(OFF)
    one, other = ({**draw(identities("ia")), **NEUTRAL} for _ in range(2))
    blind = {
        "match.identity": "off", "match.attributes": [], "diversify.recruit_identity": "",
        "evaluate.measures": ["context", "input", "process", "product"],
    }  # fmt: skip
    first, second = world.with_({"identities": [one]}), world.with_({"identities": [other]})
    return first, second, draw(policies(first, **blind)), draw(seeds)


@given(pairs_of_worlds())
def test_other_labels_change_nothing_but_the_labels(case):
    one, other, policy, seed = case
    first, second = (used(ran(world, policy, seed)[0]) for world in (one, other))
    assert same(first, second, but=LABELS) == []


@given(pairs_of_worlds())
def test_a_world_without_identities_is_the_same_world(case):
    world, _, policy, seed = case
    first, second = (used(ran(some, policy, seed)[0]) for some in (world, world.with_({"identities": []})))
    assert same(first, second, but=LABELS) == []


@given(worlds(), st.data())
def test_labels_do_act_where_they_may(world, data):
    """The switch itself: with a hazard ratio the same change of labels is felt."""
    groups = {
        "groups": ["a", "b"],
        "mentors": {"a": 0.5, "b": 0.5},
        "hazard_ratio": {"b": 10.0},
        "hazard_source": "drawn",
    }
    base = world.with_({**OFF, "hazards.first_year": 1.0, "hazards.later_years": 1.0, "shocks": [], "people.years": 40})
    few, many = (
        base.with_({"identities": [{"name": "ia", **groups, "mentees": {"a": 1.0 - share, "b": share}}]})
        for share in (0.0, 1.0)
    )
    policy = data.draw(
        policies(world, **{"match.identity": "off", "match.attributes": [], "diversify.recruit_identity": ""})
    )
    left = [(used(ran(some, policy, 1)[0])["mentees"]["active"] == 2).sum() for some in (few, many)]
    assert left[1] > left[0]
