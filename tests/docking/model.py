"""One run of the model: the processes of a month in the order of the ODD, and the headline outcomes at the end (section 3).

The names of the ODD are the names here: every process of section 3 and every submodel of section 7 is the function of
that name in one file of this folder, whichever it is.
"""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docking

from .outcomes import headline, moment_of, present
from .reading import Policy, World, read_processes
from .study import Study, calendar

DESCRIPTION = Path(__file__).parents[2] / "simulation" / "ODD.md"
PAIRINGS = ("ad_hoc", "coordinator", "choice", "facilitated")
POOLS = ("own", "all")
# What the ODD describes and no docked policy or outcome uses.
LEFT_OUT = frozenset((
    "policy.offer.mentees", "policy.offer.whole_units", "policy.offer.steps", "policy.offer.step_months",
    "policy.offer.everyone_from",
    "policy.diversify.recruit_domain", "policy.diversify.recruit_identity", "parameters.institution.recruit_hours",
    "parameters.strain.burned_out", "parameters.strain.intent", "parameters.strain.intent_base",
    "parameters.survey.mentor_offset", "world.hazards.other_school", "world.identities.hazard_source",
    "world.identities.threat_source",
))  # fmt: skip


def submodel(name: str) -> Callable:
    """Find the function of a process or submodel among the files of this folder."""
    files = [module.name for module in pkgutil.iter_modules(docking.__path__) if not module.name.startswith("test_")]
    modules = [importlib.import_module(f"docking.{file}") for file in files]
    found = {vars(module)[name] for module in modules if callable(vars(module).get(name))}
    if len(found) != 1:
        raise LookupError(f"tests/docking has {len(found) or 'no'} functions `{name}` for what the ODD calls `{name}`")
    return found.pop()


@cache
def processes() -> list[Callable]:
    """Give the processes of a month, in the order of the description."""
    return [submodel(name) for name in read_processes(DESCRIPTION)]


def simulate(world: World, policy: Policy, seed: int, months: int) -> dict[str, float]:
    """Run a policy in a world for some months and give its headline outcomes."""
    return headline(run(world, policy, seed, months))


def run(world: World, policy: Policy, seed: int, months: int) -> Study:
    """Run a policy in a world for some months and give the state at the end."""
    refuse_unknown(policy)
    study = Study(world, policy, seed, months)
    for month in range(study.months):
        begin_month(study, month)
        for process in processes():
            process(study)
        if month == moment_of(study):
            study.present = present(study)
    return study


def refuse_unknown(policy: Policy) -> None:
    """Refuse the levers that this program of the model does not know."""
    levers = policy.levers
    if levers.empower.pairing not in PAIRINGS:
        raise NotImplementedError(f"{policy.name}: pairing by {levers.empower.pairing}")
    if levers.diversify.pool not in POOLS:
        raise NotImplementedError(f"{policy.name}: a pool of {levers.diversify.pool} disciplines")
    if levers.diversify.recruit_share > 0:
        raise NotImplementedError(f"{policy.name}: targeted recruiting")


def begin_month(study: Study, month: int) -> None:
    """Turn to a new month, with its own shocks and its own luck."""
    study.month = month
    study.calendar = calendar(study.world, month - study.first)
    study.chance.new_month()
