"""The player in a real browser: what it draws, who is picked, and that it can be driven by hand, by key and without motion."""

from itertools import pairwise

import numpy as np
import pytest
from answering import needs_chromium
from player_page import write_page

from simulation.run import simulate
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.jit_only,  # a picture is a picture, however its numbers were counted
    needs_chromium,
]
SCREENS = {"desk": (1440, 900), "phone": (390, 844)}
# Every centre of a circle and a square that is painted in any month and between months, by stage.
SPY = """() => {
    const found = player.stages.map(() => ({arc: new Set(), rect: new Set()}));
    const real = {arc: CanvasRenderingContext2D.prototype.arc, rect: CanvasRenderingContext2D.prototype.rect};
    const note = (w, kind, x, y) => found[w][kind].add(`${x.toFixed(2)},${y.toFixed(2)}`);
    let now = 0;
    CanvasRenderingContext2D.prototype.arc = function (x, y, ...rest) { note(now, "arc", x, y); return real.arc.call(this, x, y, ...rest); };
    CanvasRenderingContext2D.prototype.rect = function (x, y, w, h) { note(now, "rect", x + w / 2, y + h / 2); return real.rect.call(this, x, y, w, h); };
    player.stages.forEach((stage, w) => { now = w; for (let t = 0; t < player.months; t += 0.5) stage.draw(Math.min(t, player.months - 1)); });
    Object.assign(CanvasRenderingContext2D.prototype, real);
    const spots = (places) => { const all = new Set(); for (let i = 0; i < places.length; i += 2) { const s = player.stages[0];
        all.add(`${(places[i] * s.side + s.left).toFixed(2)},${(places[i + 1] * s.side + s.top).toFixed(2)}`); } return all; };
    const mentees = spots(seats.p), posts = spots(seats.k);
    return found.map(({arc, rect}) => ({circles: arc.size, squares: rect.size,
        astray: [...arc].filter((one) => !mentees.has(one)).length + [...rect].filter((one) => !posts.has(one)).length}));
}"""
# The curves that are drawn onto the canvases themselves, which are the strong ties, in every month and within it.
CURVES = """() => {
    let most = 0, drawn = 0;
    const real = CanvasRenderingContext2D.prototype.bezierCurveTo;
    CanvasRenderingContext2D.prototype.bezierCurveTo = function (...to) { if (player.canvases.includes(this.canvas)) drawn++; return real.apply(this, to); };
    for (const stage of player.stages) {
        for (let t = 0; t <= player.months - 1; t += 0.25) { drawn = 0; stage.draw(t); most = Math.max(most, drawn); }
    }
    CanvasRenderingContext2D.prototype.bezierCurveTo = real;
    return most;
}"""
BRIGHT = """(level) => player.canvases.map((canvas) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", {willReadFrequently: true});
    copy.drawImage(canvas, 0, 0);
    const bytes = copy.getImageData(0, 0, canvas.width, canvas.height).data;
    let bright = 0;
    for (let i = 0; i < bytes.length; i += 4) if (0.2126 * bytes[i] + 0.7152 * bytes[i + 1] + 0.0722 * bytes[i + 2] >= level) bright++;
    return bright / (bytes.length / 4);
})"""
CROSSED = """() => {
    const faults = new Set(), inside = (x, y, box, room) => x > box.x - room && x < box.x + box.w + room && y > box.y - room && y < box.y + box.h + room;
    player.stages.forEach((stage, w) => {
        stage.labels.forEach((box, i) => {
            if (box.x < 0 || box.y < 0 || box.x + box.w > stage.width || box.y + box.h > stage.height) faults.add(`${box.text} is cut`);
            for (const other of stage.labels.slice(i + 1)) {
                if (box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h) faults.add(`${box.text} lies on ${other.text}`);
            }
            for (const [kind, places] of [["p", seats.p], ["k", seats.k]]) {
                for (let j = 0; j < places.length; j += 2) {
                    if (inside(places[j] * stage.side + stage.left, places[j + 1] * stage.side + stage.top, box, stage.size * 0.5)) faults.add(`${box.text} lies on a seat of ${kind}`);
                }
            }
        });
        for (let month = 0; month < player.months; month++) {
            stage.draw(month);
            for (const {tie, what} of stage.strong) for (let part = 0; part <= 1; part += 0.02) {
                const [x, y] = pointOn(stage.lines, 8 * tie, part);
                for (const box of stage.labels) if (inside(x, y, box, 0)) faults.add(`${box.text} is crossed in world ${w}, month ${month} by a tie of island ${what}`);
            }
        }
    });
    return [...faults];
}"""


@pytest.fixture(scope="module")
def runs():
    """The default world of 300 mentees and 120 mentors under its two policies, with the same luck."""
    world = World.load("teaching_hospital")
    return [simulate(world, Policy.load(name), seed=1, trace=True) for name in ("ad_hoc", "six_tips")]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory, runs):
    path = tmp_path_factory.mktemp("player") / "player.html"
    write_page(path, runs)
    return path


@pytest.fixture
def open_page(chromium, page_file):
    """Open the page on a screen; at the end nothing may have been said on the console."""
    contexts, said = [], []

    def opened(screen="desk", file=page_file, **more):
        width, height = SCREENS[screen]
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **more))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri())
        page.wait_for_function("window.player && player.drawn.length > 0")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


@pytest.mark.parametrize("screen", SCREENS)
def test_it_plays_two_years_month_by_month_and_stops_where_it_is_told(open_page, screen):
    page = open_page(screen)
    page.evaluate(
        "() => { window.heard = []; window.states = []; player.onmonth = (month) => heard.push(month); player.onplay = (on) => states.push(on); player.speed = 8; }"
    )
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("player.month >= 24", timeout=60_000)
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("player.playing") is False and page.evaluate("states") == [True, False]
    assert page.evaluate("player.time === player.month")
    heard = page.evaluate("heard")
    assert heard == sorted(set(heard)) and heard[-1] >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen][0]


def test_it_ends_with_the_last_month(open_page):
    page = open_page()
    page.evaluate("() => { player.seek(player.months - 2); player.speed = 24; player.play(); }")
    page.wait_for_function("!player.playing", timeout=20_000)
    assert page.evaluate("player.month") == page.evaluate("player.months - 1")


@pytest.mark.parametrize("screen", SCREENS)
def test_nobody_moves(open_page, screen):
    for found in open_page(screen).evaluate(SPY):
        assert found["astray"] == 0
        assert found["circles"] > 60 and found["squares"] == 120


def test_what_is_drawn_is_what_the_tables_count(open_page, runs):
    _equal_tables(open_page(), runs)


@pytest.mark.parametrize("kind", ["who stays on", "one discipline", "after a burn-in"])
def test_other_worlds_are_counted_seated_and_lettered_as_well(open_page, tmp_path, small_hospital, kind):
    changes = {
        "who stays on": {"people.graduates": False, "people.years": 1},
        "one discipline": {"disciplines": [{"name": "medicine"}], "people.site_mentees": 30},
        "after a burn-in": {"people.burn_in": 7},
    }
    world = small_hospital.with_(changes[kind])
    run = simulate(world, Policy.load("six_tips"), seed=2, trace=True)
    write_page(tmp_path / "player.html", [run])
    page = open_page("phone", tmp_path / "player.html")
    assert page.evaluate("player.months") == len(run.months)
    _equal_tables(page, [run])
    assert page.evaluate(CROSSED) == []
    assert page.evaluate(SPY)[0]["astray"] == 0
    assert not page.locator(".player-wipe").is_visible()


def _equal_tables(page, runs):
    for w, run in enumerate(runs):
        counts = page.evaluate(f"player.scenes[{w}].counts")
        for shown, told in {
            "live": "live_ties",
            "here": "mentees",
            "begin": "new_ties",
            "end": "closures",
            "spark": "new_sparks",
            "left": "left",
        }.items():
            first = 1 if shown == "spark" else 0  # what caught fire before a study is told as of its first month
            assert [one[shown] for one in counts][first:] == list(run.months[told])[first:], (shown, told)
        sparked = np.array([one["burning"] / max(one["live"], 1) for one in counts])
        assert sparked == pytest.approx(run.months["spark_share"].to_numpy())
        assert [one["normal"] / max(one["here"], 1) for one in counts] == pytest.approx(list(run.months["norm_share"]))


def test_at_most_sixty_ties_are_drawn_strongly(open_page):
    page = open_page()
    most = page.evaluate(CURVES)
    assert 30 < most <= 60
    busy = page.evaluate("[...player.scenes[1].counts].map((one) => one.happened).reduce((a, b) => Math.max(a, b))")
    assert busy > 60  # so that the bound was met at all
    hub = page.evaluate(
        "() => { player.seek(20); player.selected = {kind: 'mentee', row: 5}; return player.drawn.map((one) => one.strong); }"
    )
    assert max(hub) <= 60


@pytest.mark.parametrize("screen", SCREENS)
def test_the_fullest_month_is_no_hairball(open_page, screen):
    page = open_page(screen)
    for full in ("live", "happened", "burning"):
        page.evaluate(
            f"() => {{ const all = player.scenes[1].counts.map((one) => one.{full}); player.seek(all.indexOf(Math.max(...all))); }}"
        )
        shares = page.evaluate(BRIGHT, 0.4 * 255)
        assert 0.005 < shares[0] < 0.15 and 0.01 < shares[1] < 0.15, (full, shares)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_label_is_crossed_or_cut(open_page, screen):
    assert open_page(screen).evaluate(CROSSED) == []


def test_a_click_picks_who_is_there_now(open_page):
    page = open_page()
    pair = page.evaluate("""() => {
        const scenes = player.scenes[0], seat = player.stages[0].seatOf, here = (month, row) => scenes.menteeAt(month, row) & 1;
        for (let one = 0; one < scenes.mentees; one++) for (let next = one + 1; next < scenes.mentees; next++) {
            if (seat[one] === seat[next] && here(3, one) && here(55, next) && !here(55, one)) return [one, next];
        }
    }""")
    assert pair, "no seat is taken twice in this world"
    page.evaluate("() => { window.picked = []; player.onpick = (person) => picked.push(person); }")
    x, y = page.evaluate(f"player.stages[0].place({{kind: 'mentee', row: {pair[0]}}})")
    for month in (3, 55):
        page.evaluate(f"player.seek({month})")
        page.locator("canvas").first.click(position={"x": x, "y": y})
    assert page.evaluate("picked") == [{"kind": "mentee", "row": row} for row in pair]
    assert page.evaluate("player.stages[0].names[0].text") == f"Person {pair[1]}"


def test_the_mentors_of_the_person_picked_are_named(open_page, runs):
    page = open_page()
    page.evaluate("player.seek(30)")
    ties = runs[1].ties
    live = ties[(ties["start_month"] <= 30) & ~(ties["end_month"].fillna(99) <= 30)]
    row = int(live["mentee"].value_counts().index[0])
    mentors = live.loc[live["mentee"] == row, "mentor"]
    page.evaluate(f"player.choose({{kind: 'mentee', row: {row}}})")
    said = page.locator(".player-said").inner_text()
    names = page.evaluate("player.stages[1].names.map((one) => one.text)")
    assert len(names) == len(mentors) + 1
    for name in names[1:]:
        assert name in said
    for mentor in mentors[mentors < 4_000_000]:
        assert f"Mentor {mentor}" in names


def test_a_mentor_is_the_same_person_in_both_worlds(open_page):
    page = open_page()
    found = page.evaluate("""() => {
        const [a, b] = player.scenes, wrong = [];
        for (let row = 0; row < a.mentors; row++) {
            const other = sameIn({kind: "mentor", row}, a, b);
            if (other && nameOf(other, b.recording) !== nameOf({kind: "mentor", row}, a.recording)) wrong.push(row);
        }
        return wrong;
    }""")
    assert found == []


def test_it_is_driven_by_keys_alone(open_page):
    page = open_page()
    page.locator(".player-worlds").focus()
    page.keyboard.press("End")
    assert page.evaluate("player.month") == page.evaluate("player.months - 1")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("player.month") == 2
    assert "month 3 of" in page.locator(".player-said").inner_text()
    assert "month 3 of" in page.locator("canvas").first.get_attribute("aria-label")
    page.keyboard.press("Shift+ArrowRight")
    first = page.evaluate("player.stages[0].place(player.selected)")
    page.keyboard.press("Shift+ArrowRight")
    second = page.evaluate("player.stages[0].place(player.selected)")
    assert second[0] > first[0]
    page.keyboard.press("Escape")
    assert page.evaluate("player.selected") is None
    page.keyboard.press("Space")
    assert page.evaluate("player.playing") is True
    page.keyboard.press("Space")
    assert page.evaluate("player.playing") is False


def test_a_person_is_found_by_name_and_a_stranger_gets_a_sentence(open_page):
    page = open_page()
    box = page.get_by_role("searchbox")
    box.fill("dr 11")
    box.press("Enter")
    assert page.evaluate("nameOf(player.selected, recordings[0])") == "Mentor 11"
    box.fill("213")
    box.press("Enter")
    assert page.evaluate("player.selected") == {"kind": "mentee", "row": 213}
    box.fill("<img src=x>")
    box.press("Enter")
    assert "Nobody called “<img src=x>” is here" in page.locator(".player-said").inner_text()
    assert page.locator("img").count() == 0


def test_reduced_motion_steps_by_whole_months(open_page):
    page = open_page(reduced_motion="reduce")
    page.evaluate("""() => { window.times = []; const draw = player.stages[0].draw;
        player.stages[0].draw = function (t, more) { times.push(t); return draw.call(this, t, more); }; player.play(); }""")
    page.wait_for_function("player.month >= 3", timeout=20_000)
    page.evaluate("player.pause()")
    times = page.evaluate("times")
    assert len(times) >= 3 and all(time == int(time) for time in times)


def test_a_phone_shows_one_world_at_a_time_with_a_wipe(open_page):
    page = open_page("phone")
    page.evaluate("() => { player.seek(30); window.hits = (share) => { player.wipe.value = share; player.wipe.dispatchEvent(new Event('input'));"
                  " const box = player.canvases[0].getBoundingClientRect();"
                  " return [0.25, 0.75].map((part) => player.canvases.indexOf(document.elementFromPoint(box.x + part * box.width, box.y + 20))); }; }")  # fmt: skip
    assert page.evaluate("hits(100)") == [0, 0]
    assert page.evaluate("hits(50)") == [0, 1]
    assert page.evaluate("hits(0)") == [1, 1]
    wipe = page.locator(".player-wipe")
    assert wipe.is_visible() and "how much of the stage" in wipe.get_attribute("aria-label").lower()
    wipe.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("player.wipe.value") == "1"
    assert wipe.bounding_box()["height"] >= 44


def test_fates_by_hand(open_page):
    page = open_page()
    left, stayed, graduated = 2, 1, 3
    found = page.evaluate(
        """([a, b]) => { const fates = fatesOf(a, b); return {...fates, month: [...fates.month], until: [...fates.until]}; }""",
        [
            # left alone here; left there alone, graduated here; both at one time; both, at two times; nobody; graduated alike
            {"p_exit": [7, 30, 9, 5, -1, 35], "p_how": [left, graduated, left, left, stayed, graduated]},
            {"p_exit": [-1, 12, 9, 8, -1, 35], "p_how": [stayed, left, left, left, stayed, graduated]},
        ],
    )
    assert found == {"month": [7, 12, -1, 5, -1, -1], "until": [-1, 30, -1, 8, -1, -1], "saved": 1, "lost": 1}


def test_frames_per_second_are_told(open_page, record_property):
    """300 mentees and 120 mentors twice; told and not judged, as it is the machine's matter."""
    found = open_page().evaluate("""async () => {
        const spent = [], began = performance.now();
        player.speed = 6;
        player.play();
        await new Promise((done) => { const look = () => { spent.push(player.spent); if (performance.now() - began > 3000) done(); else requestAnimationFrame(look); }; requestAnimationFrame(look); });
        player.pause();
        spent.sort((a, b) => a - b);
        return {second: spent.length / 3, frame: spent[spent.length >> 1]};
    }""")
    record_property("frames a second", found["second"])
    print(f"{found['second']:.0f} frames a second; a frame of both stages takes {found['frame']:.1f} ms")
    assert found["second"] > 0


def test_marks_can_be_told_apart_in_grey_and_without_red_and_green(open_page):
    """Three fills that only their colour tells apart, for the eye of a deuteranope too (Viénot, Brettel and Mollon 1999)."""
    ink = open_page().evaluate("INK")
    colours = {
        name: np.array([int(ink[name][k : k + 2], 16) / 255 for k in (1, 3, 5)]) ** 2.2
        for name in ("island", "alone", "mentee", "gold")
    }
    grey = {name: float(colour @ [0.2126, 0.7152, 0.0722]) for name, colour in colours.items()}
    order = sorted(grey, key=grey.get)
    assert order == ["island", "alone", "mentee", "gold"]
    for darker, lighter in pairwise(order):
        assert (grey[lighter] + 0.05) / (grey[darker] + 0.05) >= 1.5, (darker, lighter)
    seen = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])
    blue, gold = seen @ colours["mentee"], seen @ colours["gold"]
    assert np.linalg.norm(blue - gold) > 0.3
