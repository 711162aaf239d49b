"""The fenced blocks of a page, so that tests can do what the page tells its reader to do."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Fence(NamedTuple):
    """A fenced block: its language, its text, the line of prose before it, and the heading (`## `) that it is under."""

    language: str
    text: str
    before: str
    heading: str


def fences(page: str) -> list[Fence]:
    """The fenced blocks of a page of the repository, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.finditer(r"^## ([^\n]+)$|^([^\n]*)\n\n?```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    blocks, heading = [], ""
    for match in found:
        if match[1]:
            heading = match[1]
        else:
            blocks.append(Fence(match[3], match[4], match[2].strip(), heading))
    return blocks


def file_of(fence: Fence) -> str:
    """The name of the file that a reader saves a block as; empty where it is not to be saved."""
    named = re.search(r"(?:Save this as|New file) `([^`]+)`:", fence.before)
    return named[1] if named else ""


def commands(page: str, word: str) -> list[str]:
    """The command lines of a page that begin with a word, without their comments."""
    lines = [line for fence in fences(page) if fence.language == "sh" for line in fence.text.splitlines()]
    return [line.partition("#")[0].strip() for line in lines if line.split()[:1] == [word]]
