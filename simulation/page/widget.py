"""The stage in a notebook: the player of the page as a widget, over recordings made in Python."""

from typing import Any

from simulation.page.joining import PLAYER, joined, text_of
from simulation.page.recording import recorded
from simulation.page.shown import shown
from simulation.page.words import words_of
from simulation.run import Run, simulate
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import stand_ins
from simulation.scenario.world import World
from simulation.seats import seats_in, seats_json

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise ImportError("The stage of a notebook needs anywidget: pip install 'mentorship[notebooks]'") from error


class Stage(anywidget.AnyWidget):
    """The people of a world under one policy, or under two side by side with the same luck; month by month.

    `month` counts from 0. `selected` is the person picked, `{"kind": "mentee", "row": 213}`, or None; a mentor's row is of the
    first policy. Both can be read and set. People of a roster are not shown: stand-ins are.
    """

    _esm = joined((*PLAYER, "widget.js")) + "\nexport default { render: renderPlayer };\n"
    _css = text_of("play.css")
    month = traitlets.Int(0, min=0).tag(sync=True)
    selected = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    _worlds = traitlets.List().tag(sync=True)
    _seats = traitlets.Dict().tag(sync=True)
    _words = traitlets.Dict().tag(sync=True)

    def __init__(self, world: World | str, policy: Policy | str, other: Policy | str | None = None, seed: int = 1):
        given = World.load(world) if isinstance(world, str) else world
        world, told = stand_ins(given), shown(given)
        names = [policy] if other is None else [policy, other]
        policies = [Policy.load(one) if isinstance(one, str) else one for one in names]
        runs = [simulate(world, one, seed=seed, trace=True) for one in policies]
        super().__init__(
            _worlds=[_shown(run, one.title) for run, one in zip(runs, policies, strict=True)],
            _seats=seats_json(seats_in(runs[0].layout, told)),
            _words=words_of(told),
        )


def _shown(run: Run, title: str) -> dict[str, Any]:
    """A recording with its title: for each column the kind of its numbers, and their bytes."""
    columns = {name: [values.dtype.str[1:], values.tobytes()] for name, values in recorded(run).items()}
    return {"title": title, "columns": columns}
