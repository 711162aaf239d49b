"""What all tests share: how hard hypothesis searches, and small worlds."""

import pytest
from hypothesis import HealthCheck, Phase, settings

from simulation.jit import COMPILED
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

# A failing example is not made smaller, which takes minutes: `--hypothesis-profile=thorough` does, and looks longer.
EXAMPLES = 25 if COMPILED else 3
ALWAYS = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("quick", max_examples=EXAMPLES, phases=[Phase.explicit, Phase.generate], **ALWAYS)
settings.register_profile("thorough", max_examples=40 * EXAMPLES, **ALWAYS)
settings.load_profile("quick")


@pytest.fixture
def plain():
    """The Python function behind a compiled one; itself when compilation is off."""
    return lambda rule: getattr(rule, "py_func", rule)


@pytest.fixture
def quiet_world():
    """A small world in which nobody leaves, asks or differs, for tests that switch one thing on."""
    return World.model_validate({
        "name": "quiet",
        "people": {"mentees": 12, "mentors": 4, "months": 12, "years": 5, "unit_mentees": 12, "graduates": False,
                   "rotation": 0.0, "promoted": 0.0},
        "context": {"busy": 0.0, "homophily": 0.0, "committed": 0.0, "mentor_ends": 0.0, "approach": 0.0,
                    "volunteers": 1.0, "awareness": 1.0, "mentee_hours": 40.0, "mentor_hours": 10.0,
                    "climate_time": 0.0, "climate_hazard": 0.0},
        "hazards": {"first_year": 0.0, "later_years": 0.0, "mentors": 0.0},
        "parameters": {
            "need": {"jump": 0.0, "job_learning": 0.0},
            "seek": {"odds": -8.0, "initiative": 0.0, "need": 0.0,
                     "invited": 0.0, "facilitated": 0.0},
            "evaluate": {"attention": 0.0, "redundant": 0.0},
            "arrive": {"hours_spread": 0.0},
        },
    })  # fmt: skip


@pytest.fixture
def small_hospital():
    """The default world, smaller and shorter."""
    size = {"people.mentees": 60, "people.mentors": 24, "people.months": 18} if COMPILED else {
        "people.mentees": 30, "people.mentors": 12, "people.months": 12}  # fmt: skip
    return World.load("teaching_hospital").with_(size)


@pytest.fixture
def policy_of():
    """A policy with the levers given by dotted names, all others at their defaults."""
    return lambda levers: Policy(name="tried", title="").with_(levers)
