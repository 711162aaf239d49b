"""The loop of work: change one number, give the command again. Each study has a folder of its own, and none is lost."""

import re
from argparse import Namespace
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from simulation.commands.console import remarked
from simulation.commands.words import again as words
from simulation.folder import MANIFEST, Foreign, read_manifest
from simulation.results import facts, prepare
from simulation.scenario.errors import ScenarioError, shown

TOLD = 6  # changes that are told one by one
SETTINGS = ("seed", "seeds", "replicates", "months", "parameters", "targets", "budget", "designs", "pilot")

NAMED = ("name", "outcome", "field")


def folder_for(asked: Namespace, usual: Path, manifest: Mapping[str, Any], names: Collection[str] = ()) -> tuple[Path, list[str]]:
    """Make the folder of a study, and say where it is and how the study differs from the last one there.

    It is `--out`, or else the `usual` one. Where that holds another study it is a fresh one beside the usual one
    (`usual-2`), or with `--again` in the given one (`DIR/2`); with `--out` alone, `Foreign` is raised.
    """
    out = Path(asked.out or usual)
    passed: list[Path] = []
    for number in count(1):
        place = out if number == 1 else out / str(number) if asked.out else out.with_name(f"{out.name}-{number}")
        try:
            prepare(place, manifest, names)
            break
        except Foreign as error:
            if asked.out and not asked.again:
                raise Foreign(error.problem, file=error.file, hint=words.OR_AGAIN) from None
            passed.append(place)
    if not passed:
        return place, []
    silent = asked.quiet or asked.json
    remarked(words.ELSEWHERE.format(held=passed[0], place=place), silent, whole=True)
    last = max(passed, key=_written)
    try:
        found = list(changes(read_manifest(last), manifest))
    except ScenarioError:
        found = []
    if found:
        more = [words.MORE.format(count=len(found) - TOLD)] if len(found) > TOLD else []
        remarked(words.CHANGED.format(last=last, changes="; ".join([*found[:TOLD], *more])), silent, whole=True)
    return place, found


def usual_folder(study: str, *names: str) -> Path:
    """Where the results of a study go that nobody gave a folder for: `results/NAMES-STUDY`."""
    return Path("results") / "-".join([*(re.sub(r"[^A-Za-z0-9_-]+", "_", name) for name in names), study])


def _written(folder: Path) -> float:
    """When the manifest of a folder was written."""
    return (folder / MANIFEST).stat().st_mtime if (folder / MANIFEST).exists() else 0.0


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What differs between two studies, by their manifests: the world, each policy, and how they were run."""
    (world, policies, how), (new_world, new_policies, new_how) = _parts(before), _parts(after)
    if world.get("name") != new_world.get("name"):
        yield words.ONE.format(field="world", old=_said(world.get("name")), new=_said(new_world.get("name")))
    else:
        yield from _differing(world, new_world)
    for name in [*policies, *(name for name in new_policies if name not in policies)]:
        if name not in new_policies or name not in policies:
            yield (words.GONE if name in policies else words.NEW).format(name=name)
        elif found := list(_differing(policies[name], new_policies[name])):
            yield words.POLICY.format(name=name, changes=", ".join(found))
    yield from _differing(how, new_how)


def _parts(manifest: Mapping[str, Any]) -> tuple[dict, dict, dict]:
    """The world, the policies by name, and the settings of a manifest."""
    held = facts(manifest)
    inputs = held.get("inputs") if isinstance(held.get("inputs"), dict) else {}
    policies = {str(one.get("name")): one for one in inputs.get("policies") or [] if isinstance(one, dict)}
    return inputs.get("world") or {}, policies, {key: held.get(key) for key in SETTINGS}


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Each field that differs, by its dotted name."""
    before, after = dict(_flat(old)), dict(_flat(new))
    for field in [*before, *(field for field in after if field not in before)]:
        if before.get(field) != after.get(field):
            yield words.ONE.format(field=field, old=_said(before.get(field)), new=_said(after.get(field)))


def _flat(content: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its dotted name; entries of a list go by their names, or by what they are of, where they have any."""
    if isinstance(content, list) and content and all(map(_called, content)):
        content = {_called(entry): entry for entry in content}
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    else:
        yield path, content


def _called(entry: Any) -> str:
    """What an entry of a list is called; empty where it has no name."""
    return next((str(entry[key]) for key in NAMED if entry.get(key)), "") if isinstance(entry, dict) else ""


def _said(value: Any) -> str:
    """A value for people."""
    return words.NOTHING if value is None else f"{value:g}" if isinstance(value, float) else shown(value)
