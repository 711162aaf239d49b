"""`mentorship check`: finds the mistakes in worlds, policies, studies and lists of people."""

from argparse import Namespace
from pathlib import Path

from simulation.commands.console import print_json, printed, remarked
from simulation.commands.words import check as words
from simulation.commands.words.any_command import counted
from simulation.roster import read_people
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.loading import FOLDERS, read, shipped_names
from simulation.scenario.policy import WITH_OFFER, Policy
from simulation.scenario.study import Study
from simulation.scenario.targets import Targets
from simulation.scenario.world import World
from simulation.studies.setup import set_up

KINDS = {"world": World, "policy": Policy, "study": Study, "targets": Targets}


def carry_out(asked: Namespace) -> int:
    """Check every file, and end with 2 when one is bad."""
    reports = [_checked(file, asked.world) for file in asked.files]
    for report in reports:
        for problem in report["problems"]:
            remarked(words.PROBLEM.format(problem=problem))
        if report["ok"] and not asked.json and not asked.quiet:
            printed(words.FINE.format(file=report["file"], kind=report["kind"], about=report["what"]))
    if asked.json:
        print_json({"files": reports})
    return 0 if all(report["ok"] for report in reports) else 2


def _checked(file: str, world: str) -> dict:
    """The report on one file."""
    kind = "people" if file.lower().endswith(".csv") else ""
    try:
        if kind:
            people, whose = read_people(file, World.load(world))
            what = counted(len(people), whose)
        else:
            path = Path(file)
            if not path.exists() and any(file in shipped_names(known) for known in FOLDERS):
                kind = next(known for known in FOLDERS if file in shipped_names(known))
            else:
                kind = _kind(path)
                file = str(path) if "/" in file or file.endswith(".toml") else f"./{file}"
            what = set_up(file).study.title if kind == "study" else KINDS[kind].load(file).title
    except ScenarioError as error:
        problems = [str(fault) for fault in (error, *error.others)]
        return {"file": file, "kind": kind or None, "ok": False, "what": "", "problems": problems}
    return {"file": file, "kind": kind, "ok": True, "what": what, "problems": []}


def _kind(path: Path) -> str:
    """Whether a file is a world, a policy or a study: by its sections, by what it extends, by its folder."""
    source = read(path)
    own = {
        "policy": (*WITH_OFFER, "start_month", "end_month"),
        "world": [name for name in World.model_fields if name not in Policy.model_fields],
    }
    own["targets"] = ["patterns", "waves", "wanted", "priors"]
    own["study"] = [name for name in Study.model_fields if name not in World.model_fields]
    score = {
        kind: sum(2 if key in names else bool(nearest(key, names)) for key in source.data)
        for kind, names in own.items()
    }
    best = max(score, key=score.get)
    if list(score.values()).count(score[best]) == 1:
        return best
    extends = source.data.get("extends")
    for kind, folder in FOLDERS.items():
        if extends in shipped_names(kind) or path.resolve().parent.name == folder:
            return kind
    known = "; ".join(words.KIND_HAS.format(kind=kind, sections=", ".join(names)) for kind, names in own.items())
    raise ScenarioError(words.UNKNOWN_KIND.format(sections=shown(list(source.data))), file=path, hint=known)
