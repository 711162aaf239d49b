"""The rules as the agents call them: the same source, by the same names.

Handing a set of parameters to compiled code from Python costs more than most rules do. Adding, multiplying, comparing,
square roots and `exp` give the same bits either way, so these rules are called as they are written; those that raise to
a power (which a compiler may replace) are called compiled.
"""

from types import ModuleType, SimpleNamespace

from simulation.rules import (
    answer,
    encounter,
    engage,
    evaluate,
    hear,
    impress,
    learn,
    leave,
    meet,
    need,
    norm,
    part,
    perceive,
    seek,
    strain,
)

__all__ = [
    "answer", "encounter", "engage", "evaluate", "hear", "impress", "learn", "leave",
    "meet", "need", "norm", "part", "perceive", "seek", "strain",
]  # fmt: skip


def _as_written(module: ModuleType, compiled: tuple[str, ...] = ()) -> SimpleNamespace:
    """The rules of a file as plain functions, except those named."""
    named = {name: rule for name, rule in vars(module).items() if getattr(rule, "__module__", None) == module.__name__}
    return SimpleNamespace(
        **{name: rule if name in compiled else getattr(rule, "py_func", rule) for name, rule in named.items()}
    )


answer = _as_written(answer)
encounter = _as_written(encounter, compiled=("newness",))
engage = _as_written(engage)
evaluate = _as_written(evaluate)
hear = _as_written(hear)
impress = _as_written(impress, compiled=("actor", "partner"))
learn = _as_written(learn, compiled=("taught",))
leave = _as_written(leave)
meet = _as_written(meet)
need = _as_written(need)
norm = _as_written(norm)
part = _as_written(part)
perceive = _as_written(perceive)
seek = _as_written(seek)
strain = _as_written(strain)
