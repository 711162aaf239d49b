"""`mentorship list`: the worlds, policies and studies at hand, a line each."""

from argparse import Namespace

from simulation.commands.console import print_json, printed, remarked
from simulation.scenario.loading import shipped_folder, shipped_names
from simulation.scenario.policy import Policy
from simulation.scenario.schema import write_schemas
from simulation.scenario.study import Study
from simulation.scenario.world import World


def carry_out(asked: Namespace) -> int:
    """List what is shipped, or write the schemas."""
    if asked.schema:
        paths = [str(path) for path in write_schemas(asked.schema)]
        if asked.json:
            print_json({"schemas": paths})
        else:
            for path in paths:
                remarked(f"written: {path}", asked.quiet)
        return 0
    shipped = {"worlds": (World, "world"), "policies": (Policy, "policy"), "studies": (Study, "study")}
    found = {word: [kind.load(name) for name in shipped_names(folder)] for word, (kind, folder) in shipped.items()}
    if asked.json:
        entries = {
            word: [{"name": one.name, "title": one.title, "text": one.text} for one in all_]
            for word, all_ in found.items()
        }
        print_json(entries)
        return 0
    for word, entries in found.items():
        printed(f"{word[:1].upper() + word[1:]} (in {shipped_folder(shipped[word][1])})")
        for one in entries:
            printed(f"  {one.name:<22}{one.title}")
        printed()
    printed("Say `mentorship show POLICY` for a policy in sentences.")
    return 0
