"""Which column of a sheet is what: by the words of its header, failing that by its values, and by a mapping above all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from simulation.columns import ATTRIBUTES
from simulation.roster import spellings
from simulation.roster.mapping import Mapping as Columns
from simulation.roster.sheet import Table, letter
from simulation.roster.spellings import CONTACT, DATE, gender_in, plain, unsaid, words_of, year_in
from simulation.scenario.counted import counted
from simulation.scenario.errors import LONGEST, ScenarioError, one_line
from simulation.scenario.world import World

TOP, LONG = 30, 40  # rows in which the header is looked for; letters from which a value is a sentence, and no name of a group
MOST, ALIKE = 0.8, 0.5  # shares of the values that tell a kind of column
MAPPING = "a mapping file can name the column"


@dataclass
class Side:
    """The people of one sheet: a row a person with what was read of them as text, indexed by its row in the file."""

    whose: str
    file: str
    people: pd.DataFrame
    headers: dict[str, str] = field(default_factory=dict)  # what a column was read as, and its header
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    mapped: frozenset[str] = frozenset()  # what a mapping file names a column for


def side_of(table: Table, whose: str, like: World, mapping: Columns) -> Side:
    """Find the header, the people and what each column is; only columns that are read are kept."""
    row, header, cells, left_out = _people(table)
    headers = [name or f"column {letter(place)}" for place, name in enumerate(header)]
    mapped, ignored = mapping.on(whose, headers)
    chosen = {name: headers.index(column) for name, column in mapped.items()}
    free = [place for place in range(len(headers)) if place not in chosen.values() and headers[place] not in ignored]
    by_words = _by_words(headers, free, cells, whose, like)
    named = bool(chosen or by_words)
    chosen |= {name: places[0] for name, places in by_words.items() if name not in chosen}
    free = [place for place in free if place not in chosen.values()]
    chosen |= _by_values(free, cells, whose, like, chosen)
    extra = [name for name in chosen if name not in ("discipline", "year") and name not in _domains(like)][ATTRIBUTES:]
    chosen = {name: place for name, place in chosen.items() if name not in extra}
    kept = cells[list(chosen.values())].set_axis(list(chosen), axis=1)
    alone = (cells != "").sum(axis=1).le(1) & (len(headers) > 2) & (kept == "").all(axis=1)  # a footnote
    side = Side(whose, table.file, kept[~alone], told=list(table.told), mapped=frozenset(mapped))
    side.headers = {name: _said(headers[place], place, named) for name, place in chosen.items()}
    side.unread = [_said(name, place, named) for place, name in enumerate(headers) if place not in chosen.values()]
    left_out += [int(row) for row in cells.index[alone]]
    if row > table.rows[0][0]:
        side.told.append(f"{whose}: the headers stand in row {row}; what is above them is left unread")
    if left_out:
        rows = ", ".join(map(str, sorted(left_out)[:5])) + (", ..." if len(left_out) > 5 else "")
        side.told.append(f"{whose}: left out as totals, headers or notes: {counted(len(left_out), 'rows')} ({rows})")
    doubt = [_said(headers[place], place, named) for place in by_words.get("discipline", [])[1:] if place not in chosen.values()]
    if doubt and "discipline" not in mapped:
        side.told.append(f"{whose}: {', '.join(doubt)} could be the discipline too; {MAPPING}")
    if not len(side.people):
        raise ScenarioError(f"the sheet has no {whose}: there is nobody below its headers", file=table.file, line=row)
    return side


def _said(header: str, place: int, named: bool) -> str:
    """A header as it is shown; where no header is known, they may be people, and a column is called by its letter."""
    short = one_line(header if len(header) <= LONGEST else header[: LONGEST - 3] + "...")
    return f"`{short}`" if named else f"column {letter(place)}"


def _people(table: Table) -> tuple[int, list[str], pd.DataFrame, list[int]]:
    """The row of the header, the header, the cells below it by place, and the rows left out as totals or repeated headers."""
    top = table.rows[:TOP]
    full = max(sum(map(bool, cells)) for _, cells in top)
    place = next(at for at, (_, cells) in enumerate(top) if 2 * sum(map(bool, cells)) > full)
    row, first = table.rows[place]
    header = [" ".join(cell.split()) for cell in first]
    while header and not header[-1]:
        header.pop()
    below = table.rows[place + 1 :]
    known = [cell for cell in header if cell]
    numbers = [cell for cell in known if CONTACT.search(cell) or DATE.search(cell) or not re.search(r"[^\W\d_]", cell)]
    again = [at for at, cell in enumerate(header) if cell and sum(at < len(cells) and cells[at] == cell for _, cells in below) > 1]
    if numbers or (again and not any(_kinds(cell, "") for cell in known)):
        where = header.index(numbers[0]) if numbers else again[0]
        raise ScenarioError(
            "the first full row should hold the headers, and this looks like a person's", file=table.file, line=row,
            field=f"column {letter(where)}", hint="write a row of headers above the people",
        )  # fmt: skip
    width = max([len(header), *(len(cells) for _, cells in below)])
    people, left_out = [], []
    for number, cells in below:
        filled = [cell for cell in cells if cell]
        totals = [cell for cell in filled if spellings.TOTAL.fullmatch(cell)]
        others = [cell for cell in filled if cell not in totals]
        no_one = totals and all(re.fullmatch(r"[\d.,% ]+", cell) for cell in others)
        if no_one or [" ".join(cell.split()) for cell in cells[: len(header)]] == header:
            left_out.append(number)
        else:
            people.append((number, cells + [""] * (width - len(cells))))
    frame = pd.DataFrame([cells for _, cells in people], index=[number for number, _ in people], columns=range(width), dtype=str)
    return row, header + [""] * (width - len(header)), frame, left_out


def _domains(like: World) -> list[str]:
    return [domain.name for domain in like.domains]


def _kinds(header: str, whose: str) -> list[tuple[str, int]]:
    """What a header may mean, each with how sure it is (0 is surest)."""
    words, other = words_of(header), {"mentees": r"\bmentors?\b", "mentors": r"\bmentees?\b"}.get(whose, r"$^")
    if re.search(other, words) or (spellings.NOT_MEANT.search(words) and not spellings.SURE.search(words)):
        return []
    found = []
    for kind, ranks in {"discipline": spellings.DISCIPLINE, "year": spellings.YEAR, **spellings.IDENTITIES}.items():
        rank = next((at for at, pattern in enumerate(ranks) if re.search(rf"\b({pattern})\b", words)), None)
        if rank is not None and not (kind == "year" and whose == "mentors"):
            found.append((kind, rank))
    return found


def _by_words(headers: list[str], free: list[int], cells: pd.DataFrame, whose: str, like: World) -> dict[str, list[int]]:
    """The columns that headers name, the surest first; what their values contradict is none."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    for place in free:
        words, values = words_of(headers[place]), cells[place]
        if whose == "mentors":
            for domain in _domains(like):
                if re.search(rf"\b{re.escape(plain(domain))}\b", words) and _are_shares(values):
                    ranked.setdefault(domain, []).append((0, place))
        kinds = _kinds(headers[place], whose)
        for identity in like.identities:
            if re.fullmatch(rf"(\w+ )?{re.escape(plain(identity.name))}", words) and identity.name not in dict(kinds):
                kinds = [(identity.name, 0)]
        for kind, rank in sorted(kinds, key=lambda found: found[0] == "discipline"):  # "class year" and "minority program" are none
            if _fits(kind, values):
                ranked.setdefault(kind, []).append((rank + len(words.split()) // 8, place))
                break
    return {kind: [place for _, place in sorted(places)] for kind, places in ranked.items()}


def _share(values: pd.Series, means) -> float:
    """The share of those who say something whose values mean something."""
    said = values[[not unsaid(value) for value in values]] if len(values) < 500 else values.sample(500, random_state=1)
    return float(pd.Series([bool(means(value)) for value in said]).mean()) if len(said) else 0.0


def _are_shares(values: pd.Series) -> bool:
    numbers = pd.to_numeric(values.replace("", None), errors="coerce")
    return bool(numbers.notna().any() and numbers.between(0, 1).eq(values.ne("")).all())


def _fits(kind: str, values: pd.Series) -> bool:
    """Whether the values of a column can be what its header says."""
    if kind == "year":
        return _share(values, lambda value: year_in(value) is not None) >= ALIKE
    no_group = _share(values, lambda value: len(value) > LONG or CONTACT.search(value) or DATE.fullmatch(value))
    if kind != "discipline":
        return no_group < ALIKE
    no_group = max(no_group, _share(values, lambda v: plain(v) in spellings.YES | spellings.NO or not re.search(r"[^\W\d_]", v)))
    return no_group < ALIKE and not anyone_alone(values)


def anyone_alone(values: pd.Series) -> bool:
    """Whether almost everybody has a value of their own: names and notes do, and no discipline."""
    return len(values) >= 12 and values[values != ""].nunique() > MOST * len(values)


def _by_values(free: list[int], cells: pd.DataFrame, whose: str, like: World, chosen: Mapping[str, int]) -> dict[str, int]:
    """Columns without a telling header whose values cannot be mistaken."""
    known = {plain(discipline.name) for discipline in like.disciplines}
    tests = {
        "discipline": lambda value: plain(value) in known,
        "gender": lambda value: gender_in(value) is not None,
        "year": lambda value: spellings.A_YEAR.fullmatch(plain(value)),
    }
    found: dict[str, int] = {}
    for kind, means in tests.items():
        if kind in chosen or (kind == "year" and whose == "mentors"):
            continue
        place = next((at for at in free if at not in found.values() and _share(cells[at], means) >= MOST), None)
        if place is not None and cells[place].nunique() > 1:
            found[kind] = place
    return found
