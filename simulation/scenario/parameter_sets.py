"""Plausible sets of parameters: what a calibration accepted, carried on into what is asked next."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.draws import Purpose, bits, stream
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.loading import shipped_folder
from simulation.scenario.world import World

FIELDS = ("parameters.", "context.", "hazards.")  # of a world; the last two where a program does not know its own
PER_SET = 5  # replicates that share a set, so that a set is told from luck


class ParameterSets(NamedTuple):
    """Sets of parameters that are all plausible; none is likelier than another."""

    name: str
    changes: tuple[dict[str, float], ...]  # dotted names of a world's parameters, set by set
    digest: str  # the SHA-256 of the file
    word: str = ""  # what a command line calls them in any folder: a shipped name, or the whole path of the file

    @classmethod
    def load(cls, name_or_path: str | Path) -> Self:
        """Read the shipped sets of a name (`posterior`), or a Parquet file with a column a parameter, a row a set.

        Columns that are not called `parameters.…`, `context.…` or `hazards.…` are passed over. A file that cannot be read,
        and a value that the model does not allow, raise `ScenarioError`.
        """
        shipped, path = _found(str(name_or_path))
        try:
            raw = path.read_bytes()
            table = pq.read_table(pa.BufferReader(raw)).to_pandas()
        except (OSError, pa.ArrowInvalid) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not a Parquet file"
            raise ScenarioError(f"these parameters cannot be read ({reason})", file=path) from None
        names = [str(name) for name in table.columns if str(name).startswith(FIELDS)]
        if not names or table.empty:
            raise ScenarioError("there is no set of parameters in it", file=path, hint="a column is parameters.NAME")
        sets = tuple(table[names].astype(float).to_dict("records"))
        for row, values in enumerate(sets):
            _checked(values, row, path)
        word = str(name_or_path) if shipped else str(path.resolve())
        return cls(path.stem, sets, hashlib.sha256(raw).hexdigest(), word)

    def rows(self, seed: int, replicates: Sequence[int]) -> np.ndarray:
        """The set of each replicate, as a row of the file: drawn by chance, none twice before all were drawn."""
        luck = np.uint64(stream(seed, Purpose.REPLICATE, 1))
        order = np.argsort([bits(luck, number, 0) for number in range(len(self.changes))], kind="stable")
        return order[np.asarray(replicates, int) // PER_SET % len(order)]

    def world(self, world: World, seed: int, replicate: int) -> World:
        """The world of a replicate."""
        return self.changed(world, int(self.rows(seed, [replicate])[0]))

    def changed(self, world: World, row: int) -> World:
        """The world with the set in a row of the file, counted from 0 as in the column `parameter_set` of outcomes."""
        if row >= len(self.changes):
            problem = f"there is no set {row}: the sets of {self.name} have the numbers 0 to {len(self.changes) - 1}"
            raise ScenarioError(problem, field="--parameter-set")
        return world.with_(self.changes[row])


def _found(text: str) -> tuple[bool, Path]:
    """Whether the sets are shipped, and their file."""
    shipped = {path.stem: path for path in shipped_folder("targets").glob("*.parquet")}
    path = shipped.get(text) or Path(os.path.expanduser(text))
    if not path.is_file():
        hint = nearest(text, list(shipped)) or "a Parquet file, such as the accepted.parquet of a calibration"
        raise ScenarioError(f"there are no parameters called {shown(text)}", field="parameters", hint=hint)
    return text in shipped, path


def _checked(values: dict[str, float], row: int, path: Path) -> None:
    """Try a set on a world; what is wrong is told with its row."""
    try:
        World(name="parameters").with_(values)
    except ScenarioError as error:
        raise ScenarioError(f"set {row + 1}: {error.problem}", file=path, field=error.field, hint=error.hint) from None


