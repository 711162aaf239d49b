"""Fuzzing of the reader that is guided by which code it reaches: `python tests/roster/guided_sheets.py -runs=20000` (needs atheris)."""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["simulation.roster"]):
    from drawn_sheets import must_end_well

FOLDER = Path(tempfile.mkdtemp())
MENTORS = b"Name,Dept,Gender,URM,research\n" + b"A,Medicine,F,1,0.5\nB,Surgery,M,,\n" * 3
SEEDS = (MENTORS, b"Title\nName;What is your training year?;Dept;Race\nA;PGY-3;Medicine;White\n" + b"B;Intern;Surgery; Asian\n" * 5 + b"Total;2;;\n")


def one(data: bytes) -> None:
    """Read the bytes as both sheets, or spliced into a sound one."""
    middle = len(data) // 2
    must_end_well(FOLDER, data[:middle] or MENTORS, SEEDS[1][: data[0] if data else 0] + data[middle:], None)


corpus = Path(tempfile.mkdtemp())
for number, seed in enumerate(SEEDS):
    (corpus / str(number)).write_bytes(seed)
atheris.Setup([*sys.argv, str(corpus)], one)
atheris.Fuzz()
