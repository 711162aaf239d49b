"""Sheets and mappings that somebody might have, and what befalls files on their way; each ends in a world or in one line."""

import tomllib
from pathlib import Path

from hypothesis import strategies as st

from simulation import ScenarioError, World
from simulation.roster import read_roster, world_text

WORLD = World.load("teaching_hospital")
HEADERS = ["Name", "E-mail", "Dept", "What is your department?", "Specialty", "PGY", "Training year", "Gender", "Pronouns", "Race/Ethnicity", "URM", "research",
           "Notes", "", "Preferred mentor gender", "Cohort", "Track;Site", "minority", "Level\nof training", "Ünit", "year", "Clinical", "Total"]  # fmt: skip
CELLS = ["", "Medicine", "internal medicine ", "Surgery; Pediatrics", "PGY-3", "R2", "1st", "second year", "Intern", "11", "2024", "0", "1", "x", "F", "man", "she/her",
         "prefer not to say", "n/a", "Total", "yes", "no", "0.5", "1e999", "nan", "inf", "-1", "=A1", '"', "'", "a,b", "Ann", "ann@planted.org", "555 0199 12", "Zoë", "\ufeff",
         "White", "Asian, White", "12:30", "\u2028", "٣", "²", "I am a very long sentence about nothing that goes on and on"]  # fmt: skip
cells = st.sampled_from(CELLS) | st.text(max_size=6)
ENCODINGS = ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "mac_roman", "utf-7", "cp037"]


@st.composite
def sheets(draw):
    """The bytes of a sheet: rows under headers, in an encoding, with a mishap or without."""
    headers = draw(st.lists(st.sampled_from(HEADERS) | st.text(max_size=8), min_size=1, max_size=6))
    pools = [draw(st.lists(cells, min_size=1, max_size=4)) for _ in headers]  # a column repeats itself
    rows = [[pool[draw(st.integers(0, len(pool) - 1))] for pool in pools] for _ in range(draw(st.integers(0, 8)))]
    rows = [*draw(st.lists(st.lists(cells, max_size=3), max_size=2)), headers, *rows]
    separator = draw(st.sampled_from(",;\t|:"))
    quoted = draw(st.booleans())
    lines = [separator.join('"' + cell.replace('"', '""') + '"' if quoted or separator in cell else cell for cell in row) for row in rows]
    raw = draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"])).join(lines).encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
    mishap = draw(st.sampled_from(["none", "none", "cut", "swap", "noise", "start", "separator"]))
    place = draw(st.integers(0, max(len(raw) - 1, 0)))
    if mishap == "cut":
        return raw[:place]
    if mishap == "noise":
        return raw[:place] + draw(st.binary(max_size=8)) + raw[place:]
    if mishap == "start":
        return draw(st.sampled_from([b"PK\x03\x04", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"<html>", b"sep=;\n"])) + raw
    if mishap == "swap":
        return raw.replace(separator.encode(), draw(st.sampled_from([b",", b";", b"\t", b'"'])), draw(st.integers(1, 5)))
    return raw.replace(b"\n", separator.encode()) if mishap == "separator" else raw


@st.composite
def mappings(draw):
    """The text of a mapping file, mostly a sound one."""
    names = st.sampled_from(["discipline", "year", "gender", "first_generation", "research", "ignore", "id", "a b", ""])
    headers = st.sampled_from(HEADERS[:8]).map(lambda header: f'"{header}"') | st.sampled_from(['["Name"]', "3", '"Dpt"', "[1]", "true"])
    lines = []
    for section in draw(st.lists(st.sampled_from(["mentees", "mentors", "values.year", "values.gender", "values", "other"]), max_size=3)):
        lines.append(f"[{section}]")
        for name in draw(st.lists(names, max_size=3, unique=True)):
            meant = draw(st.sampled_from(["4", '"woman"', "0", '""', '"a:b"'])) if "values" in section else draw(headers)
            lines.append(f'"{name}" = {meant}')
    return "\n".join(lines) + draw(st.sampled_from(["", "", "\n[", "\0", "\n= 1"]))


def must_end_well(folder: Path, mentors: bytes, mentees: bytes, mapping: str | None) -> str:
    """Read the files; the refusal is one line with the file (or nothing where a world came of it); other errors are raised."""
    for name, raw in (("mentors.csv", mentors), ("mentees.csv", mentees), ("map.toml", (mapping or "").encode("utf-8", errors="replace"))):
        (folder / name).write_bytes(raw)
    try:
        reading = read_roster(folder / "mentors.csv", folder / "mentees.csv", WORLD, folder / "map.toml" if mapping else None)
        text, told = world_text(reading, WORLD, "teaching_hospital", "ours", "Ours")
    except ScenarioError as error:
        problem = str(error)
        assert "\n" not in problem and problem.startswith(str(folder)), problem
        assert "planted" not in problem
        return problem
    assert "planted" not in text + "\n".join(told + reading.told)
    data = tomllib.loads(text)
    for whose in ("mentees", "mentors"):
        assert sum(cell["heads"] for cell in data["roster"][whose]) == data["people"][whose] == len(reading.people[whose])
        known = {discipline["name"] for discipline in data["disciplines"]}
        assert all(cell["discipline"] in known for cell in data["roster"][whose])
    if "roster" not in World.model_fields:
        text = text.partition("\n[roster]")[0]
    (folder / "world.toml").write_text(text, encoding="utf-8")
    World.load(folder / "world.toml")
    return ""
