"""People from CSV files are read and checked against their world."""

import pandas as pd
import pytest

from simulation import ScenarioError, World
from simulation.roster import read_mentees, read_mentors, read_people

MENTEES = "id,discipline,year,gender,minority\n7,medicine,1,woman,minority\n\n8, surgery ,5,man,majority\n"
MENTORS = "discipline,gender,minority,research,life\nmedicine,man,majority,0.5,\nsurgery,woman,minority,,1\n"


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital")


def test_people_are_read(world, tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes(b"\xef\xbb\xbf" + MENTEES.replace("\n", "\r\n").encode())
    mentees, whose = read_people(file, world)
    assert whose == "mentees"
    assert mentees.to_dict("list") == {
        "id": ["7", "8"], "discipline": ["medicine", "surgery"], "year": [1, 5],
        "gender": ["woman", "man"], "minority": ["minority", "majority"],
    }  # fmt: skip
    file.write_text(MENTORS)
    mentors, whose = read_people(file, world)
    assert whose == "mentors"
    assert mentors["research"].tolist()[0] == 0.5
    assert pd.isna(mentors["research"].tolist()[1])


FAULTS = [
    (MENTEES.replace("woman", "women"), ':2: gender: value "women", allowed: man, woman; did you mean woman?'),
    (MENTEES.replace(",5,", ",6,"), ':4: year: value "6", allowed: a whole number from 1 to 5'),
    (MENTEES.replace(",5,", ",٥,"), ":4: year: value"),
    (MENTEES.replace("surgery", "sugery"), ':4: discipline: value "sugery", allowed: medicine, surgery'),
    (MENTEES.replace("gender", "gendr"), ':1: unknown column "gendr"; did you mean gender?'),
    (MENTEES.replace("minority\n", "gender\n", 1), ':1: the column "gender" is there twice'),
    (MENTEES.replace("discipline,", "").replace("medicine,", ""), ':1: the column "discipline" is missing'),
    (MENTEES.replace(",man", ""), ":4: the row has 4 cells, and the header 5"),
    (MENTEES + '"x', ":5: this is not CSV"),
    (MENTEES.splitlines()[0], "a header and no people"),
    ("", "the file is empty"),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_faults_of_mentees_are_found(text, expected, world, tmp_path):
    file = tmp_path / "mentees.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_mentees(file, world)
    assert f"{file}" in str(caught.value)
    assert expected in str(caught.value)


@pytest.mark.parametrize("share", ["2", "-0.1", "nan", "inf", "x", "1e999"])
def test_expertise_is_a_share(share, world, tmp_path):
    file = tmp_path / "mentors.csv"
    file.write_text(MENTORS.replace("0.5", share))
    with pytest.raises(ScenarioError, match=r":2: research: value .*allowed: a number from 0 to 1"):
        read_mentors(file, world)


def test_nobody_is_there_twice(world, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(MENTEES.replace("\n8,", "\n7,"))
    with pytest.raises(ScenarioError, match=r':4: id: value "7" is there twice, first in line 2'):
        read_people(file, world)
    file.write_text(MENTEES.replace("\n7,", "\n,").replace("\n8,", "\n,"))
    assert read_people(file, world)[0]["id"].tolist() == ["", ""]


def test_mentees_without_a_year_are_no_mentors(world, tmp_path):
    file = tmp_path / "our_mentees.csv"
    file.write_text(MENTEES.replace(",year", "").replace(",1,", ",").replace(",5,", ","))
    with pytest.raises(ScenarioError, match='the column "year" is missing'):
        read_people(file, world)
