"""The command line: what is asked for, in which words, and with which exit code it ends.

Each command lives in `simulation/commands/` and is imported when it is asked for, so that help answers at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from simulation import __version__
from simulation.scenario.errors import ScenarioError, nearest, shown

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
WORLD = "teaching_hospital"
LARGEST_SEED = 2**63 - 1


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line in the house's words."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        problem = message.removeprefix("argument ").replace("the following arguments are required: ", "please give ")
        options = [option for action in self._actions for option in action.option_strings]
        strange = [word for word in message.split() if word.startswith("-")] if "unrecognized" in message else []
        hint = nearest(strange[0], options) if strange else ""
        raise ScenarioError(problem, field=self.prog.partition(" ")[2], hint=hint or f"see {self.prog} --help")


def whole(low: int, high: int | None = None):
    """A reader of whole numbers in a range."""

    def read(text: str) -> int:
        said = f"a whole number of at least {low}" if high is None else f"a whole number from {low} to {high}"
        try:
            value = int(text)
        except ValueError:
            value = None
        if value is None or value < low or (high is not None and value > high):
            raise argparse.ArgumentTypeError(f"value {shown(text)}, allowed: {said}")
        return value

    return read


def replicates(text: str) -> int | str:
    """Read a number of replicates, or "auto"."""
    if text == "auto":
        return text
    try:
        return whole(1, 1_000_000)(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{error}, or auto") from None


def _parser() -> tuple[Parser, dict[str, Parser]]:
    """The parser, and the parser of each command."""
    shared = Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print the result for machines")
    shared.add_argument("--quiet", action="store_true", help="say nothing but the result")
    about = "Simulates mentorship programs, to compare policies before they are tried on people."
    top = Parser(prog="mentorship", description=about, allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"mentorship {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    parsers: dict[str, Parser] = {}

    def command(name: str, text: str) -> Parser:
        about = f"{text[:1].upper()}{text[1:]}."
        parsers[name] = commands.add_parser(name, help=text, description=about, parents=[shared], allow_abbrev=False)
        return parsers[name]

    seed = {"type": whole(0, LARGEST_SEED), "default": 1, "metavar": "N", "help": "the luck of the runs (default: 1)"}
    here = command("list", "list the worlds, policies and studies at hand")
    here.add_argument("--schema", metavar="DIR", help="write the JSON Schemas for editors into a folder")
    here = command("show", "say a policy, or the difference between two, in plain sentences")
    here.add_argument("policy", metavar="POLICY", help="the name of a shipped policy, or a file")
    here.add_argument("other", metavar="OTHER", nargs="?", help="a second policy")
    here = command("check", "check files of worlds, policies, studies and people (CSV)")
    here.add_argument("files", metavar="FILE", nargs="+", help="TOML or CSV")
    here.add_argument(
        "--world", metavar="WORLD", default=WORLD, help=f"the world of lists of people (default: {WORLD})"
    )
    here = command("run", "run one policy in one world once")
    here.add_argument("world", metavar="WORLD", help="the name of a shipped world, or a file")
    here.add_argument("policy", metavar="POLICY", help="the name of a shipped policy, or a file")
    here.add_argument("--seed", **seed)
    here.add_argument("--months", type=whole(1, 2400), metavar="N", help="how long (default: as the world says)")
    here.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE",
        help="change a field of the world or the policy: world.hazards.first_year=0.08, policy.move_on.stigma=0.4",
    )  # fmt: skip
    here.add_argument("--trace", action="store_true", help="keep every month of every tie")
    here.add_argument("--out", metavar="DIR", help="write the tables into this folder")
    here.add_argument("--digest", action="store_true", help="print the SHA-256 of the tables")
    here = command("compare", "compare policies on the same people and the same luck")
    here.add_argument("world", metavar="WORLD", nargs="?", default=WORLD, help=f"default: {WORLD}")
    here.add_argument(
        "policies", metavar="POLICY", nargs="*", help="the first is the baseline (default: five that are shipped)"
    )
    here.add_argument(
        "--replicates",
        type=replicates,
        default=200,
        metavar="N|auto",
        help="runs of each policy (default: 200; auto: as needed)",
    )
    here.add_argument("--seed", **seed)
    here.add_argument("--workers", type=whole(1, 4096), metavar="N", help="runs at a time (default: one a core)")
    here.add_argument("--out", metavar="DIR", help="where results go (default: results/WORLD-comparison)")
    here.add_argument(
        "--parameters", metavar="FILE", help="plausible sets of parameters, drawn from a Parquet file: posterior"
    )
    _study_of(command("sweep", "carry out a study of many runs; the same command goes on where it stopped"))
    parsers["sweep"].add_argument("--dry-run", action="store_true", help="say what it would take, and run nothing")
    _study_of(command("sensitivity", "find what decides the outcomes of a study, and where a policy backfires"))
    here = command("calibrate", "fit uncertain parameters to published patterns")
    here.add_argument("targets", metavar="TARGETS", help="the name of shipped targets (published), or a file")
    here.add_argument("--out", metavar="DIR", help="the folder of the results")
    here.add_argument("--workers", type=whole(1, 4096), metavar="N", help="points at a time (default: one a core)")
    here = command("validate", "measure the published patterns: value, interval, band, in or out")
    here.add_argument("--out", metavar="DIR", help="write the table into this folder")
    here.add_argument("--theories", metavar="STUDY", help="put the theories of a study to the patterns, side by side: rivals")
    here.add_argument("--seeds", type=whole(2, 10_000), metavar="N", help="populations of each kind (default: 30)")
    here.add_argument("--seed", **seed)
    here.add_argument("--workers", type=whole(1, 4096), metavar="N", help="pieces at a time (default: one a core)")
    here = command("phenomenon", "show a phenomenon of complexity, and the switch that makes it vanish")
    here.add_argument("name", metavar="NAME", help="emergence, sensitivity, path_dependence, tipping, feedback or adaptation")
    here.add_argument(
        "--seeds", type=whole(2, 10_000), metavar="N", help="programs of each kind (default: as it needs)"
    )
    here.add_argument("--seed", **seed)
    here.add_argument("--workers", type=whole(1, 4096), metavar="N", help="programs at a time (default: one a core)")
    here.add_argument("--out", metavar="DIR", help="where results go (default: results/phenomena/NAME)")
    here = command("brief", "write the decision brief of a comparison")
    here.add_argument("folder", metavar="DIR", help="the folder of a comparison")
    return top, parsers


def _study_of(here: Parser) -> None:
    """The arguments of a command that carries out a study."""
    here.add_argument("study", metavar="STUDY", help="the name of a shipped study, or a file")
    here.add_argument("--out", metavar="DIR", help="the folder of the results")
    here.add_argument("--workers", type=whole(1, 4096), metavar="N", help="chunks at a time (default: one a core)")
    here.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler: tcp://host:8786")


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, read; a `ScenarioError` says what is wrong with it."""
    top, parsers = _parser()
    first = next((word for word in argv if not word.startswith("-")), None)
    if first is not None and first not in parsers:
        hint = nearest(first, parsers) or f"known: {', '.join(parsers)}"
        raise ScenarioError(f"no command is called {shown(first)}", hint=hint)
    known, rest = top.parse_known_args(argv)
    if rest:
        what = f"option {rest[0]}" if rest[0].startswith("-") else f"word {shown(rest[0])}"
        parsers[known.command].error(f"unrecognized {what}")
    return known


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code: 0 done, 1 runs failed, 2 bad input, 130 interrupted."""
    argv = sys.argv[1:] if argv is None else list(argv)
    again = "give the same command again"
    try:
        asked = arguments(argv)
        code = import_module(f"simulation.commands.{asked.command}").carry_out(asked)
        sys.stdout.flush()
        return code
    except ScenarioError as error:
        for fault in (error, *error.others):
            _say(str(fault))
        return BAD_INPUT
    except KeyboardInterrupt:
        _say(f"interrupted; to go on, {again}")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough; what is left must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except SystemExit as end:
        return int(end.code or 0)


def _say(text: str) -> None:
    """One line on stderr, whatever the terminal can write."""
    line = f"mentorship: {text}\n"
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding))
