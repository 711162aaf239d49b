"""One self-contained HTML file: the real model of a world, two policies to begin with, and everything that shows them.

The static files are joined into one script. The page's own content policy names that script by its hash and allows no
other, no address and no image from elsewhere, so that nothing in a name, a title or a link can run.
"""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup
from scipy import stats

from simulation import __version__
from simulation.allocate import lay_out
from simulation.outcomes import PERSONAL, find, groups_of, headlines, overall_of
from simulation.page.image import image_of
from simulation.page.joining import PLAYER, STATIC, joined, text_of
from simulation.page.lessons import lessons
from simulation.page.module import module
from simulation.page.recording import recorded_json
from simulation.page.shown import shown
from simulation.scenario.errors import ScenarioError
from simulation.scenario.field_words import CHOICES
from simulation.scenario.policy import WITH_OFFER, Policy
from simulation.scenario.privacy import STAND_INS, told_groups
from simulation.scenario.world import World
from simulation.seats import seats_in, seats_json

# The worker has the scripts above the line; the page has all of them.
ENGINE = ("levers.js", "numbers.js", "study.js", "gather.js", "model.js", "lucks.js")
LINE = "// --- the page alone from here on ---"
STORY = ("lives.js", "branch.js", "things.js", "causes.js", "other_lucks.js", "words.js", "tale.js", "story.js")
LESSONS = (
    "experiments.js", "lesson_charts.js", "lesson_worlds.js", "lesson_kinds.js", "lesson_parts.js", "lessons.js",
)  # fmt: skip
SHELL = (
    "recording.js", "element.js", "link.js", "charts.js", "months.js", "saved.js", "controls.js", "panels.js", "tabs.js",
    *PLAYER, *STORY, *LESSONS, "page.js", "boot.js",
)  # fmt: skip
LUCKS = 200  # pairs of runs; the quantiles of Student's t are carried for so many
SHOWN_ATTRIBUTES = 2  # of which the groups are compared
SAYINGS = (
    "It is the simulator's own month, compiled for the browser: each number here is what `mentorship run` gives.",
    "It is not a forecast. The model was not fitted to your program, and many of its numbers are assumptions. Read "
    "differences between programs, not levels.",
    "One pair is one luck. What happens to one person is exact in this luck, and may be otherwise in another; what a program "
    "does is read from many lucks, on the right.",
    "A band is the 95 % interval of the mean difference over pairs, each outcome by itself. It holds the luck of the draw "
    "only, not what nobody knows about mentoring. It is read when all lucks have run, not when it first looks good.",
    "A verdict counts that several outcomes are looked at, so it asks more than the band beside it.",
)  # fmt: skip


def explorable(
    world: World,
    policies: Sequence[Policy],
    seed: int = 1,
    months: int | None = None,
    say: Callable[[str], None] = lambda said: None,
) -> str:
    """Make the page of a world with two policies; of a world with a roster it shows stand-ins, and says so.

    `say` is told when the module has to be built first. Raises `ScenarioError` where a page cannot hold the world or a policy,
    or where the module cannot be made.
    """
    if len(policies) != 2:
        raise ScenarioError("a page shows two policies")
    place = shown(world)
    image = image_of(place, policies, months)
    sayings = [*SAYINGS, *([STAND_INS] if world.roster else [])]
    script = program()
    told, worlds, blocks = taught()
    data = {
        "madeBy": f"mentorship {__version__}",
        "names": {"world": world.name, "a": policies[0].name, "b": policies[1].name},
        "monthsGiven": months is not None,
        "seed": str(seed),  # may be more than a number of JavaScript can hold
        "description": image.description,
        "recorded": recorded_json(),
        "seats": _seats(place, months),
        "tips": {section: _tip(section) for section in WITH_OFFER},
        "choiceWords": CHOICES,
        "lessons": told,
        "asked": [*_headline(world), *_by_group(world)],
        "t": _quantiles(1),
        "tAll": _quantiles(len(_headline(world))),
    }
    return template("page.html").render(
        title=world.title or world.name, seed=seed, made_by=data["madeBy"], sayings=sayings,
        policy=content_policy(script), style=Markup(styles()), program=Markup(script), data=Markup(packed(written(data))),
        module=Markup(packed(module(say))), block=Markup(packed(image.content)),
        lesson_worlds=Markup(worlds), lesson_blocks=Markup(blocks),
    )  # fmt: skip


@cache
def taught() -> tuple[list[dict[str, Any]], str, str]:
    """The lessons: what they say, and their worlds and blocks, compressed. They are the same in every page."""
    told, worlds, blocks = lessons()
    return told, packed(written(worlds)), packed(blocks)


def program() -> str:
    """All scripts as one."""
    return f"{joined(ENGINE)}\n{LINE}\n{joined(SHELL)}"


def styles() -> str:
    """The looks of the player, the page and the story."""
    return "\n".join(map(text_of, ("play.css", "page.css", "story.css")))


def content_policy(script: str) -> str:
    """What the page may do: run this one script and WebAssembly, make workers and files of its own; reach no address."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}' 'wasm-unsafe-eval'; worker-src blob:; "
        "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def policy_of(page: str) -> str:
    """The content policy of a page that was made here."""
    return html.unescape(page.partition('Content-Security-Policy" content="')[2].partition('"')[0])


def written(data: dict[str, Any]) -> bytes:
    """Data as JSON; the same data give the same bytes."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def packed(content: bytes) -> str:
    """Bytes compressed, in base64, in which nothing can be markup; the same bytes give the same text."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def template(name: str) -> jinja2.Template:
    """A page of ours, in which every word of a user is text."""
    beside = jinja2.FileSystemLoader(STATIC)
    return jinja2.Environment(
        loader=beside, autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined
    ).get_template(name)


def _quantiles(together: int) -> list[float | None]:
    """Student's t for each number of pairs, of a 95 % interval; `together` so many intervals hold at once (Bonferroni)."""
    return [None, None, *(round(float(stats.t.ppf(1.0 - 0.025 / together, n - 1)), 12) for n in range(2, LUCKS + 1))]


def _seats(world: World, months: int | None) -> dict[str, Any]:
    """Where everybody sits: the same places for every policy and seed."""
    return seats_json(seats_in(lay_out(world, Policy(), months or world.people.months), world))


def _tip(section: str) -> str:
    """What a section of a policy is called: by the paper's words, or what the offer is."""
    said = (Policy.model_fields[section].annotation.__doc__ or "").partition("\n")[0]
    text = said.partition(": ")[2] if said.startswith("Tip") else "Whom the program is offered to"
    return text[:1].upper() + text[1:].rstrip(".")


def _headline(world: World) -> list[dict[str, Any]]:
    """The outcomes that come first on the screen, with their words; a personal one is that of everybody."""
    told = [*dict.fromkeys(headlines("screen"))]
    known = {*PERSONAL, *overall_of(world)}
    return [_asked(name, 0 if name in PERSONAL else None) for name in told if name in known]


def _by_group(world: World) -> list[dict[str, Any]]:
    """Retention of each group that may be told of, of the first attributes."""
    told, shown = told_groups(world), [one.name for one in world.identities[:SHOWN_ATTRIBUTES]]
    return [
        _asked("retention", row) | {"group": f"{attribute}: {group}".replace("_", " ")}
        for row, (attribute, group) in enumerate(groups_of(world))
        if attribute in shown and group in told[attribute].groups
    ]


def _asked(name: str, row: int | None) -> dict[str, Any]:
    outcome = find(name)
    return {
        "name": name, "row": row, "title": outcome.title, "unit": outcome.difference_unit, "scale": outcome.scale,
        "decimals": outcome.decimals, "margin": outcome.margin, "better": outcome.better,
    }  # fmt: skip
