"""The lessons in a real browser: they ask before they answer, the switch takes the phenomenon away, and each live number is the model's."""

import json
from functools import partial

import numpy as np
import pytest
from answering import needs_chromium
from answering import wait as wait_for

from simulation import Policy, World
from simulation.allocate import allocate
from simulation.page.explorable import explorable
from simulation.page.image import image_of
from simulation.page.lessons import LESSONS, MONTHS, RAMP, played
from simulation.phenomena import adaptation, emergence, feedback, path_dependence, sensitive_dependence, tipping
from simulation.phenomena.reported import measured
from simulation.run import advance_to
from simulation.ties import MENTOR_KEY, lose_tie

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-core comes with axe-playwright-python, which is not installed"
)
pytest.importorskip("ziglang", reason="the month is linked for the browser by ziglang, which is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.jit_only,  # the compiled month is what the page holds
    needs_chromium,
]
wait = partial(wait_for, timeout=120_000)  # a lesson runs many programs
SEED = 7
NAMES = [lesson.name for lesson in LESSONS]
HELD = "JSON.stringify({found: page.road.found, loser: page.road.loser, others: page.road.touched?.others ?? null})"
# What the number must be with its cause, and without it, by the phenomenon's own null: one hump is at most as bimodal as an
# even spread (5/9); a difference that nothing carries reaches nobody; coin flips; no gap, no burnout, no gain.
EVEN, COIN_FLIPS = 5 / 9, (0.35, 1.99)
WITH_IT = {
    "emergence": lambda one: one["value"] > EVEN,
    "sensitivity": lambda one: one["value"] > 0.0,
    "path_dependence": lambda one: one["value"] > COIN_FLIPS[1],
    "tipping": lambda one: interval(one["values"])[0] > 0.0,
    "feedback": lambda one: interval(one["values"])[0] > 0.0,
    "adaptation": lambda one: interval(one["values"])[0] > 0.0,
}
WITHOUT_IT = {
    "emergence": lambda one: one["value"] < EVEN,
    "sensitivity": lambda one: one["value"] == 0.0,
    "path_dependence": lambda one: COIN_FLIPS[0] <= one["value"] <= COIN_FLIPS[1],
    "tipping": lambda one: interval(one["values"])[0] <= 0.0 <= interval(one["values"])[1],
    "feedback": lambda one: abs(one["value"]) < 0.005,
    "adaptation": lambda one: one["value"] == 0.0,
}


def interval(values):
    """The 95 % interval of a mean, by Student's t."""
    half = {6: 2.571, 8: 2.365, 12: 2.201}[len(values)] * np.std(values, ddof=1) / np.sqrt(len(values))
    return np.mean(values) - half, np.mean(values) + half


@pytest.fixture(scope="module")
def shown(tmp_path_factory, chromium):
    """A page of a small world, open in a browser: the page, and what it said that nobody asked for."""
    path = tmp_path_factory.mktemp("page") / "lessons.html"
    small = World.load("teaching_hospital").with_({"people.mentees": 60, "people.mentors": 24, "people.months": 12})
    path.write_text(explorable(small, [Policy.load("ad_hoc"), Policy.load("six_tips")], seed=SEED), encoding="utf-8")
    page, said = chromium.new_page(viewport={"width": 1440, "height": 900}), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("body.ready", timeout=60_000)
    return page, said


def begin(page, name):
    """Begin a lesson from the list; it waits for the bet."""
    page.locator("#lessons-tab").click()
    if page.evaluate("Boolean(page.road)"):
        page.locator("#lessons button", has_text="All lessons").click()
    page.locator(".lesson-list button").nth(NAMES.index(name)).click()
    wait(page, "[...document.querySelectorAll('#lessons button')].some(one => one.textContent === 'Place the bet')")


def draw(page):
    """Draw the way back from right to left with the pointer, in a few moves."""
    page.locator(".draw-here").scroll_into_view_if_needed()
    box = page.locator(".draw-here").bounding_box()
    page.mouse.move(box["x"] + 0.95 * box["width"], box["y"] + 0.1 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.3 * box["height"], steps=3)
    page.mouse.move(box["x"] + 0.13 * box["width"], box["y"] + 0.7 * box["height"], steps=2)
    page.mouse.up()


def press(page, text):
    page.evaluate(
        "text => [...document.querySelectorAll('#lessons button')].find(one => one.textContent === text)?.click()", text
    )


@pytest.fixture(scope="module")
def walked(shown):
    """All lessons from the bet to the last number, by mouse: for each the page before the bet, at its end, and what was found."""
    page, said = shown
    found = {}
    for lesson in LESSONS:
        begin(page, lesson.name)
        before = page.evaluate("document.documentElement.outerHTML")
        charts = page.locator("#lessons .lesson-chart").count()
        assert page.get_by_role("button", name="Place the bet").is_disabled()
        if lesson.bets:
            page.locator(".bets input").nth(1).click()
        else:
            draw(page)
        page.get_by_role("button", name="Place the bet").click()
        if lesson.name == "sensitivity":
            page.locator("#lessons select").select_option(index=30)
            page.get_by_role("button", name="End their relationship").click()
        press(page, "To the end")
        wait(page, "Boolean(document.getElementById('mechanism'))")
        answered = page.locator("#lessons").inner_text()
        page.locator("#mechanism").click()
        wait(page, "Boolean(document.querySelector('#lessons .home'))")
        found[lesson.name] = json.loads(page.evaluate(HELD)) | {
            "before": before, "charts": charts, "answered": answered, "end": page.locator("#lessons").inner_text()
        }  # fmt: skip
    assert said == []
    return found


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_it_asks_before_it_answers(walked, lesson):
    one, full = walked[lesson.name], measured()[lesson.name]
    for answer in (lesson.without, lesson.home, lesson.measures, full.said, full.off_said, 'id="mechanism"'):
        assert answer not in one["before"], answer
    assert one["charts"] == (0 if lesson.bets else 1)  # of the way up alone
    assert "what happened" in one["answered"]
    assert lesson.without not in one["answered"] and full.said not in one["answered"]
    for told in (
        lesson.without,
        full.said,
        full.off_said,
        one["found"]["on"]["said"],
        one["found"]["off"]["said"],
        lesson.home,
    ):
        assert told in one["end"], told


@pytest.mark.parametrize("name", NAMES)
def test_the_switch_takes_it_away(walked, name):
    assert WITH_IT[name](walked[name]["found"]["on"])
    assert WITHOUT_IT[name](walked[name]["found"]["off"])


def test_each_world_is_unpacked_as_it_was_laid_out(shown, walked):
    page, _ = shown
    worlds = page.evaluate("page.lessonWorlds.map(({description}) => ({...description, policies: null}))")
    places = page.evaluate("Object.fromEntries(page.data.lessons.map(one => [one.name, one.arms]))")
    for name, arms in played().items():
        for key, plays in arms.items():
            for (place, _), (world, policy) in zip(places[name][key], plays, strict=True):
                laid = image_of(world, [policy], MONTHS[name]).description | {"policies": None}
                assert worlds[place] == json.loads(json.dumps(laid)), (name, key)


@pytest.mark.parametrize("on", [True, False])
def test_the_live_numbers_are_those_of_the_phenomena(walked, on):
    found = {name: one["found"]["on" if on else "off"] for name, one in walked.items()}
    later = np.concatenate([emergence.see(SEED + k, on)["later"] for k in range(LESSONS[0].programs)])
    assert found["emergence"]["value"] == pytest.approx(emergence.sarle(later), rel=1e-6)
    seen = path_dependence.see(SEED + 1, on)
    assert found["path_dependence"]["courses"][1] == np.column_stack([seen["well"], seen["people"]]).tolist()
    last = np.array([course[-1] for course in found["path_dependence"]["courses"]], float)
    assert found["path_dependence"]["value"] == pytest.approx(path_dependence.dispersion(*last.T), rel=1e-9)
    up, down = tipping.ramped(RAMP, SEED, on)
    assert found["tipping"]["values"][0] == pytest.approx(float(np.mean(down - up)), abs=1e-6)
    burnout = [feedback.lived(matched, SEED, on)["burnout_women"] for matched in (True, False)]
    assert found["feedback"]["values"][0] == pytest.approx(float(np.mean(burnout[0] - burnout[1])), abs=1e-6)
    lost = {
        program: adaptation.mentored(program, SEED, on, True) - adaptation.mentored(program, SEED, on, False)
        for program in ("alone", "prompt")
    }
    gained = (lost["prompt"] - lost["alone"])[adaptation.AT :][: adaptation.COUNTED].mean()
    assert found["adaptation"]["values"][0] == pytest.approx(float(gained), abs=1e-6)


@pytest.mark.parametrize("on", [True, False])
def test_one_lost_tie_touches_whom_it_touches_in_the_phenomenon(walked, on):
    layout, lost = sensitive_dependence.laid(on), sensitive_dependence.LOST
    whole, short = (advance_to(allocate(layout, SEED, False), layout, 0, lost + 1) for _ in range(2))
    holders = np.flatnonzero((short.ties.mentor >= 0).any(axis=1))
    person = walked["sensitivity"]["loser"]
    i = person if person in holders else int(holders[0])
    slot = int(np.flatnonzero(short.ties[i].mentor >= 0)[0])
    mentor = int(short.mentors.mentor[short.ties[i, slot].mentor])
    lose_tie(short, lost, i, slot)
    lives = [sensitive_dependence._lives(advance_to(state, layout, lost + 1, 60), i) for state in (whole, short)]
    others = (lives[0].keys() | lives[1].keys()) - {i, MENTOR_KEY + mentor}
    touched = others & sensitive_dependence._first_differences(*lives).keys()
    assert walked["sensitivity"]["found"]["on" if on else "off"]["value"] == pytest.approx(
        len(touched) / len(others), abs=1e-9
    )


def tab_to(page, truth, most=60):
    """Press Tab until the element with the focus is the one."""
    for _ in range(most):
        if page.evaluate(f"(one => Boolean({truth}))(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {truth}")


def test_the_keyboard_is_enough(shown, walked):
    page, said = shown
    page.locator("#lessons button", has_text="All lessons").click()
    page.locator("#lessons-tab").focus()
    tab_to(page, "one.textContent === 'Does a norm go back the way it came?'")
    page.keyboard.press("Enter")
    wait(page, "Boolean(document.querySelector('.draw-sliders'))")
    for k in range(12):
        tab_to(page, f"one === document.querySelectorAll('.draw-sliders input')[{k}]")
        page.keyboard.press("ArrowUp")
    tab_to(page, "one.textContent === 'Place the bet'")
    page.keyboard.press("Enter")
    assert page.evaluate("page.road.bet") == [0.55] * 12
    tab_to(page, "one.textContent === 'To the end'")
    page.keyboard.press("Enter")
    wait(page, "Boolean(document.getElementById('mechanism'))")
    tab_to(page, "one.id === 'mechanism'")
    page.keyboard.press("Space")
    wait(page, "Boolean(document.querySelector('#lessons .home'))")
    tab_to(page, "one.textContent === 'Next lesson'")
    page.keyboard.press("Enter")
    wait(page, "Boolean(document.querySelector('.bets')) && page.state.lesson === 'feedback'")
    assert said == []


def test_a_click_on_a_person_ends_their_relationship(shown, walked):
    page, said = shown
    begin(page, "sensitivity")
    page.locator(".bets input").nth(0).click()
    page.get_by_role("button", name="Place the bet").click()
    row = page.evaluate("Number(document.querySelector('#lessons select').options[20].value)")
    found = page.evaluate(
        """(row) => {
          const {stages, canvases} = page.road.player;
          const box = canvases[0].getBoundingClientRect();
          const [x, y] = stages[0].place({kind: "mentee", row});
          return [box.left + x, box.top + y];
        }""",
        row,
    )
    page.mouse.click(*found)
    assert page.evaluate("page.road.loser") == row
    assert said == []


def test_leaving_gives_the_page_back(shown, walked):
    page, _ = shown
    begin(page, "emergence")
    assert page.locator("#stages").is_hidden()
    page.locator("#levers-tab").click()
    assert page.locator("#stages").is_visible() and page.evaluate("page.road === null && page.state.lesson === null")


def test_a_link_opens_a_lesson_or_says_that_there_is_none(shown, walked):
    page, said = shown
    page.locator("#levers-tab").click()
    wait(page, "!location.hash.includes('lesson=')")
    page.evaluate("page.say(); location.hash += '&lesson=emergence'")
    wait(page, "Boolean(document.querySelector('.bets')) && page.road.told.name === 'emergence'")
    page.evaluate("location.hash = location.hash.replace(/&lesson=[^&]*/, '') + '&lesson=nothing'")
    wait(page, "!document.getElementById('notice').hidden")
    assert page.locator("#notice").inner_text() == "The link names the lesson “nothing”, which this page does not have."
    assert said == []


def test_axe_finds_nothing_serious(shown, walked):
    page, _ = shown
    begin(page, "tipping")
    draw(page)
    serious = faults(page)
    press(page, "Place the bet")
    press(page, "To the end")
    wait(page, "Boolean(document.getElementById('mechanism'))")
    page.locator("#mechanism").click()
    wait(page, "Boolean(document.querySelector('#lessons .home'))")
    assert serious + faults(page) == []


def faults(page):
    """What axe-core calls serious or worse."""
    found = axe.Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")]
