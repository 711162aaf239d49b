"""A person's story: every cause that it tells is replayed by this machine's own month, and what it does not tell changes nothing."""

import json
import math

import pytest
from answering import needs_chromium
from month_cases import STATIC
from two_lives import Branch, World2, number_of

from simulation import Policy, World
from simulation.draws import Purpose, uniform
from simulation.page.image import image_of
from simulation.page.module import module

pytest.importorskip("ziglang", reason="the month is linked for browsers by ziglang, which is not installed")
pytestmark = [
    pytest.mark.jit_only,  # uncompiled there is no module
    needs_chromium,
]
KINDS = {"hears", "vain", "begins", "sparks", "quiet", "colleague", "ends", "normal", "leaves"}
CASES = [
    ("teaching_hospital", "ad_hoc", "six_tips", 1),
    ("women_in_engineering", "mentee_choice", "mosaic", 2),
    ("youth_program", "ad_hoc", "prioritized", 3),
    ("junior_faculty", "one_mentor", "six_tips", 4),
    ("surgery_residency", "identity_required", "move_on", 5),
]
SMALL = {"people.mentees": 60, "people.mentors": 25, "people.months": 24}
EACH, MOST, LEAST = 6, 32, 100  # sentences of a kind and in all, of a case; in all cases together
WORDS = 25  # of a sentence, at most


def page_of(browser, world, policies, script="story_page.js"):
    """A page with the model of a world; its files come from this test, and nothing from a network."""
    image = image_of(world, policies)
    files = {"description.json": json.dumps(image.description).encode(), "block": image.content, "month.wasm": module(), "": b"<!doctype html><title>story</title>"}
    kinds = {"js": "text/javascript", "json": "application/json", "wasm": "application/wasm", "": "text/html"}
    page = browser.new_page()

    def give(route):
        name = route.request.url.rpartition("/")[2]
        beside = [folder / name for folder in (STATIC, STATIC.parents[2] / "tests" / "browser") if name.endswith(".js")]
        content = files[name] if name in files else next((path.read_bytes() for path in beside if path.is_file()), None)
        route.fulfill(status=404 if content is None else 200, body=content or b"", content_type=kinds.get(name.rpartition(".")[2], "application/octet-stream"))

    page.route("**/*", give)
    page.goto("http://story.test/")
    page.add_script_tag(url=f"http://story.test/{script}", type="module")
    page.wait_for_function("globalThis.ready")
    return page


def replay(lives, one, things):
    """Whether an event still happens when these things are set as in the other world."""
    here, there = lives if one["world"] == 0 else lives[::-1]
    branch = Branch(here, there, one["month"], one["person"])
    for thing in things:
        branch.put(thing)
    return one["id"] in branch.lived()


def check(lives, sentences):
    """Replay every cause told, and every near thing that differed and was not told; gives how many of both."""
    causes, controls = 0, 0
    for one in sentences:
        assert replay(lives, one, []), f"did not happen: {one}"
        for thing in one["told"][:4]:
            assert not replay(lives, one, [thing]), f"{thing} does not change it: {one}"
            causes += 1
        if one["several"]:
            assert not replay(lives, one, one["several"]), f"together they do not change it: {one}"
            assert all(replay(lives, one, [thing]) for thing in one["several"]), f"one of them does it alone: {one}"
            causes += 1
        idle = [thing for thing in one["tried"] if thing not in one["told"]]
        for thing in idle:
            assert replay(lives, one, [thing]), f"{thing} was not told, and changes it: {one}"
            controls += 1
        if one["odds"]:
            check_odds(lives, one)
        for link in one["way"]["links"] if one["way"] else ():
            check_link(lives, one, link)
    return causes, controls


def check_link(lives, one, link):
    """A thing began to differ in the month told, and with its cause as there it is as there, or at least half of the way."""
    here, there = lives if one["world"] == 0 else lives[::-1]
    month, person = link["month"], one["person"]
    numbers = [[number_of(life.kept[month + k], person, link["key"]) for life in (here, there)] for k in (0, 1)]
    if None in numbers[0]:
        return
    assert numbers[0][0] == numbers[0][1] and numbers[1][0] != numbers[1][1], f"did not begin to differ then: {link}"
    if link["set"]:
        branch = Branch(here, there, month, person)
        for thing in link["set"]:
            branch.put(thing)
        left = abs(number_of(branch.after(), person, link["key"]) - numbers[1][1])
        assert left <= 0.5 * abs(numbers[1][0] - numbers[1][1]), f"the cause does not bring it there: {link}"


def check_odds(lives, one):
    """The luck is this machine's, and lies between the chances, as told."""
    here, luck = lives[one["world"]], one["odds"]["luck"]
    assert luck == uniform(here.kept[0].streams[one["month"], Purpose.LEAVE], one["person"], 0)
    assert one["odds"]["there"] <= luck < one["odds"]["here"]
    assert "lies between" in one["said"][0] and one["stays"].startswith("Stayed: their luck of")


@pytest.fixture(scope="module")
def small(chromium):
    world, policies = World.load("teaching_hospital").with_(SMALL), [Policy.load("ad_hoc"), Policy.load("six_tips")]
    page = page_of(chromium, world, policies)
    return world, policies, page


def test_causes_of_a_small_world_are_causes(small):
    world, policies, page = small
    sentences = page.evaluate("told(3, 3, 16)")
    lives = [World2(world, policy, 3, 24) for policy in policies]
    causes, controls = check(lives, sentences)
    assert len(sentences) == 16 and causes > 10 and controls > 10


def test_other_lucks_leave_people_as_they_are(small):
    _, _, page = small
    found = page.evaluate("otherwise(3, 77, 5)")
    assert found["usual"] == found["same"]
    assert found["usual"]["like"] == found["other"]["like"] and found["usual"]["hours"] == found["other"]["hours"]
    assert found["usual"]["burnout"] != found["other"]["burnout"]


@pytest.mark.slow
def test_a_hundred_sentences_of_every_kind_are_replayed(chromium):
    told, causes, controls = [], 0, 0
    for name, one, other, seed in CASES:
        world, policies = World.load(name), [Policy.load(one), Policy.load(other)]
        page = page_of(chromium, world, policies)
        sentences = page.evaluate(f"told({seed}, {EACH}, {MOST})")
        page.close()
        found = check([World2(world, policy, seed, world.people.months) for policy in policies], sentences)
        told, causes, controls = told + sentences, causes + found[0], controls + found[1]
    print(f"{len(told)} sentences, {causes} causes and {controls} controls replayed")
    for one in told:
        print(f"{one['month'] + 1:>3} {one['text']} | {' '.join(one['said'])} {' / '.join(one['way']['texts']) if one['way'] else ''}")
    assert len(told) >= LEAST and {one["kind"] for one in told} == KINDS
    explained = [one for one in told if one["told"] or one["several"]]
    assert len(explained) >= LEAST
    sentences = [sentence for one in told for text in (one["text"], *one["said"]) for sentence in text.split(". ")]
    assert max(len(sentence.split()) for sentence in sentences) <= WORDS, max(sentences, key=lambda one: len(one.split()))
    assert not any(math.isnan(value) for one in told if one["odds"] for value in one["odds"].values())


TITLE = "<img src=x onerror=globalThis.broken=1>"


def test_a_story_opens_answers_and_moves_the_clock(small, tmp_path):
    _, _, page = small
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_style_tag(path=STATIC / "story.css")
    page.set_viewport_size({"width": 390, "height": 844})
    person = page.evaluate("told(3, 3, 16)")[0]["person"]
    page.evaluate(f"shown(3, {person}, [{json.dumps(TITLE)}, 'The six tips'])")
    assert page.locator("#story h2").inner_text() == f"Person {person}"
    assert "In 40 other lucks they stayed in" in page.locator("#story-lucks").inner_text()
    why = page.locator(".story-why").first
    why.click()
    assert page.locator(".story-answer:not(:empty)").count() == 1
    page.locator(".story-said").last.click()
    assert list(page.evaluate("asked[0]")) == ["month"]
    if page.locator(".story-back").count():
        page.locator(".story-back").first.click()
        assert page.locator(".story-chain li").count() > 0
    assert page.evaluate("globalThis.broken") is None and page.locator("#story img").count() == 0 and not errors
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=tmp_path / "story.png", full_page=True)
