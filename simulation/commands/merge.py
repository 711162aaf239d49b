"""`mentorship merge`: the whole of a study from the folders of its parts, with the digest of one run in one go."""

import shlex
from argparse import Namespace

from simulation.commands.console import print_json, printed
from simulation.commands.sweep import tell_failures
from simulation.commands.words import sweep as words
from simulation.scenario.counted import counted
from simulation.studies.parts import merge


def carry_out(asked: Namespace) -> int:
    """Check the parts, and make the whole of them; 1 when runs failed."""
    command = shlex.join(["mentorship", "merge", *asked.folders, "--out", asked.out])
    done = merge(asked.folders, asked.out, command)
    if asked.json:
        print_json({
            "study": done.name, "folder": str(done.folder), "digest": done.digest, "points": done.points,
            "runs": done.runs, "lost": done.lost, "failures": done.failures,
        })  # fmt: skip
    else:
        runs, points = counted(done.runs, "runs"), counted(done.points, "points")
        printed(words.DONE.format(runs=runs, points=points, folder=done.folder), whole=True)
    return tell_failures(done)
