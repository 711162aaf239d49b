"""Small worlds and policies of every kind, drawn by hypothesis."""

from hypothesis import strategies as st

from simulation import Policy, World
from simulation.scenario.policy import NEVER, Evaluation, Matching, Measure, Pairing, Pool

DOMAINS = ("career", "research", "clinical", "life")
GROUPS = ("a", "b", "c")

shares = st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.7, 1.0))


def split(draw, names):
    """Shares that add up to 1."""
    weights = [draw(st.integers(1, 4)) for _ in names]
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}


@st.composite
def identities(draw, name):
    groups = GROUPS[: draw(st.integers(2, 3))]
    wish = {group: draw(st.sampled_from((0.0, 0.2, 0.5))) for group in groups}
    return {
        "name": name,
        "groups": groups,
        "mentees": split(draw, groups),
        "mentors": split(draw, groups),
        "wish_same": wish,
        "wish_different": {group: 0.5 - wish[group] for group in groups},
        "hazard_ratio": {groups[1]: draw(st.sampled_from((0.5, 1.0, 3.0)))},
        "hazard_source": "drawn",
        "resources": {groups[1]: draw(st.sampled_from((0.5, 1.0)))},
        "threat": draw(st.sampled_from((0.0, 1.0, 3.0))),
        "threat_source": "drawn",
        "draws_together": draw(st.sampled_from((0.0, 1.0, 3.0))),
    }


@st.composite
def shocks(draw):
    return {
        "name": "shock",
        "month": draw(st.integers(0, 14)),
        "months": draw(st.integers(1, 6)),
        "mentor_time": draw(shares),
        "contact": draw(shares),
        "exit_hazard": draw(st.sampled_from((0.0, 1.0, 8.0))),
        "support": draw(shares),
        "hiring": draw(shares),
        "new_need": draw(shares),
    }


@st.composite
def worlds(draw):
    domains, mentees = DOMAINS[: draw(st.integers(1, 4))], draw(st.integers(4, 50))
    disciplines = ("medicine", "surgery")[: draw(st.integers(1, 2))]
    return World(
        name="drawn",
        people={
            "mentees": mentees,
            "mentors": draw(st.integers(2 + mentees // 4, 30)),
            "months": draw(st.integers(1, 27)),
            "years": draw(st.integers(1, 5)),
            "graduates": draw(st.booleans()),
            "unit_mentees": draw(st.sampled_from((4, 10, 20))),
            "site_mentees": draw(st.sampled_from((10, 20, 300))),
            "rotation": draw(shares),
            "promoted": draw(shares),
        },
        context={
            "busy": draw(shares),
            "acquaintances": draw(st.integers(0, 3)),
            "approach": draw(shares),
            "homophily": draw(st.sampled_from((0.0, 0.6, 2.0))),
            "mentor_ends": draw(st.sampled_from((0.0, 0.1, 2.0))),
            "mentee_hours": draw(st.sampled_from((0.5, 2.0, 6.0))),
        },
        hazards={"first_year": draw(shares), "later_years": draw(shares), "mentors": draw(shares)},
        disciplines=[
            {"name": name, "mentees": share, "expertise": {domains[0]: draw(shares)}}
            for name, share in split(draw, disciplines).items()
        ],
        domains=[{"name": name, "need": tuple(draw(st.lists(shares, min_size=1, max_size=3)))} for name in domains],
        identities=[draw(identities(name)) for name in ("gender", "minority", "origin")[: draw(st.integers(0, 3))]],
        shocks=draw(st.lists(shocks(), max_size=2)),
    )


@st.composite
def policies(draw, world):
    domains = [domain.name for domain in world.domains]
    names = [identity.name for identity in world.identities]
    pairs = [f"{identity.name}:{group}" for identity in world.identities for group in identity.groups]
    measures = draw(st.lists(st.sampled_from(list(Measure)), min_size=1, unique=True))
    start = draw(st.sampled_from((0, 0, 3)))
    return Policy(
        name="drawn",
        start_month=start,
        end_month=draw(st.sampled_from((Policy().end_month, start + 1, start + 5))),
        prioritize={
            "leadership_support": draw(shares),
            "protected_hours": draw(st.sampled_from((0.0, 4.0))),
            "training_hours": draw(st.sampled_from((0.0, 8.0))),
            "staff_fte": draw(st.sampled_from((0.0, 0.5, 5.0))),
        },
        diversify={
            "pool": draw(st.sampled_from(list(Pool))),
            "domains": tuple(draw(st.lists(st.sampled_from(domains), unique=True))),
            "recruit_share": draw(shares),
            "recruit_domain": draw(st.sampled_from(("", *domains))),
            "recruit_identity": draw(st.sampled_from(("", *pairs))),
        },
        match={
            "identity": draw(st.sampled_from(list(Matching))),
            "attributes": tuple(draw(st.lists(st.sampled_from(names), unique=True))) if names else (),
        },
        empower={
            "pairing": draw(st.sampled_from(list(Pairing))),
            "first_meetings": draw(st.integers(0, 6)),
            "workshop_hours": draw(st.sampled_from((0.0, 8.0))),
            "mentors_at_once": draw(st.integers(1, 4)),
        },
        move_on={
            "stigma": draw(shares),
            "role_models": draw(shares),
            "no_fault": draw(st.booleans()),
            "check_in_months": draw(st.sampled_from((0, 1, 3))),
        },
        evaluate={
            "model": draw(st.sampled_from(list(Evaluation))),
            "every_months": draw(st.integers(1, 6)),
            "measures": tuple(measures),
            "sample": draw(shares),
            "delay_months": draw(st.integers(0, 3)),
            "adapt": draw(st.booleans()),
            "budget": draw(st.sampled_from((0.0, 500.0, 10_000.0))),
        },
        offer={
            "share": draw(st.sampled_from((1.0, 1.0, 0.5))),
            "group": draw(st.sampled_from(("", "", *pairs))),
            "disciplines": tuple(draw(st.sampled_from(((), (), (world.disciplines[0].name,))))),
            "mentees": draw(st.sampled_from(((), (), (0, 2, 3)))),
            "whole_units": draw(st.booleans()),
            "steps": draw(st.sampled_from((1, 1, 2, 3))),
            "step_months": draw(st.integers(1, 4)),
            "everyone_from": draw(st.sampled_from((NEVER, NEVER, 8))),
        },
    )
