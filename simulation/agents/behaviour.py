"""What agents do: a behaviour is a function of the month on the agent's own row."""

import warnings
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

import numba
import numpy as np

from simulation.agents.text import Text, steps
from simulation.columns import State
from simulation.jit import takes
from simulation.program import close_site, open_site

NOBODY = np.empty(0, np.int64)
PARTS = frozenset(State._fields) - {"mentees", "mentors"}  # in a step, these two are those who take part
FROM_THE_MODEL = PARTS | {"state", "slots", "setting", "month"}
KINDS = ("mentor", "mentee")  # in every step mentors come before mentees
MESAS = ("step", "advance")  # what Mesa's own examples ask of agents, and the month does not


def does(function: Callable, as_people: Callable | None = None, as_rows: Callable | None = None) -> Callable[[Callable], Callable]:
    """Make a method that is a function of the month; the method has no body of its own, only a docstring.

    `as_people` turns what the function gives into what agents know, `as_rows` turns it back.
    """

    def with_function(method: Callable) -> Callable:
        taken = signature(method)
        count = len(taken.parameters) - 1

        @wraps(method)
        def done(self: Any, *given: Any, **named: Any) -> Any:
            if named or len(given) != count:
                given = taken.bind(self, *given, **named).args[1:]
            found = _done(self, function, given)
            return as_people(self, found) if as_people else found

        done.function, done.as_rows = function, as_rows
        return done

    return with_function


def lives(kind: str) -> Callable[[type], type]:
    """Give a class every step of the month that its kind of people take part in, as a method of that name."""

    def with_steps(owner: type) -> type:
        for name, step in steps(open_site, close_site).items():
            if f"{kind}s" in takes(step) and name not in vars(owner):
                method = does(step)(lambda self: None)
                method.__name__, method.__doc__ = name, step.__doc__
                method.__qualname__ = f"{owner.__name__}.{name}"
                setattr(owner, name, method)
        owner.usual = {name: method for name, method in vars(owner).items() if hasattr(method, "function")}
        return owner

    return with_steps


def behaviours(kind: type) -> dict[str, Callable]:
    """Give the behaviours of a class of agents by the names of their methods: the function that each is."""
    return {name: method.function for name, method in kind.usual.items()}


def _done(agent: Any, function: Callable, given: tuple) -> Any:
    """Carry a function out for an agent: `given` in the order in which it takes them, the rest from the model."""
    model, kind, names = agent.model, agent.kind, takes(function)
    (state, setting), carried_out = model.in_rows, model.text.own(function)
    known = {
        "state": state, "setting": setting, "month": model.now,
        "mentees": NOBODY, "mentors": NOBODY, f"{kind}s": agent.alone,
    }  # fmt: skip
    if kind in names:
        known[kind] = agent.record
    if "slots" in names:
        known["slots"] = state.ties[agent.row]
    if "tie" in names:  # the mentor of a tie goes without saying
        known["tie"] = given[0].record
        known["mentor"] = state.mentors[known["tie"].mentor]
    rest = iter(given[1:] if "tie" in names else given)

    def taken(name: str) -> Any:
        if name in known:
            return known[name]
        return getattr(state, name) if name in PARTS else getattr(value := next(rest), "record", value)

    values = list(map(taken, names))
    if carried_out is function and not given:
        carried_out = direct(function, values)
    return carried_out(*values)


_WAYS_IN: dict[Callable, Callable] = {}


def direct(function: Callable, taken: list) -> Callable:
    """Give the compiled entry point of a step for arguments like these, which skips numba's type check.

    A step takes nothing but the model's own tables and rows, whose types never change; the check would cost more than most
    behaviours do. A step that was not compiled yet is given as it is.
    """
    if function not in _WAYS_IN:
        overloads = getattr(function, "overloads", {})
        compiled = overloads.get(tuple(map(numba.typeof, taken))) if overloads else None
        if compiled is None:
            return function
        _WAYS_IN[function] = compiled.entry_point
    return _WAYS_IN[function]


def text_of(model: Any) -> Text:
    """Give the text of the month for the people of a model: its `acting` classes, where they differ from the `usual`."""
    overridden: dict[Callable, dict[str, str]] = {}
    for kind in KINDS:
        acting, usual = model.acting[kind], model.usual[kind]
        for name, method in usual.usual.items():
            if getattr(acting, name) is not method:
                overridden.setdefault(method.function, {})[kind] = name
        for name in MESAS + tuple(vars(usual)):
            heard = name in usual.usual or name == "remove" or name.startswith("_")
            if not heard and getattr(acting, name, None) is not getattr(usual, name, None):
                told = f"{acting.__name__}.{name} is no behaviour: the month does not ask for it, and goes on as usual"
                warnings.warn(told, UserWarning, stacklevel=3)
    replacing = {function: _step if {"mentees", "mentors"} & set(takes(function)) else _call for function in overridden}
    return Text({function: replacing[function](model, function, names) for function, names in overridden.items()})


def _step(model: Any, function: Callable, methods: dict[str, str]) -> Callable:
    """Give a step in which people of some kinds act by their own methods, one after the other."""

    def by_methods(*given: Any) -> None:
        named = dict(zip(takes(function), given, strict=True))
        here = {kind: named[f"{kind}s"] for kind in KINDS if f"{kind}s" in named}
        for kind, rows in here.items():
            if kind in methods:
                for row in rows.tolist():
                    getattr(model.person(kind, row), methods[kind])()
            else:
                alone = {f"{other}s": rows if other == kind else NOBODY for other in here}
                model.text.own(function)(*(named | alone).values())

    return by_methods


def _call(model: Any, function: Callable, methods: dict[str, str]) -> Callable:
    """Give a function that one person carries out by a method of their own."""
    ((kind, name),) = methods.items()
    as_rows = model.usual[kind].usual[name].as_rows

    def by_method(*given: Any) -> Any:
        named = dict(zip(takes(function), given, strict=True))
        agent = model.person(kind, int(named.pop(kind).row))
        for other in KINDS:
            if other in named:
                named[other] = model.person(other, int(named[other].row))
        if "tie" in named:
            named["tie"] = agent.tie(int(named["tie"].number))
            named.pop("mentor", None)
        found = getattr(agent, name)(*(value for key, value in named.items() if key not in FROM_THE_MODEL))
        return as_rows(found) if as_rows else found

    return by_method
