"""The command line: reads what is asked for, carries it out, and ends with the right exit code.

Each command lives in `simulation/commands/` and is imported when it is asked for, so that help answers at once; its
words live in `simulation/commands/words/`. (argparse, not typer: typer's help takes four times as long, and `--json`
and `--quiet` would have to stand in every command.)
"""

import argparse
import codecs
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from simulation import __version__
from simulation.commands.words import any_command as words
from simulation.scenario.errors import ScenarioError, nearest, shown

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
WORLD = "teaching_hospital"
LARGEST_SEED = 2**63 - 1
COMMANDS = (
    "list", "show", "check", "run", "compare", "sweep", "sensitivity", "calibrate", "validate", "phenomenon", "brief",
)  # fmt: skip
RESUMING = ("sweep", "sensitivity", "calibrate")  # what they have done when they are interrupted is kept
SIGNS = {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{HORIZONTAL ELLIPSIS}": "...", "\N{MULTIPLICATION SIGN}": "x"}


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


def whole(low: int, high: int | None = None):
    """A reader of whole numbers in a range."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = None
        if value is None or value < low or (high is not None and value > high):
            bounds = f"of at least {low}" if high is None else f"from {low} to {high}"
            raise argparse.ArgumentTypeError(words.WHOLE_NUMBER.format(value=shown(text), bounds=bounds))
        return value

    return read


def replicates(text: str) -> int | str:
    """Read a number of replicates, or "auto"."""
    if text == "auto":
        return text
    try:
        return whole(1, 1_000_000)(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(words.OR_AUTO.format(problem=error)) from None


def rising(text: str) -> list[int]:
    """Read whole numbers with commas between them."""
    return [whole(0, 2400)(part) for part in text.split(",")]


# How an argument is read; it is read alike in every command that has it.
FLAG = {"action": "store_true"}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "world": {"metavar": "WORLD"}, "policy": {"metavar": "POLICY"}, "other": {"metavar": "OTHER", "nargs": "?"},
    "policies": {"metavar": "POLICY", "nargs": "*"}, "files": {"metavar": "FILE", "nargs": "+"},
    "study": {"metavar": "STUDY"}, "targets": {"metavar": "TARGETS"}, "name": {"metavar": "NAME"},
    "folder": {"metavar": "DIR"}, "--out": {"metavar": "DIR"}, "--schema": {"metavar": "DIR"},
    "--world": {"metavar": "WORLD", "default": WORLD}, "--theories": {"metavar": "STUDY"},
    "--theory": {"metavar": "NAME"},
    "--seed": {"metavar": "N", "type": whole(0, LARGEST_SEED), "default": 1},
    "--seeds": {"metavar": "N", "type": whole(2, 10_000)}, "--months": {"metavar": "N", "type": whole(1, 2400)},
    "--replicates": {"metavar": "N|auto", "type": replicates, "default": 200},
    "--workers": {"metavar": "N", "type": whole(1, 4096)}, "--scheduler": {"metavar": "ADDRESS"},
    "--set": {"metavar": "NAME=VALUE", "action": "append", "default": []}, "--parameters": {"metavar": "FILE"},
    "--surveys": {"metavar": "N,N,...", "type": rising, "default": []},
    "--trace": FLAG, "--digest": FLAG, "--dry-run": FLAG, "--json": FLAG, "--quiet": FLAG,
}  # fmt: skip
EXCEPTIONS = {("compare", "world"): {"nargs": "?", "default": WORLD}, ("calibrate", "--out"): {"required": True}}


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
    _ready_streams()
    try:
        try:
            asked = arguments(argv)
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
        # Nothing that is still to be written may complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # whoever read the output has had enough
            return DONE
        _say(words.NO_OUTPUT.format(reason=error.strerror or error))
        return BAD_INPUT


def _ready_streams() -> None:
    """Let every stream take every text: a closed one drops it, and a sign that one cannot write is written plainly."""
    codecs.register_error("plainly", _plainly)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 (it stays open as long as the process lives)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainly")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """The signs that an encoding lacks, in ASCII: a minus sign becomes a hyphen."""
    text = error.object[error.start : error.end]
    return "".join(SIGNS.get(sign, sign.encode("ascii", "backslashreplace").decode()) for sign in text), error.end


def _say(text: str) -> None:
    """One line on stderr, wrapped between words on a terminal."""
    line, width = f"mentorship: {text}", shutil.get_terminal_size().columns
    wrapped = textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    sys.stderr.write((wrapped if sys.stderr.isatty() else line) + "\n")
