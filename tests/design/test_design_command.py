"""`mentorship design`: its files, its words, and what it refuses."""

import contextlib
import io
import json

import pandas as pd
import pytest

from simulation.cli import main
from simulation.comparison.compare import compare
from simulation.dictionary import OF_DESIGNS, TABLES
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

pytestmark = pytest.mark.jit_only  # searches take minutes of plain Python

LEVERS = """
name = "few"
policies = ["today.toml"]

[[levers]]
field = "prioritize.training_hours"
values = [0, 8]

[[levers]]
field = "empower.pairing"
values = ["coordinator", "choice"]
"""
FIELDS = ["prioritize.training_hours", "empower.pairing"]
WORLD = 'extends = "junior_faculty"\n[people]\nmentees = 60\nmentors = 30\nsite_mentees = 60\nmonths = 12\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with a world, levers and the policy of today."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "small.toml").write_text(WORLD)
    (folder / "levers.toml").write_text(LEVERS)
    (folder / "today.toml").write_text('extends = "ad_hoc"\ntitle = "What we do"\n')
    return folder


def words_of(desk, *more, levers="levers.toml", budget="60000"):
    words = ["design", str(desk / "small.toml"), "--budget", budget, "--levers", str(desk / levers), "--replicates", "6"]
    return [*words, "--designs", "8", *more]


@pytest.fixture(scope="module")
def told(desk):
    """What a search says as JSON, beside its folder."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(words_of(desk, "--json", "--out", str(desk / "found"))) == 0
    return json.loads(out.getvalue())


def test_the_tables_are_described_to_the_column(desk, told):
    gaps = [f"gap_{name}_gender" for name in ("access", "need_coverage")]
    aims = [name for name in ("retention", *gaps, "mentor_burnout") if name in told["front"][0]]
    for table in OF_DESIGNS:
        found = pd.read_parquet(desk / "found" / f"{table.name}.parquet")
        assert set(found) == TABLES[table.name].names(lever=FIELDS, aim=aims)
        never = [name for one in table.columns if not one.missing for name in one.names(lever=FIELDS, aim=aims)]
        assert not found[never].isna().any().any()
    assert set(aims) >= {"retention", "mentor_burnout"}


def test_what_is_told_is_what_compare_finds_on_the_new_luck(desk, told):
    chosen = Policy.load(desk / "found" / "keeps_most.toml")
    assert chosen.title == "Keeps most" and chosen.text
    result = compare(World.load(desk / "small.toml"), [Policy.load(desk / "found" / "today.toml"), chosen], 6, told["new_seed"])
    mine = pd.read_parquet(desk / "found" / "front.parquet").set_index("design").loc[told["choices"]["keeps_most"]]
    levels = result.outcomes.groupby("policy")[["retention", "mentor_burnout"]].mean()
    assert mine["retention"] == pytest.approx(levels.loc["keeps_most", "retention"])
    assert mine["mentor_burnout"] == pytest.approx(levels.loc["keeps_most", "mentor_burnout"])
    assert mine["gain"] == pytest.approx(levels.loc["keeps_most", "retention"] - levels.loc["today", "retention"])


def test_the_manifest_lists_its_files_and_nothing_of_the_users_is_touched(desk, told):
    files = json.loads((desk / "found" / "manifest.json").read_text())["files"]
    names = {"designs.parquet", "front.parquet", "steps.parquet", "front.png", "front.svg", "today.toml"}
    assert set(files) == names | {f"{name}.toml" for name in told["choices"]}
    (desk / "theirs").mkdir()
    (desk / "theirs" / "keeps_most.toml").write_text("mine")
    assert main(words_of(desk, "--quiet", "--out", str(desk / "theirs"))) == 2
    assert [path.name for path in (desk / "theirs").iterdir()] == ["keeps_most.toml"]


def test_it_says_what_was_chosen_why_and_what_more_money_buys(desk, told, capsys):
    assert main(words_of(desk, "--quiet", "--out", str(desk / "found"))) == 0
    out = capsys.readouterr().out
    assert "Keeps most: " in out and "Why: of all on the front" in out
    assert "What each quarter of the budget buys" in out and "60,000 a year" in out
    assert "new luck" in out and f"--seed {told['new_seed']}" in out
    assert "{" not in out and "design_" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--budget", "none"], "it must be money a year, more than 0"),
        (["--budget", "-5"], "it must be money a year, more than 0"),
        (["--replicates", "3"], "needs at least 6 replicates"),
        (["--levers", "nothing"], "no study is called"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(desk, capsys, words, said):
    assert main([*words_of(desk), *words]) == 2
    err = capsys.readouterr().err
    assert said in err and len(err.strip().splitlines()) == 1


def test_a_range_is_refused_at_its_line(desk, capsys):
    (desk / "ranged.toml").write_text('name = "ranged"\n[[levers]]\nfield = "prioritize.training_hours"\nlow = 0\nhigh = 8\n')
    assert main(words_of(desk, levers="ranged.toml")) == 2
    assert "ranged.toml:4" in (err := capsys.readouterr().err) and "takes values" in err


def test_a_budget_below_todays_cost_and_all_others_is_told(desk, capsys):
    (desk / "dear.toml").write_text('extends = "six_tips"\n')
    (desk / "dearer.toml").write_text(LEVERS.replace("today.toml", "dear.toml"))
    assert main(words_of(desk, "--quiet", "--out", str(desk / "none"), levers="dearer.toml", budget="10")) == 2
    assert "Nothing within 10 a year was found" in capsys.readouterr().err
