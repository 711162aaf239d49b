"""`mentorship roster` writes a world that has those very people, and never a word of what was left unread."""

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from simulation import World
from simulation.cli import main

PLANTED = ("Zebulon", "Quimby", "zq@planted.example", "555-0199", "secret note")
MENTORS = """Faculty list,,,,,
Name,E-mail,Department,Gender,URM,research
Zebulon Quimby,zq@planted.example,Internal Medicine,F,0,0.85
M2,a@b.c,internal medicine,Male,1,
M3,a@b.c,Surgery,prefer not to say,,0.2
M4,a@b.c,Radiology,Woman,0,
M5,a@b.c,Radiology,Woman,0,
"""
MENTEES = "Full name;Phone;Which department are you in?;PGY;Gender identity;Notes\n" + "".join(
    f"{name};{phone};{where};{year};{gender};{note}\n" for name, phone, where, year, gender, note in [
        ("Zebulon Quimby", "555-0199", "Surgery", "PGY-6", "Non-binary", "secret note"), *[("P", "", "Surgery", "PGY-1", "F", "")] * 3,
        *[("P", "", "Internal Medicine", "", "M", "x")] * 2, *[("P", "", "Pediatrics", "2", "Female", "")] * 6])  # fmt: skip


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mentors.csv").write_text(MENTORS)
    Path("mentees.csv").write_text(MENTEES)
    return tmp_path


def made(*more):
    assert main(["roster", "mentors.csv", "mentees.csv", "--out", "ours.toml", *more]) == 0
    return tomllib.loads(Path("ours.toml").read_text(encoding="utf-8"))


def loaded(data, tmp_path):
    """The world, without its people where the loader does not know them."""
    text = Path("ours.toml").read_text(encoding="utf-8")
    file = tmp_path / "whole.toml"
    file.write_text(text if "roster" in World.model_fields else text.partition("\n[roster]")[0])
    return World.load(file)


def test_the_world_has_those_people(sheets):
    data = made("--name", "Our residents")
    assert data["extends"] == "teaching_hospital" and data["name"] == "ours" and data["title"] == "Our residents"
    assert data["people"] == {"mentees": 12, "mentors": 5, "years": 6}
    assert data["roster"]["small_cell"] == 5
    assert data["roster"]["mentees"] == [
        {"discipline": "Internal Medicine", "groups": {"gender": "man"}, "heads": 2},
        {"discipline": "pediatrics", "year": 2, "groups": {"gender": "woman"}, "heads": 6},
        {"discipline": "surgery", "year": 1, "groups": {"gender": "woman"}, "heads": 3},
        {"discipline": "surgery", "year": 6, "groups": {"gender": "nonbinary"}, "heads": 1},
    ]
    assert data["roster"]["mentors"] == [
        {"discipline": "Internal Medicine", "groups": {"gender": "man", "minority": "minority"}, "heads": 1},
        {"discipline": "Internal Medicine", "groups": {"gender": "woman", "minority": "majority"}, "heads": 1, "expertise": {"research": 0.8}},
        {"discipline": "Radiology", "groups": {"gender": "woman", "minority": "majority"}, "heads": 2},
        {"discipline": "surgery", "groups": {"gender": "unknown", "minority": "unknown"}, "heads": 1, "expertise": {"research": 0.2}},
    ]
    world = loaded(data, sheets)
    like = World.load("teaching_hospital")
    assert world.hazards == like.hazards and world.context == like.context
    gender, minority = world.identities
    assert gender.groups == ("woman", "man", "nonbinary", "unknown") and gender.mentees["woman"] == 0.75
    assert gender.wish_same == like.identities[0].wish_same and gender.resources == {"woman": 0.9}
    assert minority.mentees == like.identities[1].mentees | {"unknown": 0.0}
    surgery = next(discipline for discipline in world.disciplines if discipline.name == "surgery")
    assert surgery.mentees == pytest.approx(4 / 12) and surgery.mentors == pytest.approx(0.6)
    assert surgery.expertise == next(d for d in like.disciplines if d.name == "surgery").expertise


def test_everything_is_told_and_nothing_of_what_is_unread(sheets, capsys):
    made()
    said = capsys.readouterr()
    for line in ("mentees: read `PGY` as year: 1 to 6", "mentees: left unread: `Full name`, `Phone`, `Notes`", "mentors: left unread: `Name`, `E-mail`",
                 "1 discipline with mentees and no mentors: pediatrics", "1 discipline with mentors and no mentees: Radiology",
                 "gender: fewer than 5 mentees are man, nonbinary: kept, and no result is told of so few", "2 of 12 mentees without a year: drawn from the world's mix",
                 "the program has 6 years, the largest seen (teaching_hospital has 5)", "minority: no column says it of mentees: drawn by the shares of teaching_hospital",
                 "gender: teaching_hospital knows no wishes of nonbinary, unknown: none are assumed"):  # fmt: skip
        assert line in said.err
    assert main(["roster", "mentors.csv", "mentees.csv", "--out", "ours.toml", "--json"]) == 0
    report = capsys.readouterr().out
    assert json.loads(report)["mentees"] == 12 and {"sheet": "mentees", "column": "`PGY`", "read_as": "year", "values": 3} in json.loads(report)["readings"]
    assert main(["check", "mentors.csv", "mentees.csv", "--json"]) == 0
    everywhere = said.out + said.err + report + "".join(capsys.readouterr()) + Path("ours.toml").read_text()
    assert not [word for word in PLANTED if word in everywhere]
    assert sorted(path.name for path in sheets.iterdir()) == ["mentees.csv", "mentors.csv", "ours.toml"]


def test_the_order_of_rows_leaves_no_trace(sheets):
    first = made()
    head, *rows = MENTEES.splitlines(keepends=True)
    Path("mentees.csv").write_text(head + "".join(reversed(rows)))
    assert made() == first


def test_a_world_is_written_again_unless_somebody_changed_it(sheets, capsys):
    made()
    made()
    file = Path("ours.toml")
    file.write_text(file.read_text() + "# mine\n")
    assert main(["roster", "mentors.csv", "mentees.csv", "--out", "ours.toml"]) == 2
    assert "written or changed by somebody else" in capsys.readouterr().err and file.read_text().endswith("# mine\n")
    for out in ("ours.csv", "nowhere/ours.toml"):
        assert main(["roster", "mentors.csv", "mentees.csv", "--out", out]) == 2


@pytest.mark.parametrize("like", ["junior_faculty", "surgery_residency", "women_in_engineering", "youth_program", "mine.toml"])
def test_like_any_world(like, sheets):
    Path("mine.toml").write_text('extends = "youth_program"\n[hazards]\nfirst_year = 0.2\n')
    data = made("--like", like)
    world = loaded(data, sheets)
    assert world.hazards == World.load(like).hazards and world.people.burn_in == 0
    assert sum(cell["heads"] for cell in data["roster"]["mentees"]) == world.people.mentees == 12
    heads = Counter()
    for cell in data["roster"]["mentees"]:
        heads[cell["discipline"]] += cell["heads"]
    assert {discipline.name: round(12 * discipline.mentees) for discipline in world.disciplines if discipline.mentees} == heads


def test_too_few_are_refused(sheets, capsys):
    Path("mentees.csv").write_text("Name,Dept\nA,Surgery\n")
    assert main(["roster", "mentors.csv", "mentees.csv", "--out", "ours.toml"]) == 2
    assert "the sheet has 1 mentee, and of fewer than 5 nothing may be told" in capsys.readouterr().err
