"""How each parameter of the rules came by its number: measured, calibrated, guided by a finding, or assumed.

`python -m simulation.renew` writes the table into `simulation/EVIDENCE.md`.
"""

from simulation.scenario.parameters import Parameters
from simulation.scenario.targets import Targets

# Numbers that stand in the row itself; of all other rows only the direction, the form or the order of size is taken.
MEASURED = frozenset(("learn.course_hours", "norm.threshold", "evaluate.initiation"))
HEAD = "| section | measured | calibrated | guided by a finding | assumed |\n|---|---|---|---|---|"


def table() -> str:
    """A row a section of parameters; every parameter in one of four columns, with the rows that it leans on."""
    fitted = {prior.field for prior in Targets.load("published").priors}
    lines = [HEAD]
    for section, of in Parameters.model_fields.items():
        cells: dict[str, list[str]] = {"measured": [], "calibrated": [], "guided": [], "assumed": []}
        for name, field in of.annotation.model_fields.items():
            path, rows = f"{section}.{name}", (field.json_schema_extra or {}).get("source", "assumed")
            rows = "" if rows == "assumed" else rows
            kind = "calibrated" if path in fitted else "measured" if path in MEASURED else "guided" if rows else "assumed"
            cells[kind].append(f"`{name}`" + (f" ({rows})" if rows else ""))
        lines.append(f"| `{section}` | " + " | ".join(", ".join(cells[kind]) for kind in cells) + " |")
    return "\n".join(lines)
