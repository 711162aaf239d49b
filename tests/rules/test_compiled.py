"""Every rule gives the same compiled and in plain Python."""

import importlib
import inspect
import pkgutil

import pytest
from drawn import levels, records, shares
from hypothesis import given
from hypothesis import strategies as st

import simulation.rules
from simulation.scenario import parameters

SECTION = {
    "arrive.needed": parameters.Need,
    "engage.running": parameters.Spark,
    "reflect": parameters.Institution,
    "reflect.contact_chance": parameters.Meet,
    "strain.mentor_burnout_level": parameters.MentorStrain,
    "strain.mentor_satisfaction_level": parameters.MentorStrain,
}
ARGUMENT = {
    "z": levels, "noise": shares, "impression": levels, "similarity": levels, "offset": levels, "taste": levels,
    "wish": levels, "likeness": levels, "alike": levels, "log_odds": levels,
    "trust": st.floats(0.1, 5.0), "load": st.floats(0.0, 9.0), "held": st.floats(0.0, 4.0),
    "months": st.floats(0.0, 60.0), "years": st.integers(0, 40),
    "streak": st.integers(0, 40), "dimensions": st.integers(1, 6), "squared_distance": st.floats(0.0, 50.0),
    "available": st.floats(0.0, 20.0), "meeting_hours": st.floats(0.1, 10.0), "course": st.floats(1.0, 40.0),
    "hours": st.floats(0.0, 40.0), "hazard": st.floats(0.0, 5.0), "gain": st.floats(-1.0, 3.0),
    "chose": st.booleans(), "apart": st.booleans(), "busy": st.booleans(), "visited": st.booleans(),
    "was": st.booleans(), "well": st.booleans(), "path": st.booleans(), "normal": st.booleans(),
    "mentors_now": st.booleans(), "live_ties": st.floats(0.0, 500.0), "hundreds": st.floats(0.0, 50.0),
}  # fmt: skip


def every_rule():
    """The name and the function of every rule."""
    for module in pkgutil.iter_modules(simulation.rules.__path__):
        source = importlib.import_module(f"simulation.rules.{module.name}")
        for name, rule in vars(source).items():
            if hasattr(rule, "py_func") and rule.py_func.__module__ == source.__name__:
                yield f"{module.name}.{name}", rule


def argument(name, rule):
    """A strategy for an argument of a rule."""
    if name == "p_strain":
        return records(parameters.Strain)
    if name == "p_leave":
        return records(parameters.Leave)
    if name == "p":
        module = rule.partition(".")[0]
        section = SECTION.get(rule) or SECTION.get(module) or getattr(parameters, module.capitalize())
        pinned = {"reliability": 0.7} if section is parameters.Survey else {}
        return records(section, **pinned)
    return ARGUMENT.get(name, shares)


@pytest.mark.jit_only
@pytest.mark.parametrize(("name", "rule"), [pytest.param(*entry, id=entry[0]) for entry in every_rule()])
def test_compiled_equals_plain(name, rule):
    names = list(inspect.signature(rule.py_func).parameters)

    @given(st.tuples(*(argument(entry, name) for entry in names)))
    def check(arguments):
        assert rule(*arguments) == pytest.approx(rule.py_func(*arguments), rel=1e-12, abs=1e-300)

    check()
