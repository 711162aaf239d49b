"""Hypothesis strategies for sections, parameters, worlds and policies, anywhere within their ranges."""

import annotated_types
from hypothesis import strategies as st

from simulation.jit import COMPILED
from simulation.scenario.compiled_setting import values
from simulation.scenario.parameters import Parameters
from simulation.scenario.policy import Evaluation, Matching, Measure, Pairing, Policy, Pool
from simulation.scenario.world import Context, Hazards, World

MENTEES = 60 if COMPILED else 30
MONTHS = 30 if COMPILED else 15
NEVER = Policy().end_month


def spans(low: float, high: float):
    """Numbers between two others as people write them, without the tiniest ones that no program office knows."""
    return st.floats(low, high).map(lambda value: min(max(round(value, 6), low), high))


shares = spans(0.0, 1.0)
levels = spans(-4.0, 4.0)
seeds = st.integers(0, 2**31)


def bounds(field) -> tuple:
    """The lowest and highest value of a field."""
    low = next((mark.ge for mark in field.metadata if isinstance(mark, annotated_types.Ge)), None)
    high = next((mark.le for mark in field.metadata if isinstance(mark, annotated_types.Le)), None)
    return low, high


def numbers(section: type) -> dict:
    """A strategy for each numeric field of a section, over its range."""
    drawn = {}
    for name, field in section.model_fields.items():
        low, high = bounds(field)
        if field.annotation is float:
            drawn[name] = spans(low, high)
        elif field.annotation is int:
            drawn[name] = st.integers(low, high)
    return drawn


def sections(section: type, **pinned):
    """Sections with numbers anywhere within their ranges."""
    return st.builds(section, **{**numbers(section), **{name: st.just(value) for name, value in pinned.items()}})


def records(section: type, **pinned):
    """The same as records, the form in which rules take them."""
    return sections(section, **pinned).map(values)


@st.composite
def parameters(draw):
    """Parameters of which up to three sections are not at their defaults."""
    fields = Parameters.model_fields
    names = draw(st.lists(st.sampled_from(list(fields)), max_size=3, unique=True))
    return Parameters(**{name: draw(sections(fields[name].annotation)) for name in names})


def _split(draw, names) -> dict:
    """Shares that add up to one."""
    weights = [draw(st.integers(1, 9)) for _ in names]
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}


@st.composite
def identities(draw, name):
    """An identity attribute of two or three groups, with wishes and unequal supply."""
    groups = ["a", "b", "c"][: draw(st.integers(2, 3))]
    some = st.dictionaries(st.sampled_from(groups), spans(0.0, 0.5))
    ratios = st.dictionaries(st.sampled_from(groups), spans(0.2, 3.0))
    return {
        "name": name, "groups": groups, "mentees": _split(draw, groups), "mentors": _split(draw, groups),
        "wish_same": draw(some), "wish_different": draw(some),
        "hazard_ratio": draw(ratios), "hazard_source": "drawn", "resources": draw(ratios),
        "threat": draw(spans(0.0, 3.0)), "threat_source": "drawn", "draws_together": draw(spans(0.0, 3.0)),
    }  # fmt: skip


@st.composite
def shocks(draw):
    """A dated shock within the study."""
    return {
        "name": "shock", "month": draw(st.integers(0, MONTHS)), "months": draw(st.integers(1, 12)),
        "mentor_time": draw(spans(0.0, 2.0)), "contact": draw(shares), "exit_hazard": draw(spans(0.0, 5.0)),
        "support": draw(shares), "hiring": draw(shares), "new_need": draw(shares),
    }  # fmt: skip


@st.composite
def contexts(draw):
    """A context in which there is mostly time to meet and somebody to ask."""
    return draw(sections(
        Context, commitment_months=draw(st.integers(0, 24)), homophily=draw(spans(0.0, 2.0)),
        meeting_hours=draw(spans(0.5, 2.0)), mentee_hours=draw(spans(1.0, 10.0)),
        mentor_hours=draw(spans(0.5, 10.0)), hard_cap=draw(st.integers(1, 8)),
        volunteers=draw(st.sampled_from([0.5, 1.0])), awareness=draw(st.sampled_from([0.5, 1.0])),
    ))  # fmt: skip


@st.composite
def worlds(draw):
    """Small worlds of every kind."""
    mentees = draw(st.integers(MENTEES // 3, MENTEES))
    domains = [{"name": name, "need": [draw(shares), draw(shares)]} for name in "xyz"[: draw(st.integers(1, 3))]]
    names = "pq"[: draw(st.integers(1, 2))]
    split = _split(draw, names)
    disciplines = [{"name": name, "mentees": split[name], "mentors": draw(spans(0.5, 2.0)),
                    "expertise": {"x": draw(shares)}} for name in names]  # fmt: skip
    return World.model_validate({
        "name": "drawn",
        "people": {
            "mentees": mentees, "mentors": draw(st.integers(1, mentees)),
            "months": draw(st.integers(MONTHS // 3, MONTHS)),
            "years": draw(st.integers(1, 4)), "graduates": draw(st.booleans()),
            "unit_mentees": draw(st.integers(2, 20)), "site_mentees": draw(st.integers(10, 80)),
            "rotation": draw(shares), "promoted": draw(shares),
        },
        "context": draw(contexts()),
        "hazards": draw(sections(Hazards, later_years=draw(spans(0.0, 1.0)), mentors=draw(spans(0.0, 1.0)))),
        "domains": domains,
        "disciplines": disciplines,
        "identities": [draw(identities(name)) for name in ("ia", "ib")[: draw(st.integers(0, 2))]],
        "shocks": draw(st.lists(shocks(), max_size=1)),
        "parameters": draw(parameters()),
    })  # fmt: skip


@st.composite
def policies(draw, world, **pinned):
    """Policies that fit a world, all levers anywhere within their ranges; `pinned` fixes levers by dotted names."""
    kinds = {
        "diversify.pool": Pool, "match.identity": Matching, "empower.pairing": Pairing, "evaluate.model": Evaluation,
    }  # fmt: skip
    levers = {name: draw(st.sampled_from(list(kind))).value for name, kind in kinds.items()}
    domains, attributes = [entry.name for entry in world.domains], [entry.name for entry in world.identities]
    groups = [""] + [f"{identity.name}:{group}" for identity in world.identities for group in identity.groups]
    levers |= {
        "diversify.domains": draw(st.lists(st.sampled_from(domains), unique=True)),
        "diversify.recruit_domain": draw(st.sampled_from(["", *domains])),
        "diversify.recruit_identity": draw(st.sampled_from(groups)),
        "match.attributes": draw(st.lists(st.sampled_from(attributes), unique=True)) if attributes else [],
        "evaluate.measures": [m.value for m in draw(st.lists(st.sampled_from(list(Measure)), unique=True))],
        "move_on.no_fault": draw(st.booleans()),
        "evaluate.adapt": draw(st.booleans()),
    }
    for name, field in Policy.model_fields.items():
        if hasattr(field.annotation, "model_fields"):
            levers |= {f"{name}.{lever}": draw(value) for lever, value in numbers(field.annotation).items()}
    start = pinned.get("start_month", draw(st.sampled_from([0, 0, 1, 7])))
    levers |= {"start_month": start, "end_month": draw(st.sampled_from([NEVER, NEVER, start + 1, start + 6]))}
    levers["offer.everyone_from"] = draw(st.sampled_from([NEVER, NEVER, start + 1, start + 8]))
    return Policy(name="drawn", title="").with_({**levers, **pinned})


@st.composite
def cases(draw, **pinned):
    """A world, a policy that fits it, and a seed."""
    world = draw(worlds())
    return world, draw(policies(world, **pinned)), draw(seeds)
