"""`mentorship new`: a starter folder, from which an office goes from its spreadsheets to a brief."""

import os
from argparse import Namespace
from pathlib import Path

from simulation.commands.console import print_json, printed, remarked, table
from simulation.commands.words import new as words
from simulation.folder import unwritable
from simulation.scenario.errors import ScenarioError
from simulation.scenario.loading import shipped_folder


def carry_out(asked: Namespace) -> int:
    """Write the files, all of them or none."""
    folder, starter = Path(asked.folder), shipped_folder("starter")
    try:
        if folder.exists() and not folder.is_dir():
            raise ScenarioError(words.NO_FOLDER, file=folder)
        for name in words.WHAT:
            if os.path.lexists(folder / name):
                raise ScenarioError(words.THERE, file=folder / name, hint=words.OTHER_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for name in words.WHAT:
            with (folder / name).open("xb") as stream:  # never over a file that came in between
                stream.write((starter / name).read_bytes())
    except (OSError, ValueError) as error:
        raise error if isinstance(error, ScenarioError) else unwritable(folder, error) from None
    if asked.json:
        print_json({"folder": str(folder), "files": [str(folder / name) for name in words.WHAT]})
    elif not asked.quiet:
        printed(table((str(folder / name), what) for name, what in words.WHAT.items()))
        remarked(words.NEXT.format(path=folder / "README.md"), whole=True)
    return 0
