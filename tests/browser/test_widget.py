"""The stage of a notebook: the same scripts as in the page, driven through the protocol of anywidget."""

import base64
import json

import pytest
from answering import needs_chromium
from rosters import office

from simulation.page.joining import PLAYER, joined
from simulation.scenario.policy import Policy
from simulation.scenario.privacy import stand_ins

anywidget = pytest.importorskip(
    "anywidget", reason="a notebook's stage is a widget of anywidget, which is not installed"
)
from simulation.page.widget import Stage  # noqa: E402  needs anywidget

pytestmark = pytest.mark.jit_only  # whole runs: minutes in plain Python
# A notebook in a few lines: what a model of anywidget must do for its view.
NOTEBOOK = """
const state = JSON.parse(document.getElementById("state").textContent, (key, value) => value && value.bytes !== undefined
    ? new DataView(Uint8Array.from(atob(value.bytes), (one) => one.charCodeAt(0)).buffer) : value);
const heard = new Map();
window.saved = [];
window.model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; (heard.get("change:" + name) || []).forEach((act) => act()); },
    save_changes: () => saved.push({month: state.month, selected: state.selected}),
    on: (name, act) => heard.set(name, [...(heard.get(name) || []), act]),
    off: (name, act) => heard.set(name, heard.get(name).filter((one) => one !== act)),
};
window.listening = () => [...heard.values()].flat().length;
const text = JSON.parse(document.getElementById("esm").textContent);
const view = (await import(URL.createObjectURL(new Blob([text], {type: "text/javascript"})))).default;
window.close = await view.render({model, el: document.getElementById("cell")});
window.ready = true;
"""


def _plain(value):
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _script(value):
    return json.dumps(value).replace("<", "\\u003c")


@pytest.fixture
def widget(small_hospital):
    return Stage(small_hospital, "ad_hoc", Policy.load("six_tips"), seed=3)


def test_it_is_made_of_the_scripts_of_the_page(widget):
    assert widget._esm.startswith(joined(PLAYER))
    assert widget._esm.count("export") == 1


def test_people_of_a_roster_are_not_shown():
    world = office()
    shown, drawn = Stage(world, "ad_hoc"), Stage(stand_ins(world), "ad_hoc")
    assert world.roster
    assert shown._worlds == drawn._worlds
    assert all(shown._seats[name] == drawn._seats[name] for name in "pk")


@needs_chromium
def test_a_notebook_shows_it_and_both_sides_hear_of_month_and_person(widget, chromium, tmp_path):
    state = {name: _plain(getattr(widget, name)) for name in ("month", "selected", "_worlds", "_seats", "_words")}
    said, path = [], tmp_path / "notebook.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><style>{widget._css}</style><div id=cell></div>"
        f"<script type=application/json id=state>{_script(state)}</script>"
        f"<script type=application/json id=esm>{_script(widget._esm)}</script><script type=module>{NOTEBOOK}</script>",
        encoding="utf-8",
    )
    page = chromium.new_page(viewport={"width": 900, "height": 800})
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_function("window.ready")
    assert page.locator("canvas[role=img]").count() == 2
    assert page.locator(".player-titles h3").all_inner_texts() == [
        Policy.load(name).title for name in ("ad_hoc", "six_tips")
    ]
    page.locator(".player-worlds").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("saved.at(-1).month") == 1
    assert page.evaluate("saved.at(-1).selected.kind") in ("mentee", "mentor")
    page.evaluate("model.set('month', 4)")
    assert "month 5 of" in page.locator("canvas").first.get_attribute("aria-label")
    page.evaluate("close()")
    assert page.evaluate("listening()") == 0 and page.locator("canvas").count() == 0
    assert said == []
