"""The command line: reads what is asked for, carries it out, and ends with the right exit code.

Each command lives in `simulation/commands/` and is imported when it is asked for, so that help answers at once; its
words live in `simulation/commands/words/`. (argparse, not typer: typer's help takes four times as long, and `--json`
and `--quiet` would have to stand in every command.)
"""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from simulation import __version__
from simulation.commands.streams import mute, ready_streams, unheard
from simulation.commands.words import any_command as words
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.whole_numbers import BOUNDS
from simulation.scenario.whole_numbers import budget as money

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
WORLD = "teaching_hospital"
COMMANDS = (
    "new", "list", "show", "check", "roster", "run", "compare", "design", "pilot", "sweep", "merge", "sensitivity", "calibrate",
    "validate", "phenomenon", "brief", "explorable", "dashboard", "animate",
)  # fmt: skip
RESUMING = ("sweep", "sensitivity", "calibrate")  # what they have done when they are interrupted is kept


class Parser(argparse.ArgumentParser):
    """A parser that refuses a command line in one line, in our words."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        problem = message.removeprefix("argument ").replace("the following arguments are required: ", words.MISSING)
        raise ScenarioError(problem, field=self.prog.partition(" ")[2], hint=words.SEE_HELP.format(program=self.prog))

    def refuse(self, strange: str) -> NoReturn:
        """Refuse a word or an option that the command does not know."""
        if not strange.startswith("-"):
            self.error(words.UNKNOWN_WORD.format(word=shown(strange)))
        near = nearest(strange, [option for action in self._actions for option in action.option_strings])
        problem = words.UNKNOWN_OPTION.format(word=strange)
        field = self.prog.partition(" ")[2]
        raise ScenarioError(problem, field=field, hint=near or words.SEE_HELP.format(program=self.prog))


def whole(name: str):
    """A reader of whole numbers, within the bounds that Python has for the same name."""
    low, high = BOUNDS[name]

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise argparse.ArgumentTypeError(words.WHOLE_NUMBER.format(value=shown(text), bounds=f"from {low} to {high}"))
        return value

    return read


def replicates(text: str) -> int | str:
    """Read a number of replicates, or "auto"."""
    if text == "auto":
        return text
    try:
        return whole("replicates")(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(words.OR_AUTO.format(problem=error)) from None


def budget(text: str) -> float:
    """Read a sum of money."""
    try:
        return money(text)
    except ScenarioError as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def part(text: str) -> tuple[int, int]:
    """Read a part of a study, such as 3/20."""
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count) <= 1_000_000):
        raise argparse.ArgumentTypeError(words.A_PART.format(value=shown(text)))
    return int(number), int(count)


def inner_share(text: str) -> float:
    """Read a share that is neither nothing nor everything."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1.0:
        raise argparse.ArgumentTypeError(words.A_SHARE.format(value=shown(text)))
    return value


def rising(text: str) -> list[int]:
    """Read whole numbers with commas between them."""
    return [whole("after_months")(number) for number in text.split(",")]


# How an argument is read; it is read alike in every command that has it.
FLAG = {"action": "store_true"}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "world": {"metavar": "WORLD"}, "policy": {"metavar": "POLICY"}, "other": {"metavar": "OTHER", "nargs": "?"},
    "policies": {"metavar": "POLICY", "nargs": "*"}, "files": {"metavar": "FILE", "nargs": "+"},
    "study": {"metavar": "STUDY"}, "targets": {"metavar": "TARGETS"}, "name": {"metavar": "NAME"},
    "folder": {"metavar": "DIR"}, "--out": {"metavar": "DIR"}, "--schema": {"metavar": "DIR"},
    "--world": {"metavar": "WORLD"}, "--theories": {"metavar": "STUDY"},
    "--theory": {"metavar": "NAME"},
    "--seed": {"metavar": "N", "type": whole("seed"), "default": 1},
    "--seeds": {"metavar": "N", "type": whole("seeds")}, "--months": {"metavar": "N", "type": whole("months")},
    "--replicates": {"metavar": "N|auto", "type": replicates, "default": 200},
    "--budget": {"metavar": "MONEY", "type": budget},
    "--workers": {"metavar": "N", "type": whole("workers")}, "--scheduler": {"metavar": "ADDRESS"},
    "mentors": {"metavar": "MENTORS"}, "mentees": {"metavar": "MENTEES"}, "--mapping": {"metavar": "FILE"},
    "--like": {"metavar": "WORLD", "default": WORLD}, "--name": {"metavar": "TITLE"},
    "patterns": {"metavar": "PATTERNS", "nargs": "?"},
    "--part": {"metavar": "K/N", "type": part}, "folders": {"metavar": "DIR", "nargs": "+"},
    "--set": {"metavar": "NAME=VALUE", "action": "append", "default": []}, "--parameters": {"metavar": "FILE"},
    "--priorities": {"metavar": "FILE"}, "--sets": {"metavar": "N", "type": whole("sets")}, "--turning": FLAG,
    "--parameter-set": {"metavar": "K", "type": whole("parameter_set")},
    "--surveys": {"metavar": "N,N,...", "type": rising, "default": []},
    "--levers": {"metavar": "STUDY", "default": "what_a_budget_buys"},
    "--designs": {"metavar": "N", "type": whole("designs"), "default": 240},
    "--share": {"metavar": "SHARE", "type": inner_share}, "--baseline": {"metavar": "POLICY", "default": "ad_hoc"},
    "--assign": {"metavar": "HOW", "default": "individual"},
    "a": {"metavar": "A", "nargs": "?", "default": "ad_hoc"}, "b": {"metavar": "B", "nargs": "?", "default": "six_tips"},
    "--port": {"metavar": "N", "type": whole("port"), "default": 8765}, "--open": FLAG,
    "--speed": {"metavar": "MONTHS", "type": whole("speed"), "default": 4},
    "--size": {"metavar": "PIXELS", "type": whole("size"), "default": 480},
    "--trace": FLAG, "--digest": FLAG, "--dry-run": FLAG, "--again": FLAG, "--json": FLAG, "--quiet": FLAG,
}  # fmt: skip
EXCEPTIONS = {("compare", "world"): {"nargs": "?", "default": WORLD},
              ("animate", "--out"): {"metavar": "FILE", "required": True},
              ("explorable", "world"): {"nargs": "?", "default": WORLD},
              ("explorable", "--out"): {"metavar": "FILE", "default": "explorable.html"},
              ("design", "--budget"): {"metavar": "MONEY", "type": budget, "required": True},
              ("design", "--replicates"): {"metavar": "N", "type": whole("replicates"), "default": 90},
              ("merge", "--out"): {"required": True}, ("pilot", "--months"): {"default": 12},
              ("pilot", "--replicates"): {"metavar": "N", "type": whole("replicates")},
              ("roster", "--out"): {"required": True, "metavar": "WORLD"}}  # fmt: skip


def _parser() -> tuple[Parser, dict[str, Parser]]:
    """The parser, and the parser of each command."""
    top = Parser(prog="mentorship", description=words.ABOUT, epilog=words.EPILOG, allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"mentorship {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    parsers: dict[str, Parser] = {}
    for name in COMMANDS:
        own = import_module(f"simulation.commands.words.{name}")
        parsers[name] = commands.add_parser(name, help=own.HELP, description=own.HELP, allow_abbrev=False)
        for argument, text in {**own.ARGUMENTS, "--json": words.JSON, "--quiet": words.QUIET}.items():
            reading = ARGUMENTS[argument] | EXCEPTIONS.get((name, argument), {})
            parsers[name].add_argument(argument, help=text, **reading)
    return top, parsers


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The command line, read; a `ScenarioError` says what is wrong with it."""
    top, parsers = _parser()
    first = next((word for word in argv if not word.startswith("-")), None)
    if first is not None and first not in parsers:
        hint = nearest(first, parsers) or words.KNOWN.format(names=", ".join(parsers))
        raise ScenarioError(words.UNKNOWN_COMMAND.format(word=shown(first)), hint=hint)
    known, rest = top.parse_known_args(argv)
    if rest:
        parsers[known.command].refuse(rest[0])
    return known


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code: 0 done, 1 runs failed, 2 bad input, 130 interrupted."""
    argv = sys.argv[1:] if argv is None else list(argv)
    ready_streams()
    try:
        try:
            asked = arguments(argv)
            import_module("simulation.scenario.kinds")  # so that a file of another kind is known as one
            code = import_module(f"simulation.commands.{asked.command}").carry_out(asked)
        except SystemExit as end:  # after help
            code = int(end.code or 0)
        sys.stdout.flush()
        return code
    except ScenarioError as error:
        for fault in (error, *error.others):
            _say(str(fault))
        return BAD_INPUT
    except KeyboardInterrupt:
        _say(words.RESUME if set(argv[:1]) & set(RESUMING) else words.START_AGAIN)
        return INTERRUPTED
    except OSError as error:
        if error.filename is not None:
            raise
        mute(sys.stdout)
        if isinstance(error, BrokenPipeError):  # whoever read the output has had enough
            return DONE
        _say(words.NO_OUTPUT.format(reason=error.strerror or error))
        return BAD_INPUT


def _say(text: str) -> None:
    """One line on stderr, wrapped between words on a terminal."""
    line, width = f"mentorship: {text}", shutil.get_terminal_size().columns
    wrapped = textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    with unheard():
        sys.stderr.write((wrapped if sys.stderr.isatty() else line) + "\n")
        sys.stderr.flush()
