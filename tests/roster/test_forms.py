"""Sheets in the forms in which offices keep them are read, and every reading is told."""

import openpyxl
import pytest

from simulation import World
from simulation.roster import read_roster, read_side
from simulation.roster.spellings import unsaid

ROWS = [["Name", "Dept", "PGY", "Gender"], ["Ann", "Internal Medicine", "PGY-3", "F"], ["Bob", "internal medicine ", "R2", "Male"],
        ["Cy", "Surgery", "1st", "woman"], ["Di", "Surgery", "", "prefer not to say"]]  # fmt: skip


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital")


def text_of(rows, separator=","):
    return "".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) + "\n" for row in rows)


def read(tmp_path, world, content, name="mentees.csv", whose="mentees"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = read_side(file, whose, world)
    return reading.people[whose], reading


def column(tmp_path, world, header, values, name=None):
    """What is read of one column beside a discipline."""
    rows = [["Name", "Dept", header]] + [[f"N{i}", ("Medicine", "Surgery")[i % 2], value] for i, value in enumerate(values)]
    people, reading = read(tmp_path, world, text_of(rows, "\t"))
    return people.get(name), reading


PLAIN = text_of(ROWS)
FORMS = {
    "commas": PLAIN, "semicolons": text_of(ROWS, ";"), "tabs": text_of(ROWS, "\t"), "pipes": text_of(ROWS, "|"), "old Mac": PLAIN.replace("\n", "\r"),
    "Windows": PLAIN.replace("\n", "\r\n"), "Excel's sep": "sep=;\n" + text_of(ROWS, ";"), "BOM": b"\xef\xbb\xbf" + PLAIN.encode(),
    "UTF-16": PLAIN.encode("utf-16"), "UTF-16 without a mark": PLAIN.encode("utf-16-le"), "a title above": "Residents 2025,,,\n,,,\n" + PLAIN,
    "totals below": PLAIN + ",,,\nTotal,,4,\nGrand total: ,,4,\n,,,\n", "a note below": PLAIN + "\n* as of July,,,\n", "headers again": PLAIN + text_of(ROWS[:1]),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_people(form, tmp_path, world):
    people, reading = read(tmp_path, world, FORMS[form])
    assert people["discipline"].tolist() == ["Internal Medicine"] * 2 + ["surgery"] * 2
    assert people["year"].tolist()[:3] == [3, 2, 1] and people["year"].isna().tolist() == [False] * 3 + [True]
    assert people["gender"].tolist() == ["woman", "man", "woman", "unknown"]
    told = "\n".join(reading.told)
    assert "read `Dept` as discipline: 2 disciplines" in told and "left unread: `Name`" in told
    assert "1 of 4 mentees without a year: drawn from the world's mix" in told


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac_roman"])
def test_western_encodings_are_told_apart(encoding, tmp_path, world):
    people, reading = read(tmp_path, world, "Name,Département,Gender\nRené,Pédiatrie générale,F\nZoé,Chirurgie thoracique\u00a0é,M\n".replace("\u00a0", " ").replace("Département", "Department").encode(encoding))
    assert set(people["discipline"]) == {"Pédiatrie générale", "Chirurgie thoracique é"}
    assert "read as text in" in reading.told[0]


def test_questions_quoted_commas_and_line_breaks(tmp_path, world):
    people, _ = read(tmp_path, world, 'Timestamp,What is your full name?,What is your current training year?,"Which department, or division, are you in?",'
        '"How do you identify (gender)?",Which gender do you prefer in a mentor?\n1/2/2025 9:00,"P,\nA ""B""",Intern,"Surgery, Thoracic",Woman,Man\n')  # fmt: skip
    assert people.iloc[0].to_dict() == {"discipline": "Surgery, Thoracic", "year": 1}  # one gender alone makes no groups


@pytest.mark.parametrize(("year", "means"), [("PGY-3", 3), ("PGY3", 3), ("R2", 2), ("1st", 1), ("second year", 2), ("Year 4", 4), ("Intern", 1), ("2nd year resident", 2),
                                             ("Year IV", 4), ("3.0", 3), ("MS-4", 4), ("", None), ("n/a", None), ("Prefer not to say", None)])  # fmt: skip
def test_years(year, means, tmp_path, world):
    years, _ = column(tmp_path, world, "Training level", [year, "PGY-5", "PGY-5"], "year")
    assert years.isna().iloc[0] if means is None else years.iloc[0] == means


def test_years_that_cannot_be_read_are_drawn_and_told(tmp_path, world):
    years, reading = column(tmp_path, world, "Level", ["1", "Chief", "2", "3"], "year")
    assert years.isna().tolist() == [False, True, False, False]
    assert any("1 of 4 mentees with a year that cannot be read (first in row 3, column `Level`)" in line and "Chief" not in line for line in reading.told)
    assert column(tmp_path, world, "Cohort", ["2023", "2024", "2024"], "year")[0] is None


def test_groups_are_the_offices_own(tmp_path, world):
    groups, reading = column(tmp_path, world, "Race/Ethnicity", ["White", "white ", "Asian", "Asian; White", "Asian, White", "N/A", "Black (or African American)"], "race")
    assert groups.tolist() == ["White", "White", "Asian", "several", "several", "unknown", "Black"]
    assert reading.groups["race"] == ["White", "Asian", "Black", "several", "unknown"]
    assert any("race: 2 people with several values in the cell: read as several" in line for line in reading.told)
    genders, _ = column(tmp_path, world, "Pronouns", ["she/her", "he/him", "They/Them", "Female (she/her)", "x"], "gender")
    assert genders.tolist() == ["woman", "man", "nonbinary", "woman", "x"]


@pytest.mark.parametrize(("header", "cells", "read_as"), [
    ("URM", ["1", "0", "0"], ["minority", "majority", "majority"]), ("URM?", ["x", "", ""], ["minority", "majority", "majority"]),
    ("Underrepresented in medicine", ["Yes", "No", "Prefer not to answer"], ["minority", "majority", "unknown"]),
    ("URM status", ["URM", "Non-URM", ""], ["minority", "majority", "unknown"]),
])  # fmt: skip
def test_columns_of_yes_and_no(header, cells, read_as, tmp_path, world):
    assert column(tmp_path, world, header, cells, "minority")[0].tolist() == read_as


def test_several_disciplines_in_a_cell(tmp_path, world):
    people, reading = read(tmp_path, world, "Name\tSpecialty\nA\tMedicine; Pediatrics\nB\tPediatrics\nC\tMedicine\nD\tMedicine, Pediatrics\nE\tDepartment of Medicine\n")
    assert people["discipline"].tolist() == ["medicine", "pediatrics", "medicine", "medicine", "medicine"]
    assert "discipline: 2 people with several values in the cell: the first is taken" in reading.told


def test_columns_without_telling_headers_are_known_by_their_values(tmp_path, world):
    people, _ = read(tmp_path, world, "A1,B1,C1,D1\nx,medicine,F,PGY-1\ny,Surgery,M,PGY-2\nz,family medicine,M,PGY-2\n")
    assert people["discipline"].tolist() == ["medicine", "surgery", "family_medicine"] and people["year"].tolist() == [1, 2, 2]
    assert people["gender"].tolist() == ["woman", "man", "man"]


def test_without_a_discipline_all_are_in_one(tmp_path, world):
    people, reading = read(tmp_path, world, "Full name\nP One\nP Two\nP Three\n")
    assert people["discipline"].tolist() == ["everyone"] * 3
    assert any("no column is a discipline" in line for line in reading.told)
    assert "`" not in "".join(reading.told)  # with no header that is known, it may be a person


def test_what_many_put_in_many_words_is_put_together(tmp_path, world):
    _, reading = column(tmp_path, world, "Specialty", [f"Unit {i % 40}" for i in range(200)], "discipline")
    people = reading.people["mentees"]
    assert people["discipline"].nunique() <= 32
    groups, _ = column(tmp_path, world, "Ethnicity", [f"G{i % 12}" for i in range(60)] + ["I would rather write a very long sentence about it"], "ethnicity")
    assert groups.nunique() <= 8 and groups.iloc[-1] == "other"
    groups, _ = column(tmp_path, world, "Ethnicity", ["A", "B", "ask ann@planted.org"], "ethnicity")
    assert groups.iloc[-1] == "unknown"


def workbook(tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "people.xlsx")
    return tmp_path / "people.xlsx"


def test_excel(tmp_path, world):
    file = workbook(tmp_path, {"Read me": [["About this file"]], "Mentors": [["Name", "Dept"], ["M", "Surgery"]],
                               "Mentees": [["Name", "Dept", "PGY", "URM"], ["A", "Surgery", 1, True], ["B", "Medicine", 2.0, False], ["C", "Medicine", None, None]]})  # fmt: skip
    reading = read_roster(file, file, world)
    people = reading.people["mentees"]
    assert people["year"].tolist()[:2] == [1, 2] and people["minority"].tolist() == ["minority", "majority", "unknown"]
    assert len(reading.people["mentors"]) == 1
    assert any('read the sheet "Mentees", and left its other sheets unread' in line for line in reading.told)


def test_expertise_of_mentors(tmp_path, world):
    people, _ = read(tmp_path, world, "Name,Dept,Research expertise,Life (0-1),Clinical\nA,Medicine,0.87,,3\nB,Surgery,,1,2\n", "mentors.csv", "mentors")
    assert people["research"].tolist()[0] == 0.9 and people["life"].tolist()[1] == 1.0
    assert "clinical" not in people and people[["research", "life"]].isna().sum().sum() == 2


MAPPING = """[mentees]
discipline = "Where"
first_generation = "First gen?"
year = "When"
ignore = ["Gender"]
[mentors]
discipline = "Unit"
[values.discipline]
"IM" = "internal medicine"
[values.year]
"Chief" = 4
"""
MENTEES, MENTORS = "Name,Where,First gen?,When,Gender\nA,IM,yes,Chief,F\nB,Surgery,no,1,M\n", "Name,Unit,Dept\nM,internal medicine,x\n"


def mapped(tmp_path, world, mapping):
    for name, text in (("mentees.csv", MENTEES), ("mentors.csv", MENTORS), ("map.toml", mapping)):
        (tmp_path / name).write_text(text)
    return read_roster(tmp_path / "mentors.csv", tmp_path / "mentees.csv", world, tmp_path / "map.toml")


def test_a_mapping_fixes_any_reading(tmp_path, world):
    people = mapped(tmp_path, world, MAPPING).people["mentees"]
    assert people.to_dict("list") == {"discipline": ["internal medicine", "surgery"], "first_generation": ["yes", "no"], "year": [4, 1]}
    told = mapped(tmp_path, world, MAPPING + '"Fellow" = 5\n').told
    assert 'mapping: "Fellow" of values.year is in no row' in told


@pytest.mark.parametrize("cell", ["", "-", "N/A", "n.a.", "Prefer not to say", "prefer not to disclose", "I'd rather not answer", "Decline to state", "Unknown", "not specified", "No answer", "NaN"])
def test_what_says_nothing(cell):
    assert unsaid(cell)


@pytest.mark.parametrize("cell", ["no", "none", "x", "0", "Other", "I prefer surgery", "Nanotechnology"])
def test_what_says_something(cell):
    assert not unsaid(cell)


@pytest.mark.parametrize("header", ["URiM", "URiM (0/1)", "UiM?", "isURM", "Are you URiM?"])
def test_a_small_letter_inside_an_abbreviation_parts_no_word(tmp_path, world, header):
    groups, _ = column(tmp_path, world, header, ["0", "1", "0", "0"], "minority")
    assert list(groups) == ["majority", "minority", "majority", "majority"]
