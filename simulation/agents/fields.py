"""Attributes that live in a table: `mentee.belonging` is the field `belonging` of the mentee's row, both ways."""

from collections.abc import Callable
from typing import Any

import numpy as np


class Row(np.void):
    """A row whose fields are its attributes. numpy's own `record` does the same ten times slower."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except (KeyError, ValueError):
            raise AttributeError(f"a row has no field {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value


def _of_rows(kind: np.dtype) -> np.dtype:
    """The same record type, made of rows, and of rows in rows."""
    if kind.names is None:
        return kind
    fields = {
        "names": kind.names,
        "formats": [_of_rows(kind.fields[name][0]) for name in kind.names],
        "offsets": [kind.fields[name][1] for name in kind.names],
        "itemsize": kind.itemsize,
    }
    return np.dtype((Row, np.dtype(fields, align=kind.isalignedstruct)))


def in_rows(records: Any) -> Any:
    """View an array of records, or one record, as `Row`s on the same memory; give anything else unchanged."""
    if isinstance(records, np.recarray):
        return records.view(np.ndarray).view(_of_rows(records.dtype))
    if isinstance(records, np.record):
        return np.ndarray((1,), _of_rows(records.dtype), records.base)[0]  # the record is all of its base, or its start
    return records


def in_own_array(records: Any) -> Any:
    """Give a record as the row of an array of its own; anything else unchanged."""
    return np.array([records]).view(np.recarray)[0] if isinstance(records, np.record) else records


class Field:
    """One field of the owner's `record`: a plain Python number, or a window on several, which takes new ones in place."""

    def __init__(self, name: str):
        self.name = name

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        if owner is None:
            return self
        value = owner.record[self.name]
        return value if isinstance(value, np.ndarray) else value.item()

    def __set__(self, owner: Any, value: Any) -> None:
        owner.record[self.name] = value


def shows(kind: np.dtype) -> Callable[[type], type]:
    """Give a class an attribute for each field of a table, except its row and where it has a method of that name."""

    def with_fields(owner: type) -> type:
        for name in kind.names:
            if name != "row" and not hasattr(owner, name):
                setattr(owner, name, Field(name))
        return owner

    return with_fields
