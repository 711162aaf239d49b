"""A hunt for a planted person: the only one of a group, in the only specialty of five, in year 4. No file may hold them."""

import contextlib
import io
import json
import os
import re

import pandas as pd
import pytest
from rosters import office

from simulation.cli import main
from simulation.commands.words.any_command import ROSTER
from simulation.design.aims import aims_of
from simulation.results import load
from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import STAND_INS, left_out, stand_ins, told_groups, told_mentors

pytestmark = pytest.mark.jit_only
HIDDEN = "nonbinary"
COUNTED = ("outcomes", "contrasts", "groups", "survival")  # tables that are of the very roster


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with the world of an office, and a study of it."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "office.toml").write_text(office(planted=True, **{"people.months": 13}).to_toml())
    study = 'name = "leaving"\nworlds = ["office.toml"]\npolicies = ["ad_hoc", "six_tips"]\nreplicates = 2\n'
    study += 'tables = ["groups", "mentees", "mentors", "ties", "months"]\n[design]\nkind = "factorial"\n'
    study += '[[uncertainties]]\nfield = "hazards.first_year"\nvalues = [0.05, 0.2]\n'
    (folder / "study.toml").write_text(study)
    screening = study.split("tables")[0] + '[design]\nkind = "morris"\npoints = 2\n'
    screening += '[[uncertainties]]\nfield = "hazards.first_year"\nlow = 0.05\nhigh = 0.2\n'
    screening += '[[uncertainties]]\nfield = "hazards.mentors"\nlow = 0.05\nhigh = 0.2\n'
    (folder / "screening.toml").write_text(screening)
    (folder / "levers.toml").write_text('name = "levers"\npolicies = ["ad_hoc"]\n[[levers]]\nfield = "empower.pairing"\nvalues = ["choice", "facilitated"]\n')
    (folder / "numbers.toml").write_text(numbers("gender:man"))
    return folder


@pytest.fixture(scope="module")
def written(home):
    """The folders that the commands leave, with what they said on screen."""
    commands = {
        "compared": "compare office.toml ad_hoc six_tips --replicates 3",
        "ran": "run office.toml six_tips --trace --surveys 6,12",
        "swept": "sweep study.toml",
        "screened": "sensitivity screening.toml",
        "designed": "design office.toml --budget 90000 --levers levers.toml --designs 4 --replicates 6",
        "piloted": "pilot office.toml six_tips --replicates 2",
        "fitted": "calibrate numbers.toml",
        "held": "validate numbers.toml",
    }
    return {name: (home / name, in_process(home, *command.split(), "--out", name)) for name, command in commands.items()}


def numbers(group):
    """A figure of a group, as an office has it."""
    world = 'world = "office.toml"\npolicy = "ad_hoc"\nseeds = 2\npoints = 8\n'
    figure = f'[[numbers]]\noutcome = "ever had a mentor"\ngroup = "{group}"\nvalue = 0.7\npeople = 84\nsource = "made up"\n'
    return world + figure + '[[unknowns]]\nfield = "hazards.first_year"\nlow = 0.02\nhigh = 0.12\nsource = "made up"\n'


def in_process(home, *words):
    """What a command says, run in a folder; it must not fail."""
    before, out = os.getcwd(), io.StringIO()
    os.chdir(home)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            assert main(list(words)) == 0, out.getvalue()
    finally:
        os.chdir(before)
    return out.getvalue()


def told_in(path):
    """Everything that a file tells, as text: Parquet by its values, a page or a picture by its letters."""
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
        return "\n".join([*map(str, table.columns), *(str(value) for column in table for value in table[column].astype(object).unique())])
    return path.read_bytes().decode("utf-8", errors="ignore")


def sentences(world):
    return [ROSTER.format(sentence=one) for one in left_out(world)]


def test_no_file_names_the_group_of_the_one_but_to_say_that_it_is_left_out(written):
    looked = 0
    for folder, _ in written.values():
        for path in filter(lambda path: path.is_file(), folder.rglob("*")):
            told, looked = told_in(path), looked + 1
            for sentence in left_out(office(planted=True)):
                told = told.replace(sentence, "").replace(json.dumps(sentence)[1:-1], "")
            told = re.sub(f"[Ww]oman or {HIDDEN}", "", told)  # forty people
            if path.name == "groups.parquet" and folder.name == "ran":  # of stand-ins, among whom there is nobody of the group
                table = pd.read_parquet(path)
                assert not table.loc[table["group"].str.contains(HIDDEN), "heads"].any()
                continue
            assert HIDDEN not in told, (path, told[: told.index(HIDDEN) + 40][-200:])
    assert looked > 40


def test_tables_of_persons_show_stand_ins(written):
    """In no table of persons does anybody stand in a group or a discipline of a few; and nobody has the specialty's true make-up."""
    of_roster = office(planted=True)
    for name, table in [("compared", "mentees"), ("ran", "mentees"), ("swept", "mentees"), ("ran", "mentors"), ("swept", "ties")]:
        people = load(written[name][0], [table])[table]
        column = "discipline" if "discipline" in people else "mentee_discipline"
        assert set(people[column].dropna()) <= {"medicine", "surgery", "pediatrics", "psychiatry", "radiology"}
    people = load(written["ran"][0], ["mentees"])["mentees"]
    own = pd.Series([cell.year for cell in of_roster.roster.mentees for _ in range(cell.heads)]).value_counts()
    assert (people[people["cohort"] <= 0]["cohort"].value_counts() <= 17).all()  # as drawn, and no year as the roster has it
    assert own.max() > 17


def test_groups_of_a_few_and_what_rests_on_them_have_no_row(written):
    tables = load(written["compared"][0], COUNTED)
    for name in ("groups", "survival"):
        assert HIDDEN not in set(tables[name]["group"])
    of_gender = tables["groups"][tables["groups"]["attribute"] == "gender"]
    assert set(of_gender["group"]) == {"man", f"woman or {HIDDEN}"}
    assert set(tables["survival"].loc[tables["survival"]["attribute"] == "gender", "group"]) == {"man"}
    assert "gender_x_minority" not in set(tables["groups"]["attribute"])


def test_a_gap_is_missing_where_one_end_is_a_few():
    mentees = [{"discipline": "medicine", "groups": {"gender": "woman"}, "heads": 3}, {"discipline": "medicine", "groups": {"gender": "man"}, "heads": 81}]
    mentors = [{"discipline": "medicine", "groups": {"gender": "man"}, "heads": 27}, {"discipline": "surgery", "groups": {"gender": "woman"}, "heads": 4}]
    world = office(roster={"mentees": mentees, "mentors": mentors})
    run = simulate(world, Policy(), months=3)
    hidden = [name for name in run.outcomes.index if re.fullmatch(r"(gap|ratio)_.*_gender(_x_minority)?|(load_ratio|mentor_diversity|assortativity)_gender", name)]
    assert len(hidden) == 35
    assert run.outcomes[[*hidden, "same_identity_share"]].isna().all()
    assert set(run.groups["attribute"]) == {"all", "minority"}  # the roster does not name minority: it is drawn
    assert run.outcomes[["load_ratio_minority", "gap_access_minority"]].notna().all()
    assert "woman is left out: fewer than 5 people; so is man by itself" in " ".join(left_out(world))


def test_a_few_are_left_out_with_the_next_smallest_and_alone_where_they_are_enough():
    told = told_groups(office(planted=True))["gender"]
    assert (told.groups, told.together, told.gap) == ({"man"}, ("woman", HIDDEN), True)
    plain = told_groups(office())
    assert plain["gender"].groups == {"man", "woman"}
    assert len(plain["gender_x_minority"].groups) == 4
    assert told_mentors(office()) == {"gender", "minority"}
    strict = told_groups(office().with_({"roster.small_cell": 31}))
    assert not strict["minority"].groups  # 30 of 84
    assert not strict["minority"].gap
    assert told_groups(office().with_({"roster": None}))["gender"].groups == {"man", "woman"}


def test_what_was_left_out_is_said_on_screen_in_the_manifest_and_in_the_brief(written):
    world = office(planted=True)
    for name in ("compared", "swept", "screened", "designed"):
        folder, said = written[name]
        assert [line for line in said.splitlines() if line in sentences(world)] == sentences(world)
        assert json.loads((folder / "manifest.json").read_text())["left_out"] == left_out(world)
    for name in ("ran", "piloted"):
        assert ROSTER.format(sentence=STAND_INS) in written[name][1]
    assert json.loads((written["piloted"][0] / "manifest.json").read_text())["left_out"] == [STAND_INS]
    page = (written["compared"][0] / "brief.html").read_text()
    assert "gender: nonbinary is left out: fewer than 5 people" in page
    assert "stand-ins" in page


def test_a_manifest_holds_no_cell_and_no_share_of_people(written):
    for folder, _ in written.values():
        manifest = json.loads((folder / "manifest.json").read_text())
        inputs = manifest["inputs"]
        world = inputs.get("world") or inputs.get("world office.toml") or inputs["worlds"]["office"]
        assert set(world["roster"]) == {"digest", "small_cell", "mentees", "mentors"}
        assert not {"disciplines", "identities"} & set(world)
        assert world["context"]


@pytest.mark.parametrize("command", ["calibrate few.toml", "validate few.toml"])
@pytest.mark.parametrize("group", ["gender:nonbinary", "gender:woman", "gender_x_minority:man & majority"])
def test_no_figure_of_a_few_is_fitted_or_measured(home, group, command):
    """Women are many, and left out all the same: with them the one could be worked out."""
    (home / "few.toml").write_text(numbers(group))
    with pytest.raises(AssertionError, match=r"few\.toml:7.*too few people of the roster of office"):
        in_process(home, *command.split(), "--out", "few")
    assert not (home / "few").exists()


def test_no_design_is_chosen_by_a_gap_that_may_not_be_told():
    few = {"mentees": [{"discipline": "medicine", "groups": {"gender": "woman"}, "heads": 4}, {"discipline": "medicine", "groups": {"gender": "man"}, "heads": 80}]}
    mentors = [{"discipline": "medicine", "groups": {"gender": "man"}, "heads": 31}]
    assert "gap_access_gender" in aims_of(office(), 1000.0, ()).names
    assert aims_of(office(roster=few | {"mentors": mentors}), 1000.0, ()).names == ("retention", "mentor_burnout")


def test_the_same_study_is_known_again_and_another_roster_is_another_study(home, written):
    in_process(home, "compare", "office.toml", "ad_hoc", "six_tips", "--replicates", "3", "--out", "compared")
    in_process(home, "sweep", "study.toml", "--out", "swept")
    text = (home / "office.toml").read_text()
    try:
        cells = office(planted=True).model_dump(mode="json")["roster"]
        cells["mentees"][0]["groups"] = {"gender": "man", "minority": "majority"}
        (home / "office.toml").write_text(office(planted=True, **{"people.months": 13}, roster=cells).to_toml())
        for command in ("compare office.toml ad_hoc six_tips --replicates 3 --out compared", "sweep study.toml --out swept"):
            with pytest.raises(AssertionError, match=r"holds (the results|runs)"):
                in_process(home, *command.split())
    finally:
        (home / "office.toml").write_text(text)


def test_stand_ins_are_as_many_and_nobody_is_of_a_few():
    world = stand_ins(office(planted=True))
    assert world.roster is None
    assert (world.people.mentees, world.people.mentors) == (84, 31)
    assert world.identities[0].mentees[HIDDEN] == 0.0
    assert {one.name for one in world.disciplines if one.mentees > 0.0} == {"medicine", "surgery", "pediatrics", "psychiatry", "radiology"}
    assert stand_ins(world) is world
