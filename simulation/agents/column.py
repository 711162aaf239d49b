"""Attributes that live in a table: `mentee.belonging` is the field `belonging` of the mentee's row, both ways."""

from collections.abc import Callable
from typing import Any

import numpy as np


class Rows:
    """A table seen field by field, one window a field; what is written through a window stands in the table."""

    def __init__(self, table: np.recarray):
        self.windows: dict[str, memoryview] = {}  # of fields with one value a row
        self.vectors: dict[str, dict[int, memoryview]] = {}  # of fields with several, a window a row, made when asked
        self.look_at(table)

    def look_at(self, table: np.recarray) -> None:
        """Look through the same windows at another table: the larger one by which this one was replaced."""
        self.table = np.asarray(table).reshape(-1)
        for name in self.table.dtype.names:
            if self.table[name].ndim == 1:
                self.windows[name] = memoryview(self.table[name])
            else:
                self.vectors[name] = {}


class Column:
    """One value of the owner's row, as a plain Python number."""

    def __init__(self, field: str):
        self.field = field

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        return self if owner is None else owner.windows[self.field][owner.row]

    def __set__(self, owner: Any, value: float) -> None:
        owner.windows[self.field][owner.row] = value


class Vector:
    """Several values of the owner's row: a window with a place for each, which takes new values in place."""

    def __init__(self, field: str):
        self.field = field

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        if owner is None:
            return self
        seen = owner.vectors[self.field]
        if owner.row not in seen:
            seen[owner.row] = memoryview(owner.table[self.field][owner.row])
        return seen[owner.row]

    def __set__(self, owner: Any, values: Any) -> None:
        owner.table[self.field][owner.row] = values


def shows(kind: np.dtype) -> Callable[[type], type]:
    """Give a class an attribute for each field of a table, except where it has a method of that name."""

    def with_columns(owner: type) -> type:
        for name in kind.names:
            if name not in vars(owner):
                setattr(owner, name, Vector(name) if kind[name].shape else Column(name))
        return owner

    return with_columns
