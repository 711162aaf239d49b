"""A number with the word for it, and words in a row: the one place that knows what one of something is called."""

import re
from collections.abc import Sequence

ONE = {"people": "person"}  # words whose singular is not the word without its s


def counted(number: int, words: str) -> str:
    """A number with its words: "1 run", "2,000 runs", "1 set of parameters"."""
    return f"{number:,} {words if number != 1 else singular(words)}"


def listed(items: Sequence[str]) -> str:
    """Words in a row, as a sentence has them: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def singular(words: str) -> str:
    """The words for one: of "hours per month" it is "hour per month", of "policies" it is "policy"."""
    noun, rest = re.fullmatch(r"(.*?)((?: (?:per|of|in|a|for|on) .*)?)", words).groups()
    before, space, last = noun.rpartition(" ")
    one = ONE.get(last) or (last.removesuffix("ies") + "y" if last.endswith("ies") else last.removesuffix("s"))
    return before + space + one + rest
