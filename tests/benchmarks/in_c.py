"""Steps of the month in C over the very rows of the model: their structs written from its columns, compiled, called."""

import ctypes
import subprocess
from pathlib import Path

import numpy as np

from simulation import columns
from simulation.draws import Purpose
from simulation.scenario.compiled_setting import SETTING
from simulation.scenario.levers import levers_type

HERE = Path(__file__).parent
KINDS = {
    "mentee": columns.MENTEE, "tie": columns.TIE, "record": columns.RECORD, "mentor": columns.MENTOR, "post": columns.POST,
    "unit": columns.UNIT, "site": columns.SITE, "institution": columns.INSTITUTION, "month": columns.MONTH,
    "counts": columns.COUNTS, "tie_month": columns.TIE_MONTH, "levers": levers_type(), "setting": SETTING,
}  # fmt: skip
WORDS = {"f8": "double", "f4": "float", "i8": "int64_t", "i4": "int32_t", "i2": "int16_t", "i1": "int8_t"}


def struct(name: str, kind: np.dtype) -> str:
    """The C type of a record, those of the records in it first, and a check that every field stands where numpy has it."""
    before, fields, checks = "", [], [f"_Static_assert(sizeof({name}) == {kind.itemsize}, \"{name}\");"]
    for field, (inner, place) in kind.fields.items():
        element, shape = inner.subdtype or (inner, ())
        if element.names:
            word = f"{name}_{field}"
            before += struct(word, element)
        else:
            word = WORDS[element.str[1:]]
        fields.append(f"{word} {field}{''.join(f'[{length}]' for length in shape)};")
        checks.append(f"_Static_assert(offsetof({name}, {field}) == {place}, \"{name}.{field}\");")
    packed = "" if kind.isalignedstruct else " __attribute__((packed))"
    return before + f"typedef struct{packed} {{ {' '.join(fields)} }} {name};\n" + "\n".join(checks) + "\n"


def compiled(folder: Path) -> ctypes.CDLL:
    """The steps, compiled by gcc as fast as it can without other bits."""
    rows = "#include <stddef.h>\n" + "".join(struct(name, kind) for name, kind in KINDS.items())
    rows += "enum { " + ", ".join(f"{purpose.name} = {purpose.value}" for purpose in Purpose) + " };\n"
    (folder / "rows.h").write_text(rows, encoding="utf-8")
    flags = ["-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-shared", "-fPIC", f"-I{folder}", f"-I{HERE}"]
    sources = [str(path) for path in sorted(HERE.glob("*.c"))]
    subprocess.run(["gcc", *flags, *sources, "-lm", "-o", str(folder / "steps.so")], check=True)
    return ctypes.CDLL(str(folder / "steps.so"))


class Pointers(ctypes.Structure):
    """`state` in month.h."""

    TABLES = (
        "mentees", "ties", "records", "mentors", "posts", "units", "sites", "institution", "months", "counts", "trace",
        "streams", "levers", "calendar", "group_counts", "setting",
    )  # fmt: skip
    SIZES = ("slots", "purposes", "kept", "groups", "unit_count")
    _fields_ = [(name, ctypes.c_void_p) for name in TABLES] + [(name, ctypes.c_int64) for name in SIZES]


def pointers(state, setting) -> Pointers:
    """Where the rows of a state lie, and how long they are."""
    given = Pointers()
    for name in Pointers.TABLES:
        table = setting if name == "setting" else getattr(state, name)
        rows = table if isinstance(table, np.ndarray) else table.base  # a single row lies in a table of one
        setattr(given, name, rows.ctypes.data)
    given.slots, given.purposes, given.kept = state.ties.shape[1], state.streams.shape[1], len(state.trace)
    given.groups, given.unit_count = state.group_counts.shape[1], len(state.units)
    return given
