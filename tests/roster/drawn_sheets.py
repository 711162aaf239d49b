"""Sheets and mappings that somebody might have, and what befalls files on their way; each ends in a world or in one line."""

import tomllib
from pathlib import Path
from random import Random

from simulation import ScenarioError, World
from simulation.roster import read_roster, world_text

WORLD = World.load("teaching_hospital")
HEADERS = ["Name", "E-mail", "Dept", "What is your department?", "Specialty", "PGY", "Training year", "Gender", "Pronouns", "Race/Ethnicity", "URM", "research",
           "Notes", "", "Preferred mentor gender", "Cohort", "Track;Site", "minority", "Level\nof training", "Ünit", "year", "Clinical", "Total"]  # fmt: skip
CELLS = ["", "Medicine", "internal medicine ", "Surgery; Pediatrics", "PGY-3", "R2", "1st", "second year", "Intern", "11", "2024", "0", "1", "x", "F", "man", "she/her",
         "prefer not to say", "n/a", "Total", "yes", "no", "0.5", "1e999", "nan", "inf", "-1", "=A1", '"', "'", "a,b", "Ann", "ann@planted.org", "555 0199 12", "Zoë", "\ufeff",
         "White", "Asian, White", "12:30", "\u2028", "٣", "²", "I am a very long sentence about nothing that goes on and on"]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "mac_roman", "utf-7", "cp037"]
STARTS = [b"PK\x03\x04", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"<html>", b"sep=;\n"]


def some(luck: Random, known: list[str], most: int = 6) -> str:
    """A known text, or now and then any."""
    return luck.choice(known) if luck.random() < 0.85 else "".join(chr(luck.choice((luck.randrange(32, 400), luck.randrange(0x11000)))) for _ in range(luck.randint(0, most)))


def drawn_sheet(luck: Random) -> bytes:
    """The bytes of a sheet: rows under headers, in an encoding, with a mishap or without."""
    headers = [some(luck, HEADERS) for _ in range(luck.randint(1, 6))]
    pools = [[some(luck, CELLS) for _ in range(luck.randint(1, 4))] for _ in headers]  # a column repeats itself
    rows = [[luck.choice(pool) for pool in pools] for _ in range(luck.choice((0, 1, 5, 6, 8, 12, 30)))]
    rows = [*([some(luck, CELLS) for _ in range(luck.randint(0, 3))] for _ in range(luck.choice((0, 0, 1, 2)))), headers, *rows]
    separator, quoted = luck.choice(",;\t|:"), luck.random() < 0.5
    lines = [separator.join('"' + cell.replace('"', '""') + '"' if quoted or separator in cell else cell for cell in row) for row in rows]
    raw = luck.choice(["\n", "\r\n", "\r", "\n\n"]).join(lines).encode(luck.choice(ENCODINGS), errors="replace")
    mishap, place = luck.choice(["none", "none", "none", "cut", "swap", "noise", "start", "separator"]), luck.randrange(len(raw) + 1)
    if mishap == "cut":
        return raw[:place]
    if mishap == "noise":
        return raw[:place] + luck.randbytes(luck.randint(0, 8)) + raw[place:]
    if mishap == "start":
        return luck.choice(STARTS) + raw
    if mishap == "swap":
        return raw.replace(separator.encode(), luck.choice([b",", b";", b"\t", b'"']), luck.randint(1, 5))
    return raw.replace(b"\n", separator.encode()) if mishap == "separator" else raw


def drawn_mapping(luck: Random) -> str | None:
    """The text of a mapping file, mostly a sound one; or none."""
    lines: list[str] = []
    for section in luck.sample(["mentees", "mentors", "values.year", "values.gender", "values", "other"], luck.choice((0, 0, 1, 2))):
        lines.append(f"[{section}]")
        for name in luck.sample(["discipline", "year", "gender", "first_generation", "research", "ignore", "id", "a b", ""], luck.randint(0, 2)):
            header = f'"{luck.choice(HEADERS[:8])}"' if luck.random() < 0.7 else luck.choice(['["Name"]', "3", '"Dpt"', "[1]", "true"])
            meant = luck.choice(["4", '"woman"', "0", '""', '"a:b"']) if "values" in section else header
            lines.append(f'"{name}" = {meant}')
    return "\n".join(lines) + luck.choice(["", "", "", "\n[", "\0", "\n= 1"]) if lines else None


def drawn(folder: Path, seed: int) -> str:
    """Draw sheets and a mapping, and read them."""
    luck = Random(seed)
    return must_end_well(folder, drawn_sheet(luck), drawn_sheet(luck), drawn_mapping(luck))


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
