"""`mentorship list`: the worlds, policies and studies at hand, a line each."""

from argparse import Namespace

from simulation.commands.console import print_json, printed, remarked, table
from simulation.commands.words import list as words
from simulation.scenario.loading import shipped_folder, shipped_names
from simulation.scenario.policy import Policy
from simulation.scenario.schema import write_schemas
from simulation.scenario.study import Study
from simulation.scenario.world import World

SHIPPED = {"worlds": World, "policies": Policy, "studies": Study}


def carry_out(asked: Namespace) -> int:
    """List what is shipped, or write the schemas."""
    if asked.schema:
        paths = [str(path) for path in write_schemas(asked.schema)]
        if asked.json:
            print_json({"schemas": paths})
        for path in [] if asked.json else paths:
            remarked(words.WRITTEN.format(path=path), asked.quiet, whole=True)
        return 0
    found = {word: [kind.load(name) for name in shipped_names(kind.kind)] for word, kind in SHIPPED.items()}
    if asked.json:
        told = ("name", "title", "text")
        print_json({word: [{name: getattr(one, name) for name in told} for one in all_] for word, all_ in found.items()})
        return 0
    width = max(len(one.name) for entries in found.values() for one in entries)
    for word, entries in found.items():
        printed(words.GROUP.format(kind=word.capitalize(), folder=shipped_folder(SHIPPED[word].kind)), whole=True)
        printed(table(((one.name, one.title) for one in entries), least=(width,)), "")
    printed(words.NEXT)
    return 0
