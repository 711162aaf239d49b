"""The phenomena by name, and how one is shown: the same seeds with its mechanism on and with it switched off."""

from concurrent.futures import Executor
from typing import NamedTuple

from matplotlib.figure import Figure

from simulation.executor import Progress, finished, threads_or
from simulation.phenomena import (
    adaptation,
    emergence,
    feedback,
    path_dependence,
    sensitive_dependence,
    tipping,
)
from simulation.phenomena.phenomenon import Finding, Phenomenon, Seen
from simulation.run import warm
from simulation.scenario.errors import ScenarioError, nearest, shown

MODULES = (emergence, sensitive_dependence, path_dependence, tipping, feedback, adaptation)
PHENOMENA: dict[str, Phenomenon] = {module.PHENOMENON.name: module.PHENOMENON for module in MODULES}
SURE, UNSURE = 0.001, 0.05  # p below which chance is ruled out, and above which it is not


class Shown(NamedTuple):
    """What came of a phenomenon: both findings, what was seen with each seed, further numbers, and the figure."""

    phenomenon: Phenomenon
    on: Finding
    off: Finding
    seen_on: list[Seen]
    seen_off: list[Seen]
    also_on: dict[str, float]
    also_off: dict[str, float]
    figure: Figure

    @property
    def appears(self) -> bool:
        """Whether chance cannot make what the mechanism makes: p below 0.001."""
        return self.on.p < SURE

    @property
    def vanishes(self) -> bool:
        """Whether, without the mechanism, nothing is seen beyond chance: p above 0.05."""
        return self.off.p > UNSURE


def named(name: str) -> Phenomenon:
    """The phenomenon of that name; another name raises `ScenarioError` with the nearest one."""
    if name not in PHENOMENA:
        hint = nearest(name, PHENOMENA) or f"known: {', '.join(PHENOMENA)}"
        raise ScenarioError(f"no phenomenon is called {shown(name)}", hint=hint)
    return PHENOMENA[name]


def phenomenon(
    name: str,
    seeds: int | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    seed: int = 1,
) -> Shown:
    """Run a phenomenon with its mechanism on and off, and compare both with chance.

    Args:
        name: a name in `PHENOMENA`; another raises `ScenarioError`.
        seeds: how many programs of each; as many as the phenomenon says by default, and at least 2.
        executor, workers: as in `compare`.
        progress: called with programs done, programs in all, 0 and nothing.
        seed: the first seed; the same seeds give the same numbers, whatever runs them.
    """
    what = named(name)
    count = what.seeds if seeds is None else seeds
    if count < 2:
        raise ValueError(f"seeds is {count!r}; it must be a whole number of at least 2")
    warm()
    pieces = [(name, number, on) for number in range(seed, seed + count) for on in (True, False)]
    seen: list[Seen] = [{}] * len(pieces)
    with threads_or(executor, workers) as working:
        for done, (number, future) in enumerate(finished(working, seen_with, pieces, workers), start=1):
            seen[number] = future.result()
            if progress:
                progress(done, len(pieces), 0, "")
    on, off = seen[0::2], seen[1::2]
    return Shown(
        what, what.find(on), what.find(off), on, off, dict(what.also(on)), dict(what.also(off)), what.draw(on, off)
    )


def seen_with(name: str, seed: int, on: bool) -> Seen:
    """What is seen of a phenomenon with one seed; a name travels to another process, a function may not."""
    return PHENOMENA[name].see(seed, on)
