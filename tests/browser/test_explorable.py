"""The page in a real browser: whole without a network, the same as the command line, safe, and open to everybody."""

import csv
import html
import io
import json
import random
import re
from urllib.parse import quote

import numpy as np
import pytest
from answering import needs_chromium, wait
from month_cases import drawn_policy

from simulation import Policy, World, simulate
from simulation.judgement.intervals import estimate
from simulation.page.explorable import LUCKS, content_policy, explorable, program, styles
from simulation.page.levers import values_of
from simulation.page.recording import digest, recorded
from simulation.scenario.idle import idle

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core comes with axe-playwright-python, which is not installed")
pytest.importorskip("ziglang", reason="the month is linked for the browser by ziglang, which is not installed")
pytestmark = [
    pytest.mark.jit_only,  # the compiled month is what the page holds
    needs_chromium,
]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
NASTY = "<img src=x onerror=\"globalThis.hit=1\"></script><script>globalThis.hit=2</script>\u2028'\"&amp;"
SMALL = {"people.mentees": 60, "people.mentors": 24, "people.months": 12}
BEYOND = """right => [...document.querySelectorAll('body *')]
    .filter(one => getComputedStyle(one).display !== 'none' && one.getBoundingClientRect().right > right + 1 && !one.closest('[hidden]'))
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The usual page, in a file."""
    path = tmp_path_factory.mktemp("page") / "explorable.html"
    world, policies = World.load("teaching_hospital"), [Policy.load("ad_hoc"), Policy.load("six_tips")]
    path.write_text(explorable(world, policies, seed=7), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def nasty(tmp_path_factory):
    """A page of a small world whose words would be markup, in a file."""
    path = tmp_path_factory.mktemp("page") / "nasty.html"
    data = World.load("teaching_hospital").with_({**SMALL, "title": NASTY}).model_dump(mode="json")
    data = json.loads(json.dumps(data).replace('"surgery"', json.dumps("<b>sur</b>&gery")).replace('"woman"', json.dumps("<i>woman</i>")))
    policies = [Policy.load("ad_hoc").with_({"title": NASTY}), Policy.load("six_tips").with_({"name": "</script><svg onload=1>"})]
    path.write_text(explorable(World.model_validate(data), policies, seed=1), encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium):
    """Open a file without a network, in a window of a size; what it asked for and said is kept beside the page."""
    contexts = []

    def give(path, size=WIDE, link="", **settings):
        context = chromium.new_context(viewport=size, accept_downloads=True, **settings)
        contexts.append(context)
        context.set_offline(True)
        asked, said = [], []
        context.route(re.compile("^https?:"), lambda route: route.abort())
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri() + link)
        page.wait_for_selector("body.ready", timeout=20_000)
        return page, asked, said

    yield give
    for context in contexts:
        context.close()


def test_it_is_one_small_file_that_asks_for_nothing(shipped, opened):
    assert shipped.stat().st_size < 400_000
    page, asked, said = opened(shipped)
    wait(page, "page.digests !== null")
    assert said == []
    assert {url.split(":")[0] for url in asked} <= {"file", "blob", "data"}
    assert page.locator("#notice").is_hidden()
    assert page.locator("h1").inner_text() == "A teaching hospital"


@pytest.mark.parametrize(("world", "name"), [(0, "ad_hoc"), (1, "six_tips")])
def test_it_shows_the_run_of_the_command_line(shipped, opened, world, name):
    page, _, _ = opened(shipped)
    wait(page, "page.digests !== null")
    run = simulate(World.load("teaching_hospital"), Policy.load(name), seed=7, trace=True)
    assert page.evaluate("world => page.digests[world]", world) == digest(recorded(run))
    there = page.evaluate("world => page.outcomes[world].overall", world) | page.evaluate(
        "world => Object.fromEntries(Object.entries(page.outcomes[world].personal).map(([name, values]) => [name, values[0]]))", world
    )
    for outcome in ("retention", "access", "need_coverage", "mentor_burnout", "cost"):
        assert there[outcome] == run.outcomes[outcome], outcome
    command = page.locator("#runs pre").nth(world).inner_text()
    assert command == f"mentorship run teaching_hospital {name} --seed 7 --digest"


def test_it_plays_24_months(shipped, opened):
    page, _, said = opened(shipped)
    page.click("#big-play")
    assert page.evaluate("page.player.playing")
    page.evaluate("page.player.speed = 24")
    wait(page, "page.state.month >= 24")
    page.evaluate("page.player.pause()")
    month = page.evaluate("page.state.month")
    assert page.locator("#big-play").is_hidden()
    page.locator("summary", has_text="This month as a table").click()
    assert f"Month {month + 1} of 60" in page.locator("#month-table caption").inner_text()
    assert said == []


def test_a_lever_changes_the_right_alone_and_is_named_in_the_command(shipped, opened, capsys):
    page, _, said = opened(shipped)
    wait(page, "page.digests !== null")
    before = page.evaluate("page.digests")
    page.locator("#tips summary").first.click()
    slider = page.locator("#lever-prioritize-protected_hours")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    wait(page, "page.digests !== null && page.state.b['prioritize.protected_hours'] > 2")
    hours = page.evaluate("page.state.b['prioritize.protected_hours']")
    after = page.evaluate("page.digests")
    assert after[0] == before[0] and after[1] != before[1]
    assert page.evaluate("page.titles[1]") == "All six tips, changed"
    command = page.locator("#runs pre").nth(1).inner_text()
    assert f"--set policy.prioritize.protected_hours={hours:g} --digest" in command
    changed = Policy.load("six_tips").with_({"prioritize.protected_hours": hours})
    assert after[1] == digest(recorded(simulate(World.load("teaching_hospital"), changed, seed=7, trace=True)))
    page.locator("#tips .tip").first.get_by_role("button").click()
    wait(page, "page.digests !== null")
    assert page.evaluate("page.digests") == before
    assert said == []


def test_a_switch_sets_a_whole_tip(shipped, opened):
    page, _, _ = opened(shipped)
    shipped_values = page.evaluate("page.shipped")
    page.locator("#tips .switch input").nth(4).click()
    values = page.evaluate("page.state.b")
    for name, value in values.items():
        assert value == shipped_values["a" if name.startswith("move_on.") else "b"][name], name
    page.locator("#tips .switch input").nth(4).click()
    assert page.evaluate("page.state.b") == shipped_values["b"]


def test_an_idle_lever_says_why(shipped, opened):
    page, _, _ = opened(shipped)
    page.evaluate("page.set({b: {...page.state.b, 'evaluate.adapt': false}})")
    assert "the program does not adapt" in page.locator("#lever-evaluate-budget-why").text_content()


def test_the_reasons_of_idle_levers_are_those_of_the_command_line(shipped, opened):
    page, _, _ = opened(shipped)
    world = World.load("teaching_hospital")
    asked, expected = [], []
    for key in range(60):
        policy = drawn_policy(world, key)
        asked.append({"values": values_of(policy), "startMonth": policy.start_month, "endMonth": policy.end_month})
        expected.append(idle(policy, world))
    assert sum(map(len, expected)) > 60
    assert page.evaluate("asked => asked.map((policy) => page.idle(policy))", asked) == expected


def test_a_link_brings_everything_back(shipped, opened):
    page, _, _ = opened(shipped)
    page.evaluate(
        "page.set({seed: 123456789012345678n, month: 31, person: 213,"
        " b: {...page.state.b, 'empower.pairing': 'stable', 'prioritize.training_hours': 12.5, 'evaluate.measures': ['process'], 'move_on.no_fault': false},"
        " a: {...page.state.a, 'diversify.domains': ['life', 'career'], 'diversify.pool': 'some'}})"
    )
    page.wait_for_timeout(500)
    wait(page, "page.digests !== null")
    state = "({...page.state, seed: String(page.state.seed)})"
    link, kept = page.evaluate("location.hash"), (page.evaluate(state), page.evaluate("page.digests"))
    other, _, said = opened(shipped, link=link)
    wait(other, "page.digests !== null")
    told = other.evaluate(state)
    assert {name: (value, kept[0][name]) for name, value in told.items() if value != kept[0][name]} == {}
    assert other.evaluate("page.digests") == kept[1]
    assert other.evaluate("page.player.month") == 31 and said == []
    other.click("#reset")
    assert other.evaluate("page.state.seed === 7n && page.state.month === 0 && page.titles[1] === 'All six tips'")


def fuzzed(count):
    """Links that are wrong in many ways, each with whether any of it may be used."""
    luck = random.Random(14)
    good = "v=1&world=teaching_hospital&one=ad_hoc&other=six_tips"
    parts = ["seed=-1", "seed=1e3", "seed=99999999999999999999", "month=60", "month=-1", "person=x", "person=1e9", "b.nothing=1", "b.=1", "c.empower.pairing=lot",
             "b.empower.pairing=optimal", "b.empower.pairing=<script>", "b.prioritize.protected_hours=NaN", "b.prioritize.protected_hours=21", "b.evaluate.measures=process,process",
             "b.diversify.domains=__proto__", "__proto__=1", "b.__proto__=1", "constructor=1", "lesson=../x", "b.offer.mentees=1,2", "b.move_on.no_fault=maybe", "a.empower.mentors_at_once=1.5",
             "b.prioritize.protected_hours=0x10", "b.prioritize.protected_hours=", "%00=%FF", "b.diversify.recruit_identity=gender:nobody", quote(NASTY) + "=" + quote(NASTY)]  # fmt: skip
    yield from (f"{good}&{part}" for part in parts)
    yield from ["v=2", "%", "%%%", "v=1", "javascript:alert(1)", "v=1&world=x&one=y&other=z", "x" * 20_000, quote(NASTY), "&&&=", "v=1&v=2"]
    for _ in range(count - len(parts) - 10):
        yield f"{good}&seed={luck.randrange(1000)}&" + "".join(chr(luck.randrange(33, 0x2FFF)) for _ in range(luck.randrange(1, 60)))


def test_a_malformed_link_gets_a_sentence(shipped, opened):
    page, _, said = opened(shipped)
    for link in fuzzed(50):
        page.evaluate("link => { page.say(); page.set(page.usual); location.hash = ''; location.hash = link; }", link)
        page.wait_for_timeout(30)
        sentences = page.locator("#notice p").all_inner_texts()
        assert sentences and all(len(text) < 250 and text.endswith(".") for text in sentences), (link, sentences)
        assert page.evaluate("globalThis.hit") is None
        assert page.evaluate("page.titles[1]") == "All six tips", link
    assert said == []
    for link in ("#v=1&world=teaching_hospital&one=ad_hoc&other=six_tips&seed=%3Cb%3E", "#%"):
        fresh, _, said = opened(shipped, link=link)
        assert fresh.locator("#notice p").count() == 1 and said == []


def test_no_word_is_markup(nasty, opened):
    page, _, said = opened(nasty)
    page.evaluate("page.set({person: 3, month: 6})")
    page.wait_for_timeout(400)
    wait(page, "page.lucks.pairs >= 20")
    assert page.evaluate("globalThis.hit") is None and said == []
    assert page.locator("h1").text_content() == NASTY
    assert page.locator("#levers b b, #levers i, svg[onload], img").count() == 0
    assert "<i>woman</i>" in page.locator("#groups").inner_text()
    assert "'</script><svg onload=1>'" in page.locator("#runs pre").nth(1).inner_text()


def test_the_content_policy_holds(shipped, opened):
    page, _, said = opened(shipped)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"globalThis.hit = 1\"><a id=trap onclick=\"globalThis.hit = 2\">x</a>')")
    page.evaluate("document.getElementById('trap').click()")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob(['globalThis.hit = 3'], {type: 'text/javascript'}));
        document.body.append(script);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("globalThis.hit") is None
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')") == "refused"
    assert any("Content Security Policy" in text for text in said)
    text = shipped.read_text(encoding="utf-8")
    assert html.escape(content_policy(program())).replace("&#x27;", "&#39;") in text


def test_the_lucks_are_the_comparison_of_the_command_line(nasty, opened):
    page, _, _ = opened(nasty)
    wait(page, f"page.lucks.pairs === {LUCKS}", 120_000)
    asked, found = page.evaluate("page.data.asked"), np.array(page.evaluate("page.lucks.differences"), dtype=float)
    world = page.evaluate("page.description.world.title")
    assert world == NASTY and found.shape == (LUCKS, len(asked))
    data = World.load("teaching_hospital").with_(SMALL)
    for k, seed in ((0, 2), (7, 9), (199, 201)):
        one, other = (simulate(data, Policy.load(name), seed=seed) for name in ("ad_hoc", "six_tips"))
        for place, what in enumerate(asked):
            if "group" not in what:
                assert found[k, place] == other.outcomes[what["name"]] - one.outcomes[what["name"]], what["name"]
    told = page.evaluate("page.data.asked.map((asked, k) => { const {mean, low, high, n} = page.estimate(k); return [mean, low, high, n]; })")
    for place, (mean, low, high, n) in enumerate(told):
        expected = estimate(found[:, place])
        assert n == expected.used
        assert (mean, low, high) == pytest.approx((expected.value, expected.low, expected.high), rel=1e-8, abs=1e-12)
    assert f"{LUCKS} lucks" in page.locator("#lucks p").first.inner_text()


def test_downloads(shipped, opened, tmp_path):
    page, _, said = opened(shipped)
    wait(page, "page.digests !== null")
    page.evaluate("page.set({month: 30})")
    found = {}
    for button in ("save-picture", "save-months", "save-state"):
        with page.expect_download() as waiting:
            page.click(f"#{button}")
        found[button] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(found[button])
    assert found["save-picture"].read_bytes()[:8] == b"\x89PNG\r\n\x1a\n" and found["save-picture"].stat().st_size > 20_000
    rows = list(csv.DictReader(io.StringIO(found["save-months"].read_text(encoding="utf-8"), newline="")))
    run = simulate(World.load("teaching_hospital"), Policy.load("six_tips"), seed=7)
    mine = [row for row in rows if row["program"] == "All six tips"]
    assert len(rows) == 120 and [int(row["month"]) for row in mine] == list(range(60))
    for name in ("left", "new_sparks", "mentored_share", "mentor_burnout"):
        assert [float(row[name]) for row in mine] == run.months[name].tolist(), name
    state = json.loads(found["save-state"].read_text(encoding="utf-8"))
    assert state["seed"] == "7" and state["programs"][1]["recording"] == page.evaluate("page.digests[1]")
    assert state["programs"][1]["outcomes"]["personal"]["retention"][0] == run.outcomes["retention"]
    assert said == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("tab", ["levers", "story"])
def test_axe_finds_nothing_serious(shipped, opened, size, tab):
    page, _, _ = opened(shipped, size)
    page.evaluate("tab => { page.set({person: 5, month: 20}); page.side(tab); document.querySelectorAll('details').forEach(one => { one.open = true; }); }", tab)
    wait(page, "page.lucks.pairs >= 20")
    found = axe.Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found if one["impact"] in ("serious", "critical")] == []


def test_the_keyboard_is_enough(shipped, opened):
    page, _, _ = opened(shipped)
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate("(() => { const one = document.activeElement; return [one.id, one.getAttribute('aria-label') || one.textContent.trim().slice(0, 30), getComputedStyle(one).outlineStyle]; })()")
        reached.append(told)
        if told[1].startswith("Play") or told[0] == "big-play":
            break
    assert reached[-1][0] == "big-play" or reached[-1][1].startswith("Play"), reached
    assert all(outline != "none" for _, _, outline in reached[:-1])
    page.keyboard.press("Enter")
    assert page.evaluate("page.player.playing")
    page.focus("#levers-tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("#story-panel").is_visible() and page.locator("#levers").is_hidden()
    page.keyboard.press("ArrowLeft")
    page.locator("#tips summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("#lever-prioritize-leadership_support").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("page.state.b['prioritize.leadership_support'] < 0.8")


def test_reduced_motion_is_heeded(shipped, opened):
    page, _, _ = opened(shipped, reduced_motion="reduce")
    assert page.evaluate("page.player.reduced") is True
    page.evaluate("page.player.play()")
    wait(page, "page.state.month >= 2")
    assert page.evaluate("page.player.time === Math.round(page.player.time)")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_is_wider_than_the_screen(shipped, opened, size):
    page, _, _ = opened(shipped, size)
    wait(page, "page.lucks.pairs >= 20")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate(BEYOND, size["width"]) == []


def test_on_a_phone_the_levers_are_a_sheet(shipped, opened):
    page, _, _ = opened(shipped, PHONE)
    assert page.locator("#levers").is_hidden() and page.locator("#levers-tab").is_visible()
    page.click("#levers-tab")
    assert page.locator("#levers").is_visible()
    page.click("#side .shut")
    assert page.locator("#levers").is_hidden()


def test_the_file_has_the_same_bytes_each_time_and_no_end_of_script():
    world, policies = World.load("teaching_hospital").with_(SMALL), [Policy.load("ad_hoc"), Policy.load("six_tips")]
    assert explorable(world, policies) == explorable(world, policies)
    assert not re.search(r"</script|<!--|\u2028|\u2029", program() + styles(), re.IGNORECASE)


def test_every_name_of_the_scripts_is_used_once():
    names = re.findall(r"^(?:async )?(?:function|class|const|let)\s+(\w+)", program(), re.MULTILINE)
    assert len(names) > 50
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
