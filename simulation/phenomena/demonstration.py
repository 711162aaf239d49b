"""The phenomena by name, and running one: the same seeds with its mechanism on and with it off."""

from concurrent.futures import Executor
from typing import NamedTuple

from matplotlib.figure import Figure

from simulation.executor import Progress, finished, threads_or
from simulation.phenomena import adaptation, emergence, feedback, path_dependence, sensitive_dependence, tipping
from simulation.phenomena.phenomenon import UNSURE, Arm, Finding, Phenomenon, Seen
from simulation.run import warm
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.whole_numbers import whole_number

MODULES = (emergence, sensitive_dependence, path_dependence, tipping, feedback, adaptation)
PHENOMENA: dict[str, Phenomenon] = {module.PHENOMENON.name: module.PHENOMENON for module in MODULES}


class Shown(NamedTuple):
    """The results of a phenomenon: both findings, the results with each seed, and further numbers."""

    phenomenon: Phenomenon
    on: Finding
    off: Finding
    seen_on: list[Seen]
    seen_off: list[Seen]
    also_on: dict[str, float]
    also_off: dict[str, float]

    @property
    def figure(self) -> Figure:
        """The figure, drawn anew."""
        on, off = Arm(self.seen_on, self.on, self.also_on), Arm(self.seen_off, self.off, self.also_off)
        return self.phenomenon.draw(on, off)

    @property
    def appears(self) -> bool:
        """Whether the effect with the mechanism is beyond chance: p below 0.001."""
        return self.on.appears

    @property
    def vanishes(self) -> bool:
        """Whether nothing beyond chance is left without the mechanism: p above 0.05."""
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
        name: a name in `PHENOMENA`; another one raises `ScenarioError`.
        seeds: how many programs of each, at least 2; the phenomenon has a default.
        executor, workers: as in `compare`.
        progress: called with programs done, programs in all, 0 and an empty note.
        seed: the first seed; the same seeds give the same numbers, whatever runs them.
    """
    experiment = named(name)
    count, seed = whole_number(experiment.seeds if seeds is None else seeds, "seeds"), whole_number(seed, "seed")
    warm()
    pieces = [(name, number, on) for number in range(seed, seed + count) for on in (True, False)]
    seen: list[Seen] = [{}] * len(pieces)
    with threads_or(executor, workers) as working:
        for done, (number, future) in enumerate(finished(working, seen_with, pieces, workers), start=1):
            seen[number] = future.result()
            if progress:
                progress(done, len(pieces), 0, "")
    on, off = seen[0::2], seen[1::2]
    find, also = experiment.find, experiment.also
    return Shown(experiment, find(on), find(off), on, off, dict(also(on)), dict(also(off)))


def seen_with(name: str, seed: int, on: bool) -> Seen:
    """The results of a phenomenon with one seed, by name: other processes can receive a name, but not every function."""
    return PHENOMENA[name].see(seed, on)
