"""Each phenomenon at its default size: the effect beyond chance with its mechanism, and nothing beyond chance without it.

`results/reference/phenomena.json` keeps the numbers, for pages that show a smaller run and name the full one.
"""

import json

import pytest
from keeping import REFERENCE

from simulation.phenomena.demonstration import PHENOMENA, phenomenon
from simulation.phenomena.phenomenon import UNSURE
from simulation.phenomena.reported import report

DIGITS = 10  # of which all machines give the same


def rounded(value):
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


@pytest.mark.parametrize("name", PHENOMENA)
def bar_phenomenon(name):
    shown = phenomenon(name)
    numbers = {field: rounded(value) for field, value in report(shown)._asdict().items() if field != "name"}
    path = REFERENCE / "phenomena.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known = {known_name: known[known_name] for known_name in PHENOMENA if known_name in known} | {name: numbers}
    path.write_text(json.dumps({each: known[each] for each in PHENOMENA if each in known}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\n{name}: {numbers['said']}, without it {numbers['off_said']}")
    assert shown.appears
    assert shown.off.p > UNSURE
