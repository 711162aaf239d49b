"""The scripts of the page joined into one text, without a bundler: every top-level name is unique over all of them."""

import re
from collections.abc import Sequence
from pathlib import Path

STATIC = Path(__file__).parent / "static"
# What the player is made of, each script after those it needs.
PLAYER = (
    "scenes.js", "marks.js", "lines.js", "finding.js", "ground.js", "monthly.js", "stage.js", "transport.js", "play.js",
)  # fmt: skip
IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
# Comments on lines of their own, which are read in the sources; without them a page is a tenth smaller.
COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|class|function)\b)", re.MULTILINE)


def joined(names: Sequence[str]) -> str:
    """Join scripts of the folder `static` in this order into one module, without imports, exports and lines of comments."""
    return "\n".join(COMMENT.sub("", EXPORT.sub("", IMPORT.sub("", text_of(name)))) for name in names)


def text_of(name: str) -> str:
    """Read a file of the folder `static`."""
    return (STATIC / name).read_text(encoding="utf-8")
