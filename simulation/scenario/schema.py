"""JSON Schemas of worlds, policies, studies and targets, by which editors complete and check TOML files as they are written."""

import json
from pathlib import Path
from typing import Any

from simulation.scenario.errors import ScenarioError
from simulation.scenario.files import Scenario
from simulation.scenario.policy import Policy
from simulation.scenario.study import Study
from simulation.scenario.targets import Targets
from simulation.scenario.world import World


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
    """Write the schemas of worlds, policies, studies and targets into a folder, and return their paths."""
    paths = []
    for kind in (World, Policy, Study, Targets):
        path = Path(folder) / f"{kind.kind}.schema.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(schema(kind), indent=1) + "\n", encoding="utf-8")
        except (OSError, ValueError) as error:
            raise ScenarioError(
                f"the folder cannot be written ({getattr(error, 'strerror', None) or error})", file=folder
            ) from None
        paths.append(path)
    return paths
