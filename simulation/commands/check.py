"""`mentorship check`: finds the mistakes in worlds, policies, studies and lists of people."""

from argparse import Namespace
from pathlib import Path

from simulation.advice.priorities import check_priorities
from simulation.commands.console import print_json, printed, remarked
from simulation.commands.words import check as words
from simulation.commands.words.any_command import IDLE_IN_PART
from simulation.evidence.own_patterns import patterns_in
from simulation.roster import read_side
from simulation.roster.mapping import PARTS, read_mapping
from simulation.roster.sheet import SHEETS
from simulation.scenario.counted import counted
from simulation.scenario.cross_checks import check_together
from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.idle import idle
from simulation.scenario.kinds import KINDS, OWN, kind_of
from simulation.scenario.loading import FOLDERS, read, shipped_names
from simulation.scenario.places import missing_people
from simulation.scenario.world import World
from simulation.studies.idle_levers import idle_levers
from simulation.studies.points import rows_of
from simulation.studies.setup import set_up

WORLD = "teaching_hospital"  # by which people are read where no world is given


def carry_out(asked: Namespace) -> int:
    """Check every file, and end with 2 when one is bad; levers that cannot act are told, and are no mistake."""
    reports = [_checked(file, asked.world) for file in asked.files]
    for report in reports:
        for problem in report["problems"]:
            remarked(words.PROBLEM.format(problem=problem))
        for remark in report["remarks"]:
            remarked(remark, asked.quiet)
        if report["ok"] and not asked.json and not asked.quiet:
            printed(words.FINE.format(file=report["file"], kind=report["kind"], about=report["what"]))
    if asked.json:
        print_json({"files": reports})
    return 0 if all(report["ok"] for report in reports) else 2


def _checked(file: str, world: str | None) -> dict:
    """The report on one file."""
    kind, remarks = "people" if file.lower().endswith(SHEETS) else "", []
    try:
        if kind:
            what, remarks = _people(file, world)
        else:
            path = Path(file)
            if not path.exists() and any(file in shipped_names(known) for known in FOLDERS):
                kind = next(known for known in FOLDERS if file in shipped_names(known))
            else:
                kind = _kind(path)
                file = str(path) if "/" in file or file.endswith(".toml") else f"./{file}"
            what, remarks = _looked_at(kind, file, World.load(world) if world else None)
    except ScenarioError as error:
        problems = [str(fault) for fault in (error, *error.others)]
        return {"file": file, "kind": kind or None, "ok": False, "what": "", "problems": problems, "remarks": []}
    return {"file": file, "kind": kind, "ok": True, "what": what, "problems": [], "remarks": remarks}


def _looked_at(kind: str, file: str, world: World | None) -> tuple[str, list[str]]:
    """The title of a scenario that is fine, and what is to be told of it."""
    if kind == "study":
        setup = set_up(file)
        return setup.study.title, [IDLE_IN_PART.format(**found._asdict()) for found in idle_levers(setup, rows_of(setup))]
    if kind == "mapping":
        mapping = read_mapping(file, world or World.load(WORLD))
        return counted(sum(map(len, mapping.columns.values())), "columns"), []
    scenario = KINDS[kind].load(file)
    if kind == "policy":
        if world:
            check_together(world, scenario, file)
        resting = idle(scenario, world).items()
        return scenario.title, [words.IDLE.format(file=file, lever=lever, why=why) for lever, why in resting]
    if kind == "targets":
        patterns_in(file)
    if kind == "priorities":
        check_priorities(scenario, file, world)
    lacking = missing_people(scenario) if kind == "world" else []
    return scenario.title, [words.EMPTY.format(file=file, what=what) for what in lacking]


def _people(file: str, world: str | None) -> tuple[str, list[str]]:
    """How many people a sheet has, and how it was read; mentees have a year, or a file that is called after them."""
    like = World.load(world or WORLD)
    mentees = read_side(file, "mentees", like)
    whose = "mentees" if "year" in mentees.people["mentees"] or "mentee" in Path(file).stem.lower() else "mentors"
    reading = mentees if whose == "mentees" else read_side(file, whose, like)
    known = {discipline.name for discipline in like.disciplines}
    strange = [name for name in reading.disciplines if name not in known] if world else []
    remarks = [words.STRANGE.format(file=file, names=", ".join(strange), world=world)] if strange else []
    remarks += [words.NO_YEAR.format(file=file)] if whose == "mentors" else []
    return counted(len(reading.people[whose]), whose), [words.READ.format(file=file, told=line) for line in reading.told] + remarks


def _kind(path: Path) -> str:
    """Whether a file is a world, a policy or a study: by its sections, by what it extends, by its folder."""
    source = read(path)
    known = "mapping" if source.data and set(source.data) <= set(PARTS) else kind_of(source.data)
    if known:
        return known
    extends = source.data.get("extends")
    for kind, folder in FOLDERS.items():
        if extends in shipped_names(kind) or path.resolve().parent.name == folder:
            return kind
    known = "; ".join(words.KIND_HAS.format(kind=kind, sections=", ".join(names)) for kind, names in OWN.items())
    raise ScenarioError(words.UNKNOWN_KIND.format(sections=shown(list(source.data))), file=path, hint=known)
