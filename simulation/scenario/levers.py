"""A policy as a row of numbers, one a lever, which the program can move while it runs."""

from enum import IntEnum

import numpy as np

from simulation.scenario.policy import Evaluation, Matching, Measure, Pairing, Policy, Pool
from simulation.scenario.world import World


class Lever(IntEnum):
    """The place of each lever in the row."""

    LEADERSHIP_SUPPORT = 0
    PROTECTED_HOURS = 1
    TRAINING_HOURS = 2
    STAFF_FTE = 3
    POOL = 4
    DOMAINS = 5
    RECRUIT_SHARE = 6
    RECRUIT_DOMAIN = 7
    RECRUIT_ATTRIBUTE = 8
    RECRUIT_GROUP = 9
    IDENTITY = 10
    ATTRIBUTES = 11
    PAIRING = 12
    FIRST_MEETINGS = 13
    WORKSHOP_HOURS = 14
    MENTORS_AT_ONCE = 15
    STIGMA = 16
    ROLE_MODELS = 17
    NO_FAULT = 18
    CHECK_IN_MONTHS = 19
    MODEL = 20
    EVERY_MONTHS = 21
    MEASURES = 22
    SAMPLE = 23
    DELAY_MONTHS = 24
    ADAPT = 25
    BUDGET = 26


def code(member) -> int:
    """The place of a choice among the choices of its kind."""
    return list(type(member)).index(member)


AD_HOC, LOT, ARRIVAL, COORDINATOR, OPTIMAL, STABLE, CHOICE, FACILITATED = (code(way) for way in Pairing)
OWN, SOME, ALL = (code(pool) for pool in Pool)
OFF, OPTIONAL, REQUIRED = (code(matching) for matching in Matching)
NO_EVALUATION, SURVEY, CIPP = (code(model) for model in Evaluation)
CONTEXT, INPUT, PROCESS, PRODUCT, LOAD_BY_IDENTITY = (1 << code(measure) for measure in Measure)


def _bits(names: tuple[str, ...], known: list[str]) -> int:
    """A bit for each name; all bits when no name is given."""
    chosen = names or known
    return sum(1 << place for place, name in enumerate(known) if name in chosen)


def _place(name: str, known: list[str]) -> int:
    """The place of a name, or -1 for no name."""
    return known.index(name) if name else -1


def levers_of(policy: Policy, world: World) -> np.ndarray:
    """The levers of a policy in a world: float64, one entry a `Lever`."""
    domains = [domain.name for domain in world.domains]
    attributes = [identity.name for identity in world.identities]
    attribute, _, group = policy.diversify.recruit_identity.partition(":")
    groups = list(world.identities[attributes.index(attribute)].groups) if attribute else []
    values = {
        "DOMAINS": _bits(policy.diversify.domains, domains),
        "RECRUIT_DOMAIN": _place(policy.diversify.recruit_domain, domains),
        "RECRUIT_ATTRIBUTE": _place(attribute, attributes),
        "RECRUIT_GROUP": _place(group, groups),
        "ATTRIBUTES": _bits(policy.match.attributes, attributes),
        "MEASURES": sum(1 << code(measure) for measure in policy.evaluate.measures),
        "POOL": code(policy.diversify.pool),
        "IDENTITY": code(policy.match.identity),
        "PAIRING": code(policy.empower.pairing),
        "MODEL": code(policy.evaluate.model),
    }
    row = np.zeros(len(Lever))
    for section in (policy.prioritize, policy.diversify, policy.empower, policy.move_on, policy.evaluate):
        for name, value in section:
            if name.upper() in Lever.__members__:
                values.setdefault(name.upper(), value)
    for name, value in values.items():
        row[Lever[name]] = float(value)
    return row
