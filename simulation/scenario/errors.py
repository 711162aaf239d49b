"""The error of bad input, in the user's words: file, line, field, what is wrong and what is allowed."""

import difflib
from collections.abc import Iterable
from typing import Any

LONGEST = 60


class ScenarioError(ValueError):
    """Bad input that the user can correct; as text it is one line."""

    def __init__(self, problem: str, *, file: object = None, line: int | None = None, field: str = "", hint: str = ""):
        super().__init__(problem)
        self.problem = problem
        self.file = None if file is None else str(file)
        self.line = line
        self.field = field
        self.hint = hint
        self.others: list[ScenarioError] = []

    def __str__(self) -> str:
        """The error in one line: `file:line: field: problem; hint`."""
        place = "" if self.file is None else self.file if self.line is None else f"{self.file}:{self.line}"
        text = ": ".join(part for part in (place, self.field, self.problem) if part)
        return one_line(f"{text}; {self.hint}" if self.hint else text)


def one_line(text: str) -> str:
    """The text without line breaks and without characters that a terminal would act on."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)


def shown(value: Any) -> str:
    """A value as the user would write it in a file, cut if it is long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a huge number"
    if isinstance(value, list | tuple):
        text = f"[{', '.join(shown(item) for item in value[:5])}{', ...' if len(value) > 5 else ''}]"
    else:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    return one_line(text if len(text) <= LONGEST else text[: LONGEST - 3] + "...")


def nearest(word: object, known: Iterable[str]) -> str:
    """A question that suggests the known name nearest to a word; empty if none is near."""
    close = difflib.get_close_matches(str(word)[:LONGEST].lower().replace("-", "_"), list(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else ""
