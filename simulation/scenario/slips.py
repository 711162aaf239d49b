"""Slips that word processors, spreadsheets and other formats leave in a file, and the sentence that mends each."""

import re

STARTS = {  # of the bytes of a file
    b"{\\rtf": ("rich text (RTF)", "save it as plain text"),
    b"PAR1": ("a table in Parquet", "give a text file"),
    b"PK\x03\x04": ("a file of Word, Excel or the like", "save it as plain text, a table as CSV"),
    b"\xd0\xcf\x11\xe0": ("a file of Word, Excel or the like", "save it as plain text, a table as CSV"),
    b"%PDF": ("a PDF", "give a text file"),
    b"\xff\xfe": ("text in UTF-16", "save it as text in UTF-8"),
    b"\xfe\xff": ("text in UTF-16", "save it as text in UTF-8"),
    b"\x89PNG": ("a picture", "give a text file"),
    b'{"': ("JSON", "write it as TOML: NAME = VALUE, a line each"),
    b"{\n": ("JSON", "write it as TOML: NAME = VALUE, a line each"),
}  # fmt: skip
QUOTES = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}" \
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}" \
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"  # fmt: skip
NUMBER = r"[-+]?\d+(?:\.\d+)?"
LINES = (  # of a line that is not TOML
    (rf"^[^\"'#]*=?\s*[{QUOTES}]", 'use straight quotes: "text"'),
    (r"=\s*[-+]?\d+,\d+\s*(?:#.*)?$", "write decimals with a point: 0.5"),
    (rf"=\s*{NUMBER}\s*%", "write a share as a number: 0.05 for 5 %"),
    (r"=\s*[\N{MINUS SIGN}\N{EN DASH}]\d", "write the minus sign as a hyphen: -0.5"),
    (r"=\s*(?:True|False|TRUE|FALSE|[Yy]es|[Nn]o)\s*(?:#.*)?$", "write true or false"),
    (r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{ZERO WIDTH SPACE}]", "there is a strange space in this line: write it anew"),
    (r"^\s*[\w.\"-]+\s*:", "write NAME = VALUE"),
    (r"=\s*(?!true|false|inf|nan)[A-Za-z]\w*\s*(?:#.*)?$", 'texts stand in quotes: "text"'),
    (r'^[^"]*"(?:[^"]*"[^"]*")*[^"]*$', "a quote is missing"),
    (r"=\s*(?:#.*)?$", "a value is missing behind the ="),
)  # fmt: skip


def format_of(raw: bytes) -> tuple[str, str]:
    """What the bytes of a file are if they are no plain text, and what to do; empty where they may be text."""
    start = raw.lstrip(b" \t\r\n")
    for known, said in STARTS.items():
        if raw.startswith(known) or start.startswith(known):
            return said
    wide = max(raw[0::2].count(0), raw[1::2].count(0)) > len(raw) // 4  # every other byte of plain letters is 0
    return STARTS[b"\xff\xfe"] if wide else ("", "")


def hint_for(line: str) -> str:
    """How to mend a line that is not TOML; empty where no slip is known in it."""
    return next((hint for pattern, hint in LINES if re.search(pattern, line)), "")
