"""What an entry of the data dictionary holds: a column with its unit and meaning, and a table with its columns."""

import itertools
from collections.abc import Collection, Iterator
from re import findall
from typing import NamedTuple


class Column(NamedTuple):
    """A column of a table."""

    name: str  # words in angle brackets stand for what a world or a study names: `same_<attribute>`
    unit: str
    text: str  # what it is, in one line
    missing: str = ""  # when it is missing; empty: never

    def names(self, **named: Collection[str]) -> Iterator[str]:
        """Give the names of the columns that it stands for; `named` has what each word in angle brackets stands for."""
        words = findall(r"<(\w+)>", self.name)
        for chosen in itertools.product(*(named.get(word, ()) for word in words)):
            name = self.name
            for word, value in zip(words, chosen, strict=True):
                name = name.replace(f"<{word}>", value)
            yield name


class Table(NamedTuple):
    """A table: what one row of it is, where it is found, and its columns."""

    name: str
    row: str  # one row is …
    found: str  # what writes it
    columns: tuple[Column, ...]

    def names(self, **named: Collection[str]) -> set[str]:
        """Give the names of its columns in a world or study."""
        return {name for column in self.columns for name in column.names(**named)}


def columns(*rows: tuple[str, ...]) -> tuple[Column, ...]:
    """Make columns of rows of text."""
    return tuple(Column(*row) for row in rows)
