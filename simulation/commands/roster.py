"""`mentorship roster`: makes a world from the sheets of an office, and tells how they were read."""

import os
from argparse import Namespace
from pathlib import Path

from simulation.commands.console import print_json, printed, remarked
from simulation.commands.one_file import place_for, sum_of, write
from simulation.commands.words import roster as words
from simulation.roster import read_roster, world_text
from simulation.scenario.counted import counted
from simulation.scenario.loading import find, shipped_names
from simulation.scenario.world import World


def carry_out(asked: Namespace) -> int:
    """Read both sheets, write the world, and tell every reading."""
    out = place_for(asked.out, lambda ending: ending == ".toml", words.NOT_TOML, _is_ours, words)
    like = World.load(asked.like)
    reading = read_roster(asked.mentors, asked.mentees, like, asked.mapping)
    shipped = asked.like in shipped_names("world")
    extends = asked.like if shipped else Path(os.path.relpath(find("world", asked.like).resolve(), out.parent.resolve())).as_posix()
    name = "".join(c for c in out.stem if c.isprintable()).strip()[:60] or "our_people"
    title = asked.name or name.replace("_", " ").capitalize()
    text, told = world_text(reading, like, extends, name, title)
    write(out, lambda part: part.write_text(f"{_mark(text)}\n{text}", encoding="utf-8"), words)
    told = reading.told + told
    heads = {whose: len(frame) for whose, frame in reading.people.items()}
    if asked.json:
        unread = {whose: side.unread for whose, side in reading.sides.items()}
        print_json({"world": str(out), "like": like.name, **heads, "readings": reading.readings(), "unread": unread, "told": told})
        return 0
    for line in told:
        remarked(line, asked.quiet)
    counts = {whose: counted(number, whose) for whose, number in heads.items()}
    printed(words.WRITTEN.format(out=out, like=like.name, **counts), whole=True)
    return 0


def _is_ours(content: bytes) -> bool:
    """Whether a file is as it was written here."""
    first, _, rest = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    return first == _mark(rest)


def _mark(text: str) -> str:
    """The first line of a world made here, by which it is known when it is made again."""
    return words.MARK.format(sum=sum_of(text))
