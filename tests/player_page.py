"""A page with nothing but the player and two recordings, for the tests that drive it in a browser."""

import base64
import json
from pathlib import Path

import numpy as np

from simulation.page.joining import PLAYER, joined, text_of
from simulation.page.recording import recorded
from simulation.page.words import words_of
from simulation.run import Run
from simulation.seats import seats_in, seats_json

LOAD = """
const arrays = {i1: Int8Array, u1: Uint8Array, i2: Int16Array, i4: Int32Array, f4: Float32Array, f8: Float64Array};
const numbers = ([kind, text]) => new arrays[kind](Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
const data = JSON.parse(document.getElementById("data").textContent);
const all = (columns) => Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, numbers(one)]));
window.recordings = data.recordings.map(all);
window.seats = seatsFrom(data.seats);
window.player = new Player(document.getElementById("player"), seats, data.words, {transport: true});
player.set(recordings, data.titles);
Object.assign(window, {Scenes, Stage, Player, INK, fatesOf, nameOf, sameIn, pointOn});
"""


def write_page(path: Path, runs: list[Run]) -> None:
    """Write the page of one run, or of two of the same people."""
    data = {
        "recordings": [{name: _packed(values) for name, values in recorded(run).items()} for run in runs],
        "titles": [run.policy.title for run in runs],
        "seats": seats_json(seats_in(runs[0].layout, runs[0].world)),
        "words": words_of(runs[0].world),
    }  # fmt: skip
    path.write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>The player</title>"
        f"<style>body {{ margin: 0; background: #05070d; }}\n{text_of('play.css')}</style><main id=player></main>"
        f"<script type=application/json id=data>{json.dumps(data).replace('<', chr(92) + 'u003c')}</script>"
        f"<script type=module>{joined(PLAYER)}\n{LOAD}</script>",
        encoding="utf-8",
    )


def _packed(values: np.ndarray) -> list[str]:
    return [values.dtype.str[1:], base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()]
