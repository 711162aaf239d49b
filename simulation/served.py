"""What each mechanism serves: what is lost without a weight, or what names it.

`make bars` measures it, and `python -m simulation.renew` writes the table into `simulation/EVIDENCE.md`.
"""

import csv
from pathlib import Path

MEASURED = Path(__file__).parents[1] / "results" / "reference" / "knock_outs.csv"  # of a checkout; an installed package has none
HEAD = (
    "### What each mechanism serves\n\n"
    "Each weight alone at the value at which it does nothing (`mentorship sensitivity knock_outs`), and what it serves, the first "
    "that applies: the headline outcome or gap that it moves most; clauses of patterns that move; the other outcome that it moves "
    "most; or a law, a phenomenon or a result that needs it, named in `tests/bars/served.toml`. `make bars` measures it. What "
    "serves nothing is removed.\n\n"
    "| weight | at | what it serves |\n|---|---|---|"
)


def table() -> str:
    """A row a weight, in the order of the study; an empty text where nothing is measured."""
    if not MEASURED.is_file():
        return ""
    with MEASURED.open(encoding="utf-8", newline="") as file:
        rows = [f"| `{row['factor']}` | {row['off']} | {_said(row)} |" for row in csv.DictReader(file)]
    return "\n".join((HEAD, *rows))


def _said(row: dict[str, str]) -> str:
    """What a weight serves, in words: the first that applies."""
    said = {
        "headline": f"headline: {row['headline']} {row['effect']}, under {row['where']}", "pattern": f"pattern: {row['patterns']}",
        "reported": f"reported: {row['reported']}", "": "nothing",
    }  # fmt: skip
    return said.get(row["serves"], row["named"])
