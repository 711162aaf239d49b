"""A file of a world, a policy or the like: loaded by name or path, changed by dotted names, written back."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Self

import pydantic
import tomlkit

from simulation.scenario.error_lines import validated
from simulation.scenario.errors import ScenarioError, nearest, shown
from simulation.scenario.field_words import field_at, is_section, names_in
from simulation.scenario.fields import Section
from simulation.scenario.loading import NOUNS, Source, chain, find, merged
from simulation.scenario.parts import drop, rename

EVERYWHERE = frozenset(["name", "title", "text", "extends"])  # fields that tell nothing of a file's kind


class Scenario(Section):
    """A section that is a whole file, with a name."""

    kind: ClassVar[str] = ""

    @pydantic.field_validator("name", check_fields=False)
    @classmethod
    def _name_is_fit(cls, name: str) -> str:
        if not name.strip() or not name.isprintable() or len(name) > 60:
            raise ValueError("a name must have 1 to 60 visible characters on one line")
        return name

    @pydantic.field_validator("title", "text", check_fields=False)
    @classmethod
    def _text_is_fit(cls, text: str, info: pydantic.ValidationInfo) -> str:
        allowed = "\n\t" if info.field_name == "text" else ""
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed for sign in text):
            lines = "" if allowed else " on one line"
            raise ValueError(f"a {info.field_name} must have visible characters only{lines}")
        return text

    @classmethod
    def load(cls, name_or_path: str | Path) -> Self:
        """The shipped scenario of that name, or the one in the file at that path; bad files raise `ScenarioError`."""
        path = find(cls.kind, name_or_path)
        sources = chain(cls.kind, path)
        cls._refuse_others(sources)
        data: dict[str, Any] = {}
        for source in reversed(sources):
            own = {key: value for key, value in source.data.items() if key != "extends"}
            # A file that extends another is a scenario of its own, so it does not inherit the name.
            own.setdefault("name", Path(source.file).stem)
            own.setdefault("title", str(own["name"]).replace("_", " ").capitalize())
            own.setdefault("text", "")
            data = merged(own, data)
        return validated(cls, data, sources)

    @classmethod
    def _refuse_others(cls, sources: list[Source]) -> None:
        """Refuse a file that has no section of this kind, and some of another one."""
        for source in sources:
            told = set(source.data) - EVERYWHERE
            others = [kind for kind in Scenario.__subclasses__() if told & set(kind.model_fields)]
            if told and others and cls not in others:
                problem = f"this is {NOUNS[others[0].kind]}; please give {NOUNS[cls.kind]}"
                raise ScenarioError(problem, file=source.file)

    def with_(self, changes: Mapping[str, Any]) -> Self:
        """The same scenario with some fields changed, by dotted names, and checked.

        List entries are found by name: `{"identities.gender.wish_same.woman": 0.3}`. A mapping for a section is merged
        into it; any other value replaces the old one. None in the place of a list entry drops it, and what hangs on it:
        `{"disciplines.surgery": None}`, `{"identities.gender.groups.woman": None}`; the others keep their proportions. Another
        name renames it everywhere: `{"domains.life.name": "balance"}`, `{"identities.gender.groups.woman": "women"}`.
        """
        label = f"{self.kind} {self.name}"
        data = self.model_dump(mode="json")
        for dotted, value in changes.items():
            path = _path(type(self), data, str(dotted), label)
            field = field_at(type(self), path)
            spot = data
            for step in path[:-1]:
                spot = spot[step]
            if _changes_part(path, spot, value):
                with _at(label, str(dotted)):
                    if value is None:
                        drop(data, path)
                    else:
                        rename(data, path[:-1] if path[-1] == "name" else path, value)
                continue
            if isinstance(value, Mapping) and field is not None and is_section(field.annotation):
                value = merged(dict(value), spot[path[-1]])
            spot[path[-1]] = value
        left = self._left() - {str(dotted).partition(".")[0] for dotted in changes}
        return validated(type(self), {name: value for name, value in data.items() if name not in left}, label=label)

    def to_toml(self) -> str:
        """The scenario as a TOML file that loads to an equal one."""
        return tomlkit.dumps(_known(self.model_dump(mode="json", exclude=self._left())))

    def _left(self) -> set[str]:
        """The sections that nobody gave, so that one can still tell after a change or a round trip."""
        return set(type(self).model_fields) - self.model_fields_set - EVERYWHERE


def _changes_part(path: tuple, spot: Any, value: Any) -> bool:
    """Whether a change drops or renames an entry of a list, and is no plain value."""
    if value is None:
        return isinstance(spot, list)
    named = (path[-1] == "name" and len(path) > 1) or (path[-2:-1] == ("groups",) and isinstance(spot, list))
    return named and isinstance(value, str)


@contextmanager
def _at(label: str, field: str) -> Iterator[None]:
    """A fault in a change is told with the scenario and the field."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(error.problem, file=label, field=field) from None


def _path(section: type[Section], data: Any, dotted: str, label: str) -> tuple:
    """The path of a dotted name in the data; every step must exist, except a new entry in a table of shares."""
    path: tuple = ()
    for word in dotted.split("."):
        if isinstance(data, list):
            names = [entry.get("name") if isinstance(entry, dict) else entry for entry in data]
            step: Any = names.index(word) if word in names else int(word) if re.fullmatch(r"\d{1,6}", word) else word
            known, there = [name for name in names if isinstance(name, str) and name], isinstance(step, int) and step < len(data)
        else:
            step, known = word, list(data) if isinstance(data, dict) else []
            there = isinstance(data, dict) and (word in data or not names_in(field_at(section, path)))
        if not there or not word:
            hint = nearest(word, known) or (f"known: {', '.join(known)}" if known else "")
            raise ScenarioError(f"unknown field {shown(word)}", file=label, field=dotted, hint=hint)
        path += (step,)
        data = data[step] if isinstance(data, list) else data.get(step)
    return path


def _known(value: Any) -> Any:
    """The value without what is missing, for which TOML has no word."""
    if isinstance(value, dict):
        return {key: _known(entry) for key, entry in value.items() if entry is not None}
    return [_known(entry) for entry in value] if isinstance(value, list) else value
