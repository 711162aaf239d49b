"""What a person sees: whole words at any width, signs that every terminal can write, progress, and a place for the words."""

import ast
import io
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import simulation
from simulation import jit
from simulation.cli import COMMANDS, RESUMING, main
from simulation.commands import compiling, console
from simulation.commands.streams import ready_streams
from simulation.commands.words.any_command import COMPILING
from simulation.scenario.counted import counted
from simulation.scenario.policy import Policy
from simulation.scenario.sentences import in_sentences

FOLDER = Path(simulation.__file__).parent / "commands"
ROOT = FOLDER.parents[1]


class Terminal(io.StringIO):
    """A stream that says that a person is watching."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Give a command on a terminal of a width: everything that stands on the screen."""

    def give(width, *words):
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "xterm")
        out = Terminal()
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr("sys.stderr", out)
        main([str(word) for word in words])
        return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())

    return give


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("words", [("show", "ad_hoc", "six_tips"), ("show", "six_tips"), ("run", "six_tips", "six_tipps"), ("--help",)])
def test_lines_break_between_words(width, words, terminal):
    wide, narrow = terminal(1000, *words), terminal(width, *words)
    assert narrow.split() == wide.split()
    assert max(map(len, narrow.splitlines())) <= width


def test_a_long_name_keeps_its_distance_from_its_title(terminal):
    for width in (60, 140):
        assert "  unequal_access_hospital  A teaching hospital with unequal" in terminal(width, "list")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("width", [60, 140])
def test_a_comparison_keeps_its_columns(width, terminal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    screen = terminal(width, "compare", "youth_program", "six_tips", "--replicates", 2)
    rows = [line for line in screen.splitlines() if line.startswith("  All six tips") and " to " in line]
    assert len(rows) >= 5
    assert len({re.search(r"  (better|worse|cannot tell|higher)$", line).start(1) for line in rows}) == 1


@pytest.mark.usefixtures("engine")
def test_a_comparison_shows_both_ends(terminal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    screen = terminal(100, "compare", "youth_program", "six_tips", "--replicates", 2)
    below = screen[screen.index("Equity by gender: man / all others") :]
    assert re.search(r"Ad hoc mentoring +60\.0 / 55\.0 +80\.0 / 75\.0\n", below)
    assert re.search(r"All six tips +61\.0 / 56\.0 wider +81\.0 / 76\.0 narrower\n", below)


@pytest.mark.usefixtures("engine")
def test_an_encoding_without_a_minus_sign_gets_a_hyphen(tmp_path, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    monkeypatch.setattr("simulation.commands.summary.wording.change", lambda *_: "\N{MINUS SIGN}0.9")
    assert main(["compare", "youth_program", "six_tips", "--replicates", "2"]) == 0
    assert b"  -0.9 points" in raw.getvalue()
    assert b"?" not in raw.getvalue()


def test_one_is_singular(tmp_path, monkeypatch, capsys):
    for number, words, said in (
        (1, "runs", "1 run"), (2000, "runs", "2,000 runs"), (0, "runs", "0 runs"), (1, "policies", "1 policy"), (1, "people", "1 person"),
        (1, "sets of parameters", "1 set of parameters"), (1, "base points", "1 base point"), (1, "hours per month", "1 hour per month"),
        (1, "entries", "1 entry"), (1, "months a year", "1 month a year"), (2, "policies", "2 policies"), (1, "FTE per 100 mentees", "1 FTE per 100 mentees"),
    ):  # fmt: skip
        assert counted(number, words) == said
    one = Policy(name="one").with_({"empower.first_meetings": 1, "prioritize.protected_hours": 1.0})
    told = [lever for _, levers in in_sentences(one) for lever in levers]
    assert any(lever.endswith(": 1 mentor.") for lever in told)
    assert any(lever.endswith(": 1 hour per month.") for lever in told)
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("discipline,gender,minority\nmedicine,woman,majority\n")
    assert main(["check", "people.csv"]) == 0
    assert capsys.readouterr().out == "people.csv: fine (people: 1 mentor)\n"


SOURCES = [path for path in ROOT.glob("simulation/**/*") if path.suffix in (".py", ".j2") and "scenario/counted" not in str(path)]
NOUNS = "ties|mentees|mentors|runs|sets|programs|months|replicates|clauses|policies|chunks|people|cells|entries|points|pairs|responses"
NEVER_ONE = ("compared", "{count} policies", "replicates used", "mean of {window} months", "programs end outside", "of the points", "of {points:,} points", "points (95", "f} points", "{n} points")


def test_no_sentence_counts_by_hand():
    """A number and a noun are written by `counted`, except where the number is never one or is no whole number."""
    found = [
        line.strip() for path in SOURCES for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(rf"\}} (?:{NOUNS})\b", line) and "counted(" not in line and not any(known in line for known in NEVER_ONE)
    ]
    assert [line for line in found if "policies | length" not in line] == []


def test_progress_counts_from_what_was_there(monkeypatch):
    out = Terminal()
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", out)
    with console.Progress(True, "runs") as progress:
        progress(90, 100)
        assert progress.bar.tasks[0].speed is None
        progress(100, 100, 3, "a note [with brackets]")
    assert "100 of 100 runs" in out.getvalue()
    assert "left, 3 failed" in out.getvalue()
    assert progress.bar.tasks[0].finished_speed != pytest.approx(100)


def test_compiling_is_told_to_a_person_and_to_a_file(monkeypatch, capsys):
    monkeypatch.setattr(compiling, "is_cold", lambda: True)
    monkeypatch.setattr(compiling, "warm", lambda: None)
    compiling.compile_first(True)
    assert capsys.readouterr().err == ""
    compiling.compile_first(False)
    assert capsys.readouterr().err == f"{COMPILING}\n"
    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", out)
    compiling.compile_first(False)
    assert "0:00:00" in out.getvalue()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(("command", "end"), [("compare", "starts again from the beginning"), ("run", "starts again from the beginning")])
def test_an_interruption_does_not_promise_what_is_not_kept(command, end, said, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"simulation.commands.{command}.compile_first", interrupted)
    ended = said(command, "youth_program", "six_tips")
    assert ended.code == 130
    assert ended.err.endswith(f"{end}\n")
    assert command not in RESUMING


OUTPUTS = {
    "list > /dev/full": (2, "mentorship: the output cannot be written (No space left on device)\n"),
    "list >&-": (0, ""),
    "list 2>&-": (0, ""),
    "show six_tips 2> /dev/full": (0, ""),
    "show six_tips >&- 2>&-": (0, ""),
    "show six_tps 2> /dev/full": (2, ""),
    "compare youth_program six_tips --out results/reference/bars.json > /dev/full 2> /dev/full": (2, ""),
    "show six_tips > /dev/full": (2, "mentorship: the output cannot be written (No space left on device)\n"),
    "check six_tips --json > /dev/full": (2, "mentorship: the output cannot be written (No space left on device)\n"),
    "list --schema /dev/null/x 2> /dev/full": (2, ""),
    "check nowhere.toml 2> /dev/full": (2, ""),
    "show '~nosuchuser/x.toml'": (2, "mentorship: ~nosuchuser/x.toml: there is no such file\n"),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("command", OUTPUTS)
def test_an_output_that_takes_nothing_is_no_traceback(command):
    done = subprocess.run(
        f"{sys.executable} -m simulation {command}", shell=True, capture_output=True, text=True, cwd=ROOT, env=os.environ
    )
    assert (done.returncode, done.stderr) == OUTPUTS[command]


def test_every_sign_of_ours_has_a_plain_form():
    """What a command or a table says can be read where only ASCII can be written."""
    texts = [path.read_text(encoding="utf-8") for path in [*FOLDER.rglob("*.py"), ROOT / "simulation" / "figures" / "wording.py"]]
    ready_streams()
    signs = {sign for text in texts for sign in text if not sign.isascii()}
    assert signs
    assert all(sign.encode("ascii", "plainly").isascii() and "\\" not in sign.encode("ascii", "plainly").decode() for sign in signs)


def test_a_user_without_a_home_compiles_without_a_cache(monkeypatch):
    for name in ("MENTORSHIP_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def homeless(path):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(jit.Path, "expanduser", homeless)
    assert not jit._use_cache()
    monkeypatch.setattr(jit, "_CACHE", False)
    assert jit.is_cold() is jit.COMPILED


def test_the_first_run_is_told_of_until_the_month_itself_is_compiled(monkeypatch, tmp_path):
    monkeypatch.setattr(jit, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(jit, "_CACHE", jit.COMPILED)
    (tmp_path / "simulation").mkdir()
    for compiled, cold in (("draws.bits-109", True), ("program.advance-121", False)):
        (tmp_path / "simulation" / f"{compiled}.py311.nbi").touch()
        assert jit.is_cold() is (cold and jit.COMPILED)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_its_words_in_one_place(command):
    words = import_module(f"simulation.commands.words.{command}")
    assert words.HELP.endswith(".")
    assert words.ARGUMENTS


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")) + sorted((FOLDER / "analysis").glob("*.py")), ids=lambda path: path.stem)
def test_no_sentence_stands_outside_the_words(path):
    """A text of three words or more belongs to `commands/words/`; docstrings are for those who read the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings]
    assert [text for text in texts if len(re.findall(r"[A-Za-z]{2,}", text)) > 2 and " " in text] == []


def test_make_names_only_commands_that_there_are():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\(BIN\)/mentorship (\w+)", text)) <= set(COMMANDS)
    assert {name for name in re.findall(r'@echo "make (\w+)', text) if not re.search(rf"^{name}:", text, re.MULTILINE)} == set()
