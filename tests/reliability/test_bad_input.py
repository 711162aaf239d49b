"""Whatever is given, bad input ends with 2 and one line a fault, never with a traceback."""

import contextlib
import io
import string
import tomllib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from simulation import Policy, World
from simulation.cli import main
from simulation.scenario.errors import ScenarioError
from simulation.scenario.loading import shipped_folder
from simulation.scenario.policy import SECTIONS

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = st.sampled_from(
    [*SECTIONS, "people", "context", "hazards", "domains", "identities", "disciplines", "shocks", "parameters", "extends", "name",
     "identity", "pool", "mentees", "months", "gender", "need", "groups", "measures", "world", "title", "staff_fte"]
)  # fmt: skip
KEYS = WORDS | st.text(string.ascii_letters + "_-.\"' é", max_size=8)
SCALARS = (
    st.sampled_from(
        [
            "true",
            "false",
            "nan",
            "-inf",
            "inf",
            "1979-05-27",
            "07:32:00",
            "1e999",
            '"optional"',
            '"six_tips"',
            "0x" + "f" * 500,
        ]
    )
    | st.integers().map(str)
    | st.floats().map(repr)
    | st.text(max_size=10).map(lambda text: f'"{text}"')
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda all_: f"[{', '.join(all_)}]")
        | st.dictionaries(WORDS, inner, max_size=3).map(
            lambda d: f"{{{', '.join(f'{k} = {v}' for k, v in d.items())}}}"
        )
    ),
    max_leaves=5,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(" = ".join),
    KEYS.map("[{}]".format),
    KEYS.map("[[{}]]".format),
    st.text(max_size=12),
)
FILES = st.lists(LINES, max_size=8).map("\n".join)
COMMANDS = st.sampled_from(
    ["list", "show", "check", "run", "compare", "brief", "--json", "--quiet", "--seed", "--months", "--out"]
)
ARGUMENTS = st.lists(
    COMMANDS | st.text(max_size=6) | st.sampled_from(["0", "-1", "1e3", "six_tips", "--", "--replicates", "auto"]),
    max_size=5,
)


def outcome(*words: object) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of a command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(word) for word in words])
    return code, out.getvalue(), err.getvalue()


def must_end_well(code: int, err: str) -> None:
    """Done, with or without remarks, or 2 with a reason; every line begins with the program's name."""
    assert code in (0, 2)
    assert "Traceback" not in err
    lines = err.removesuffix("\n").split("\n") if err else []
    assert all(line.startswith("mentorship: ") and line.isprintable() for line in lines)
    assert lines or code == 0


@QUICK
@given(text=FILES)
@example(text="[" * 3000)
@example(text="a." * 3000 + "b = 1")
@example(text="name = " + "{x = " * 900 + "1" + "}" * 900)
def test_any_text_as_a_scenario(text, tmp_path):
    file = tmp_path / "any.toml"
    file.write_text(text, encoding="utf-8", errors="replace", newline="")
    must_end_well(*outcome("check", file)[::2])
    for kind in (World, Policy):
        with contextlib.suppress(ScenarioError):
            assert kind.load(file).to_toml()


@QUICK
@given(raw=st.binary(max_size=200))
def test_any_bytes_as_a_file(raw, tmp_path):
    for name in ("any.toml", "any.csv"):
        (tmp_path / name).write_bytes(raw)
        must_end_well(*outcome("check", tmp_path / name)[::2])


@QUICK
@given(
    rows=st.lists(
        st.lists(
            st.sampled_from(["discipline", "year", "gender", "minority", "1", "woman", "medicine", '"'])
            | st.text(max_size=5)
        )
    )
)
def test_any_table_as_people(rows, tmp_path):
    file = tmp_path / "any.csv"
    file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8", errors="replace", newline="")
    must_end_well(*outcome("check", file)[::2])


@QUICK
@given(
    name=st.sampled_from(["worlds/teaching_hospital", "worlds/youth_program", "policies/six_tips", "policies/move_on"]),
    where=st.floats(0, 1), length=st.integers(0, 12), new=SCALARS | st.text(max_size=6),
)  # fmt: skip
def test_a_shipped_file_with_a_slip(name, where, length, new, tmp_path):
    text = (shipped_folder("world").parent / f"{name}.toml").read_text(encoding="utf-8")
    at = int(where * len(text))
    file = tmp_path / "slip.toml"
    file.write_text(text[:at] + new + text[at + length :], encoding="utf-8", errors="replace", newline="")
    code, _, err = outcome("check", file)
    must_end_well(code, err)


@QUICK
@given(words=ARGUMENTS)
def test_any_options(words, tmp_path, monkeypatch):
    pytest.importorskip("simulation.brief")
    pytest.importorskip("simulation.run")
    monkeypatch.chdir(tmp_path)
    if "compare" not in words:  # alone it is a good command, and a long one
        must_end_well(*outcome(*words)[::2])


@QUICK
@given(
    dotted=st.text(max_size=20) | st.lists(WORDS, max_size=3).map(".".join),
    value=st.none()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.lists(st.integers(), max_size=2)
    | st.binary(max_size=3),
)
def test_any_change(dotted, value):
    for scenario in (Policy.load("six_tips"), World.load("youth_program")):
        try:
            changed = scenario.with_({dotted: value})
        except ScenarioError as error:
            assert str(error).isprintable()
        else:
            assert tomllib.loads(changed.to_toml())


@pytest.mark.parametrize(
    "words",
    [
        (), ("rnu",), ("run",), ("run", "teaching_hospital"), ("run", "teaching_hospital", "six_tips", "--seed", "abc"),
        ("run", "teaching_hospital", "six_tips", "--seed", "-1"), ("run", "teaching_hospital", "six_tips", "--months", "0"),
        ("run", "teaching_hospital", "six_tips", "--sead", "1"), ("compare", "--replicates", "0"), ("compare", "--replicates", "many"),
        ("compare", "--workers", "0"), ("compare", "--workers", "2.5"), ("compare", "--seed", "9" * 5000), ("show",), ("show", "six_tps"),
        ("show", "teaching_hospital"), ("check",), ("check", ""), ("check", "a\nb"), ("check", "\x1b[31m"), ("check", "/"),
        ("list", "--schema", "/dev/null/x"), ("list", "extra"), ("show", "six_tips", "--seed", "1"),
    ],
)  # fmt: skip
def test_bad_command_lines_end_with_one_line(words):
    code, out, err = outcome(*words)
    assert (code, out) == (2, "")
    must_end_well(code, err)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("run", "six_tips", "teaching_hospital"), ("run", "teaching_hospital", "six_tips", "--out", "/dev/null/x"),
        ("compare", "teching_hospital"), ("compare", "teaching_hospital", "ad_hoc"), ("compare", "teaching_hospital", "ad_hoc", "ad_hoc"),
        ("compare", "--out", "/dev/null"), ("brief", "/"), ("brief", "nowhere"), ("brief", "/dev/null"),
    ],
)  # fmt: skip
def test_bad_studies_end_with_one_line_before_anything_is_run(words):
    pytest.importorskip("simulation.run")
    pytest.importorskip("simulation.comparison.compare")
    pytest.importorskip("simulation.brief")
    code, out, err = outcome(*words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
