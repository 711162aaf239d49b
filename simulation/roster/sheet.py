"""A sheet as rows of text: from CSV and its relatives in any usual encoding, or from Excel.

The guessing is left to others: clevercsv finds what separates the columns, charset-normalizer the encoding, openpyxl opens Excel.
"""

import csv
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import charset_normalizer
import clevercsv
import openpyxl

from simulation.scenario.errors import ScenarioError, shown
from simulation.scenario.loading import bytes_of
from simulation.scenario.slips import format_of

LARGEST, UNPACKED = 50_000_000, 400_000_000  # bytes of a file, and of what a file of Excel holds when it is unpacked
MOST_ROWS, MOST_COLUMNS, EMPTY_ROWS = 300_000, 1_000, 5_000  # after so many empty rows, nothing is expected below
SAMPLE = 200  # lines from which the encoding and the separator are told
ANEW, UNLOCKED = "save the sheet anew as CSV or .xlsx", "save it anew as .xlsx, without a password"
SEPARATORS = ",;\t|"
EXCEL = (".xlsx", ".xlsm")
SHEETS = (".csv", ".tsv", ".txt", *EXCEL)
Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold something, each with its row in the file (from 1), and how it was read."""

    file: str
    rows: Rows
    told: list[str]


def read_table(path: str | Path, whose: str) -> Table:
    """Read the rows of a sheet of mentees or mentors; a `ScenarioError` says what keeps it from being read."""
    path = Path(path)
    raw = bytes_of(path, LARGEST, *SHEETS)
    if raw.startswith(b"PK\x03\x04"):
        return _excel(path, raw, whose)
    what, hint = format_of(raw)
    if what and "UTF-16" not in what:
        if raw.startswith(b"\xd0\xcf\x11\xe0"):
            what, hint = "a file of old Excel, or one with a password", UNLOCKED
        raise ScenarioError(f"this is {what}", file=path, hint=hint.replace("a text file", "a sheet as CSV or .xlsx"))
    text, encoding = _decoded(path, raw, bool(what))
    rows, separator = _separated(path, text)
    names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
    usual = encoding in ("utf_8", "ascii") and separator == ","
    told = [] if usual else [f"{path.name}: read as text in {encoding.replace('_', '-')}, columns parted by {names[separator]}"]
    return Table(str(path), _held(path, rows), told)


def _decoded(path: Path, raw: bytes, wide: bool) -> tuple[str, str]:
    """The text of a file, and its encoding."""
    try:
        if wide:
            marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
            encoding = "utf_16" if marked else "utf_16_le" if raw[1::2].count(0) > raw[0::2].count(0) else "utf_16_be"
        else:
            encoding = "utf_8"
        text = raw.decode("utf-8-sig" if encoding == "utf_8" else encoding)
    except UnicodeDecodeError:
        sample = b"\n".join(raw.split(b"\n")[:SAMPLE])[:100_000]
        western = ["cp1252", "mac_roman"]  # of short texts the guess among all is often wrong
        best = charset_normalizer.from_bytes(sample, cp_isolation=western).best() or charset_normalizer.from_bytes(sample).best()
        encoding = best.encoding if best else "latin_1"
        text = raw.decode(encoding, errors="replace")
    strange = sum(sign < " " and sign not in "\t\r\n" for sign in text[:20_000])
    if "\0" in text or strange > len(text[:20_000]) // 50:
        row = text[: text.find("\0") + 1].count("\n") + 1
        raise ScenarioError("this is no sheet: it holds signs that are no text", file=path, line=row, hint=ANEW)
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), encoding


def _separated(path: Path, text: str) -> tuple[Rows, str]:
    """The rows of a text, each with the line that it begins in, and what separates its cells."""
    asked = re.match(r"sep=([,;\t|])\n", text)
    sample = "\n".join(line[:2_000] for line in text.split("\n", SAMPLE)[:SAMPLE])[:20_000]  # it is slow on long words
    try:
        separator = asked[1] if asked else clevercsv.Sniffer().sniff(sample, delimiters=SEPARATORS).delimiter or ","
    except Exception:  # it gives up on texts without a pattern in many ways
        separator = ","
    for strict in (True, False):  # a quote inside a quoted cell is a fault of the export, and its row can still be read
        rows, line = [], 1
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        try:
            for cells in reader:
                if not (asked and line == 1):
                    rows.append((line, cells))
                if not strict and any(cell.count("\n") > 50 for cell in cells):
                    raise csv.Error("unexpected end of data")
                line = reader.line_num + 1
            break
        except csv.Error as error:
            if strict and "end of data" not in str(error) and "limit" not in str(error):
                continue
            problem = "a quote is opened and never closed" if "end of data" in str(error) else "a cell is far too long"
            raise ScenarioError(problem, file=path, line=line, hint=ANEW) from None
    return rows, separator


def _held(place: object, rows: Rows) -> Rows:
    """The rows with something in them; a sheet that is too wide or too long is refused."""
    held = [(row, [cell.strip() for cell in cells]) for row, cells in rows]
    held = [(row, cells) for row, cells in held if any(cells)]
    wide = next((row for row, cells in held if len(cells) > MOST_COLUMNS), None)
    if wide or len(held) > MOST_ROWS:
        problem = f"the sheet is too large (allowed: {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns)"
        raise ScenarioError(problem, file=place, line=wide)
    if not held:
        raise ScenarioError("the sheet is empty: it has no row and no column", file=place)
    return held


def _excel(path: Path, raw: bytes, whose: str) -> Table:
    """The first sheet of a workbook that has people: one named after them, if there is one."""
    broken = ScenarioError("this file of Excel is broken or locked", file=path, hint=f"open it, and {UNLOCKED}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise ScenarioError("this is a packed file, and none of Excel", file=path, hint="give a sheet as CSV or .xlsx")
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise ScenarioError("the file is too large when it is unpacked", file=path)
        found = _sheets(raw, values=True)
    except ScenarioError:
        raise
    except Exception:  # broken files end in errors of many kinds: of zip, of XML, of openpyxl
        raise broken from None
    named = [name for name in found if whose.removesuffix("s") in name.lower()]
    full = [name for name in (*named, *found) if len([row for row, cells in found[name] if any(cells)]) > 1]
    if not full:
        raise ScenarioError("the sheet is empty: it has no row and no column with people", file=path)
    name = full[0]
    place = f"{path} (sheet {name})" if len(found) > 1 else str(path)
    told = [f"{path.name}: read the sheet {shown(name)}, and left its other sheets unread"] if len(found) > 1 else []
    rows = _held(place, found[name])
    width = max(len(cells) for _, cells in rows)
    blank = [column for column in range(width) if not any(column < len(cells) and cells[column] for _, cells in rows[1:])]
    if blank:
        for row, cells in _sheets(raw, values=False, most=SAMPLE)[name]:
            for column in blank:
                if column < len(cells) and cells[column].startswith("="):
                    raise ScenarioError(
                        "this cell has a formula without its value", file=place, line=row, field=f"column {letter(column)}",
                        hint="open the file in Excel, and save it",
                    )  # fmt: skip
    return Table(place, rows, told)


def letter(column: int) -> str:
    """The letter of a column as spreadsheets have it."""
    return openpyxl.utils.get_column_letter(column + 1)


def _sheets(raw: bytes, values: bool, most: int = MOST_ROWS) -> dict[str, Rows]:
    """The rows of every visible sheet of a workbook, with values or with formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: colours, menus
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=values)
        sheets = {}
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # some writers state them wrongly
            sheets[sheet.title] = rows = []
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                if any(cell is not None for cell in cells):
                    rows.append((number, [_as_text(cell) for cell in cells]))
                if len(rows) > most or number - (rows[-1][0] if rows else 0) > EMPTY_ROWS:
                    break
        book.close()
    return sheets


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)
