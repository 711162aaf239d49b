"""What cannot be read is refused in one line, with file, row and column, and without a word of anybody."""

import random
import zipfile

import openpyxl
import pytest
from test_forms import MAPPING, mapped

from simulation import ScenarioError, World
from simulation.cli import main
from simulation.roster import read_side

OK = "Name,Dept,PGY\nA,Medicine,1\nB,Surgery,2\n"


@pytest.fixture(scope="module")
def world():
    return World.load("teaching_hospital")


REFUSED = {
    "a PDF": (b"%PDF-1.4", "this is a PDF"), "rich text": (b"{\\rtf1 x}", "rich text"), "NUL": (OK.encode() + b"C,\0,1\n", "mentees.csv:4: this is no sheet"),
    "random bytes": (random.Random(1).randbytes(3000), "this is no sheet"), "one long line": (b"a" * 2_000_000, ":1: a cell is far too long"),
    "a locked workbook": (b"\xd0\xcf\x11\xe0" + bytes(90), "one with a password"), "a broken workbook": (b"PK\x03\x04" + bytes(90), "broken or locked"),
    "nothing": (b"", "it has no row and no column"), "only separators": (b"\n,,,\n", "it has no row and no column"), "headers alone": (b"Name,Dept\n", ":1: the sheet has no mentees"),
    "a quote that never closes": (OK.encode() + b'C,"Med,1\n' + OK.encode(), ":4: a quote is opened and never closed"),
    "no headers": (b"Ann,ann@planted.org,Surgery\nBob,b@x.org,Surgery\n", ":1: column B: the first full row should hold the headers"),
    "no headers, words alone": (b"Ann,Surgery,Yes\nBob,Surgery,Yes\nCy,Surgery,No\n", ":1: column B: the first full row should hold the headers"),
    "a year beyond 10": (OK.encode() + b"C,Medicine,11\n", ":4: `PGY`: value 11, allowed: a year in the program, from 1 to 10"),
    "levels in hundreds": (b"Name,Level\nA,100\nB,200\n", ":2: `Level`: value 100, allowed"),
    "too many columns": (b"a," * 2000 + b"\n" + b"b," * 2000, ":1: the sheet is too large"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_sheet_is_refused(what, tmp_path, world):
    content, expected = REFUSED[what]
    file = tmp_path / "mentees.csv"
    file.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        read_side(file, "mentees", world)
    assert expected in str(caught.value) and str(file) in str(caught.value)
    assert "Ann" not in str(caught.value) and "planted" not in str(caught.value)


def test_packed_files(tmp_path, world):
    bomb, word, formula = (tmp_path / f"{name}.xlsx" for name in ("bomb", "word", "formula"))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(45):
                part.write(bytes(10_000_000))
    with zipfile.ZipFile(word, "w") as packed:
        packed.writestr("word/document.xml", "x")
    book = openpyxl.Workbook()
    for row in (["Name", "Dept", "PGY"], ["A", "Medicine", "=1+1"]):
        book.active.append(row)
    book.save(formula)
    expected = {bomb: "too large when it is unpacked", word: "none of Excel", formula: ":2: column C: this cell has a formula without its value"}
    for file, problem in expected.items():
        with pytest.raises(ScenarioError, match=problem):
            read_side(file, "mentees", world)
    for file in (tmp_path, tmp_path / "gone.csv"):
        with pytest.raises(ScenarioError):
            read_side(file, "mentees", world)


FAULTS = [
    ('"Where"', '"Wher"', r"map.toml:2: mentees.discipline: the sheet of mentees has no column \"Wher\"; did you mean \"Where\"\?"),
    ("[mentees]", "[mentee]", r"map.toml:1: mentee: unknown section \"mentee\"; did you mean mentees\?"),
    ("first_generation", '"first gen"', r"map.toml:3: mentees.first gen: an attribute cannot be called"),
    ('"Where"', "3", "map.toml:2: mentees.discipline: value 3, allowed: the header of a column"),
    ("= 4", '= "four"', 'map.toml:11: values.year.Chief: value "four", allowed: a whole number from 1 to 10'),
    ("= 4", "= 11", "values.year.Chief: value 11"), ('"internal medicine"', "1", "values.discipline.IM: value 1, allowed: a word in quotes"),
    ('["Gender"]', '["Gendr"]', r"mentees.ignore: .*did you mean \"Gender\"\?"), ('["Gender"]', '"Gender"', "allowed: a list of headers"),
    ('"First gen?"', '"Where"', 'the column "Where" is given twice'), ('discipline = "Unit"', 'year = "Unit"', "mentors have no year"),
    ("[mentees]", "[mentees", "map.toml:1: this is not TOML"), ("[values.year]", "values.year = 3", "map.toml"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
def test_a_wrong_mapping_is_told(old, new, expected, tmp_path, world):
    with pytest.raises(ScenarioError, match=expected):
        mapped(tmp_path, world, MAPPING.replace(old, new, 1))


def test_names_are_no_disciplines(tmp_path, world):
    (tmp_path / "mentees.csv").write_text("Dept,Gender\n" + "".join(f"Per Son{i},F\n" for i in range(20)))
    assert set(read_side(tmp_path / "mentees.csv", "mentees", world).people["mentees"]["discipline"]) == {"everyone"}


def test_check_knows_a_mapping(tmp_path, capsys):
    file = tmp_path / "map.toml"
    file.write_text(MAPPING)
    assert main(["check", str(file)]) == 0 and "fine (mapping: 4 columns)" in capsys.readouterr().out
    file.write_text(MAPPING.replace("= 4", "= 40"))
    assert main(["check", str(file)]) == 2 and "values.year.Chief" in capsys.readouterr().err
