"""JSON Schemas of all kinds of TOML files, by which editors complete and check them as they are written."""

import json
import os
from pathlib import Path
from typing import Any

from simulation.scenario.errors import ScenarioError
from simulation.scenario.files import Scenario
from simulation.scenario.policy import Policy
from simulation.scenario.priorities import Priorities
from simulation.scenario.study import Study
from simulation.scenario.targets import Targets
from simulation.scenario.world import World

KINDS = (World, Policy, Study, Targets, Priorities)


def schema(kind: type[Scenario]) -> dict[str, Any]:
    """The schema of a file: as the fields, but nothing is required, since a file may extend another."""
    made = kind.model_json_schema()
    made["$schema"] = "http://json-schema.org/draft-07/schema#"
    made["properties"]["extends"] = {
        "type": "string",
        "description": f"the {kind.kind} that this file changes: a shipped name, or a path",
    }
    made.pop("required", None)
    return json.loads(json.dumps(made).replace("#/$defs/", "#/definitions/").replace('"$defs"', '"definitions"'))


def write_schemas(folder: str | Path) -> list[Path]:
    """Write the schemas of worlds, policies, studies, targets and priorities into a folder, and return their paths.

    A file of one of their names that is no such schema is not overwritten: it raises `ScenarioError`.
    """
    paths = [Path(folder) / f"{kind.kind}.schema.json" for kind in KINDS]
    for kind, path in zip(KINDS, paths, strict=True):
        if os.path.lexists(path) and not _is_schema(path, kind):
            raise ScenarioError("this file is no schema that was written here", file=path, hint="rename it, or move it away")
    for kind, path in zip(KINDS, paths, strict=True):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(schema(kind), indent=1) + "\n", encoding="utf-8")
        except (OSError, ValueError) as error:
            raise ScenarioError(
                f"the folder cannot be written ({getattr(error, 'strerror', None) or error})", file=folder
            ) from None
    return paths


def _is_schema(path: Path, kind: type[Scenario]) -> bool:
    """Whether a file is the schema of a kind, of this version or another one."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(held, dict) and held.get("title") == kind.__name__ and "extends" in held.get("properties", {})
