"""Page one of the brief: for a dean, in plain words, with rows that subtract; and what stands behind it."""

import html
import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation import brief, judgement
from simulation.advice import Advice
from simulation.brief.first_page import _by_whom
from simulation.brief.glossary import TERMS, Glossary
from simulation.comparison.compared import contrasts_of
from simulation.figures import wording
from simulation.scenario.policy import Policy
from simulation.scenario.world import World

textstat = pytest.importorskip("textstat", reason="reading ease is measured by textstat, which is not installed")
RUNS = 60
NEVER = ("auc", "roc", "gini", "hazard", "posterior", "regression", "bootstrap", "stochastic", "assortativity", "parameter", "variance", "replicate", "standard deviation")


def centred(values):
    return values - values.mean()


def comparison(path, manifest=None):
    """The folder of a comparison in which six tips keep 5 points more, with everything that page one is made of."""
    rng = np.random.default_rng(5)
    outcomes, groups, people, early = [], [], [], []
    luck = centred(rng.normal(0, 0.05, RUNS))
    for policy, gain in (("ad_hoc", 0.0), ("mentee_choice", 0.02), ("six_tips", 0.05)):
        level = 0.80 + gain + luck + centred(rng.normal(0, 0.003, RUNS))
        men = {"retention": level + 0.01, "access": 0.60 + 4 * gain + luck}
        women = {"retention": level - 0.02 + gain / 4, "access": 0.50 + 5 * gain + luck}
        frame = {"policy": policy, "replicate": range(RUNS), "retention": level, "access": (men["access"] + women["access"]) / 2,
                 "mentor_burnout": 0.40 + 0.5 * gain + luck / 10, "mentor_retention": 0.77 + luck, "mentor_load": 1.3 + gain,
                 "mentor_load_gini": 0.45 - gain + luck / 10, "cost": 20_000 * gain + 100 * luck}  # fmt: skip
        frame |= {f"gap_{name}_gender": men[name] - women[name] for name in men}
        outcomes.append(pd.DataFrame(frame))
        for attribute, group, values in (("all", "everyone", {"retention": level}), ("gender", "man", men), ("gender", "woman", women)):
            groups += [pd.DataFrame({"policy": policy, "replicate": range(RUNS), "attribute": attribute, "group": group, "heads": 500 if group == "everyone" else 250,
                                     "small": False, "outcome": name, "value": value}) for name, value in values.items()]  # fmt: skip
        people.append(pd.DataFrame({"policy": policy, "replicate": range(RUNS), "people_gained": 60 * gain + 0.46, "people_lost": 0.44}))
        for sign, value in (("left", 0.1 + gain - (level - 0.8) + rng.normal(0, 0.02, RUNS)), ("mentored_share", rng.random(RUNS))):
            early.append(pd.DataFrame({"policy": policy, "replicate": range(RUNS), "sign": sign, "value": value, "month_12": value}))
    outcomes, people = pd.concat(outcomes, ignore_index=True), pd.concat(people, ignore_index=True)
    swapped = {name: found[["people_gained", "people_lost"]].to_numpy() for name, found in people.groupby("policy", sort=False)}
    names = [name for name in outcomes if name not in ("policy", "replicate")]
    tables = {"outcomes": outcomes, "contrasts": contrasts_of(outcomes, names, swapped).assign(small=False), "people": people,
              "groups": pd.concat(groups), "early": pd.concat(early)}  # fmt: skip
    for name, table in tables.items():
        table.reset_index(drop=True).to_parquet(path / f"{name}.parquet")
    (path / "manifest.json").write_text(json.dumps(manifest or {"months": 60}), encoding="utf-8")
    return brief.write(path).read_text(encoding="utf-8")


def page_one(page):
    return re.search(r'<section class="one".*?</section>', page, re.DOTALL)[0]


def plain(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def rows_of(markup):
    return {plain(row[0]): list(map(plain, row[1:])) for row in (re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", markup, re.DOTALL)) if row}


def test_a_dean_finds_all_of_it_on_page_one(tmp_path):
    first = page_one(comparison(tmp_path))
    for part in ("What we advise", "How sure", "Who gains and who loses", "What it costs a year", "What it does to mentors", "What could change this", "What to watch in the first year", "not a forecast"):
        assert part in first
    rows = rows_of(first)
    assert rows["Man"][:2] == ["81.0 %", "86.0 %"] and rows["Woman"][:2] == ["78.0 %", "84.2 %"]
    assert rows["Gap by gender"][0] == "3.0" and "narrower, levelled up" in rows["Gap by gender"][1] + rows["Gap by gender"][3]
    assert rows["For each mentee"] == ["0", "1,000"]


def test_costs_by_payer_and_the_price_of_one_more_are_taken_where_they_were_counted(tmp_path):
    items = [("staff", "cash", 1_000.0), ("training", "protected", 20_000.0), ("protected_time", "protected", 3_456.0), ("meetings", "mentors", 70_000.0)]
    costs = pd.DataFrame([{"policy": policy, "item": item, "payer": payer, "yearly": money * (policy == "six_tips"), "per_mentee": 0.0} for policy in ("ad_hoc", "mentee_choice", "six_tips") for item, payer, money in items])
    costs.to_parquet(tmp_path / "costs.parquet")
    keeping = pd.DataFrame([{"policy": "six_tips", "price": 81_234.0, "low": 70_000.0, "high": 99_999.0}, {"policy": "mentee_choice", "price": np.nan, "low": np.nan, "high": np.nan}])
    keeping.to_parquet(tmp_path / "keeping.parquet")
    page = comparison(tmp_path)
    rows = rows_of(page_one(page))
    assert [rows[name] for name in ("Cash", "Protected time of mentors", "In all", "Time of mentors that nobody pays")] == [["0", "1,000"], ["0", "23,500"], ["0", "24,500"], ["0", "70,000"]]
    assert "costs about 81,200 (70,000 to 100,000)." in page
    assert rows_of(page)["Protected time"] == ["protected", "0", "0", "3,460"]
    keeping.assign(price=-3_000.0, low=-5_000.0, high=-1_000.0).to_parquet(tmp_path / "keeping.parquet")
    assert "More people stay, and it costs less than today." in comparison(tmp_path)


def test_what_is_advised_elsewhere_is_what_is_printed(tmp_path):
    advice = Advice("near_tie", ("mentee_choice", "six_tips"), ["Take <one> of two."], ["In 19 of 20."], ["It turns at 3 hours."], ["It misses E1."], ["Mentors wear out."])
    comparison(tmp_path)
    first = page_one(brief.render(brief.read(tmp_path), advice, []))
    for said in ("Take &lt;one&gt; of two.", "In 19 of 20.", "It turns at 3 hours.", "It misses E1.", "Mentors wear out.", "“Then” is Mentee choice"):
        assert said in first


def test_lists_without_sentences_leave_no_hole(tmp_path):
    comparison(tmp_path)
    first = page_one(brief.render(brief.read(tmp_path), Advice("stay", ("ad_hoc",), ["Stay."], [], [], [], []), []))
    assert "How sure" not in first and "What could change this" not in first
    assert "shown here and not advised" in first
    assert not re.search(r"<(p|ul|div)>\s*</\1>", first)


def test_no_term_of_the_trade_without_its_explanation(tmp_path):
    first = page_one(comparison(tmp_path))
    text, listed = plain(first).lower(), plain(re.search(r'<p class="words">.*', first)[0])
    assert [word for word in NEVER if re.search(rf"\b{word}", text)] == []
    body = re.sub(r'<p class="words">.*', "", first)
    body = re.sub(r"<h[12].*?</h[12]>", "", body, flags=re.DOTALL)
    for pattern, term, means in TERMS:
        seen = re.search(rf"\b(?:{pattern})\b", re.sub(r"<[^>]*>", lambda tag: "\x00" * len(tag[0]), body), re.IGNORECASE)
        if seen:
            assert body[: seen.start()].rsplit("<", 1)[1].startswith("dfn title="), term
            assert f"{term} : {means}" in listed


def test_a_term_is_explained_once():
    glossary = Glossary()
    one = glossary.explain("<p>A tie and a tie, <b title='tie'>ties</b>.</p><!-- words -->")
    assert one.count("<dfn") == 1 and "In plain words. <b>tie</b>: two people" in one
    assert glossary.explain("<p>A tie.</p><!-- words -->") == "<p>A tie.</p>"


def test_page_one_reads_easily(tmp_path):
    first = re.sub(r"<table.*?</table>|<h[12].*?</h[12]>", " ", page_one(comparison(tmp_path)), flags=re.DOTALL)
    parts = [plain(part) for part in re.findall(r"<(?:p|li)\b.*?</(?:p|li)>", first, re.DOTALL)]
    parts = [re.sub(r"[+−]?\d[\d.,]*\d|\d", "ten", part) for part in parts]  # a decimal point ends no sentence
    ease = textstat.flesch_reading_ease(" ".join(part if part.endswith(".") else f"{part}." for part in parts))
    assert ease >= 50, ease


def test_early_signs_that_tell_come_first_and_with_how_well(tmp_path):
    page = comparison(tmp_path)
    first = plain(page_one(page))
    assert "The share of mentees who leave in a month in the first year." in first and "it was lower in the one that ended well" in first
    assert "share of mentees with a mentor in the first year" not in first
    assert rows_of(page)["Share of mentees with a mentor"][-1] == "no"


@pytest.mark.parametrize(
    ("before", "after", "verdict", "said"),
    [
        ((0.8, 0.7), (0.8, 0.75), "better", ", levelled up"),
        ((0.8, 0.7), (0.85, 0.8), "better", ", levelled up"),
        ((0.7, 0.8), (0.7, 0.75), "better", ", levelled down"),
        ((0.8, 0.7), (0.7, 0.68), "better", ", levelled down"),
        ((0.8, 0.7), (0.78, 0.74), "better", ", levelled up and down"),
        ((0.8, 0.7), (0.8, 0.6), "worse", ": those behind lose"),
        ((0.8, 0.7), (0.9, 0.75), "worse", ": those ahead gain more"),
        ((0.8, 0.7), (0.8, 0.7), "same", ""),
    ],
)
def test_a_gap_narrows_by_levelling_up_or_down(before, after, verdict, said):
    assert _by_whom(list(before), list(after), verdict) == said


def test_people_gained_less_people_lost_is_the_net(tmp_path):
    page = comparison(tmp_path)
    table = re.search(r"<table[^>]*>\s*<caption>People gained.*?</table>", page, re.DOTALL)[0]
    assert "of every 100 who were ever there (500 people in a run)" in plain(table)
    for gained, lost, net, _ in list(rows_of(table).values())[1:]:
        assert round(float(gained) - float(lost), 1) == float(net.replace(wording.MINUS, "-"))
    assert "Why the net is smaller than the change in retention" in page


def number(text):
    return float(text.replace(wording.MINUS, "-").replace(",", "").removesuffix(" %"))


@given(
    name=st.sampled_from(["retention", "spark_months", "mentor_load_gini", "cost", "gap_access_gender"]),
    level=st.floats(0.001, 0.9), low=st.floats(-0.2, 0.2), width=st.floats(0, 0.1), part=st.floats(0, 1), scale=st.sampled_from([1.0, 0.1, 0.01]),
)  # fmt: skip
def test_rows_subtract_and_shown_intervals_say_what_verdicts_say(name, level, low, width, part, scale):
    usual = wording.outcome(name)
    big = scale * (10_000 if name == "cost" else 1)
    low, high, level = low * big, (low + width) * big, level * (10_000 if name == "cost" else 1)
    assume(min(abs(low), abs(high), abs(abs(low) - usual.margin), abs(abs(high) - usual.margin)) > 1e-8)
    difference = low + part * (high - low)
    described = wording.fitted(usual, [(low, high, np.nan)])
    shown = [number(wording.level(value, described)) for value in (level, wording.after(level, difference, described))]
    change = number(wording.change(difference, described))
    ends = [number(text) for text in wording.interval(low, high, described).split(" to ")]
    assert shown[1] - shown[0] == pytest.approx(change, abs=1e-9)
    assert ends[0] <= change <= ends[1]
    verdicts = [
        judgement.verdict(*pair, usual.better, margin) for pair, margin in
        (((low, high), usual.margin), (ends, round(usual.margin * usual.scale, 9)))
    ]  # fmt: skip
    assert verdicts[0] == verdicts[1]


def test_an_end_that_would_round_to_zero_is_shown_finer():
    usual = wording.outcome("retention")
    described = wording.fitted(usual, [(0.0004, 0.012, np.nan)])
    assert wording.interval(0.0004, 0.012, described) == "+0.04 to +1.20"
    assert wording.interval(0.0104, 0.012, wording.fitted(usual, [(0.0104, 0.012, np.nan)])) == "+1.0 to +1.2"
    assert wording.fitted(usual, [(-0.01004, 0.002, np.nan)]).decimals == 3  # not within the margin: no "−1.0 to +0.2"


def test_policies_of_ones_own_have_titles_and_sentences(tmp_path):
    own = Policy.load("six_tips").with_({"name": "six_tips", "title": "Our <plan>", "prioritize.protected_hours": 3.5})
    world = World.load("teaching_hospital").with_({"title": "Our place"})
    inputs = {"world": world.model_dump(mode="json"), "policies": [own.model_dump(mode="json"), {"name": "ad_hoc", "odd": 1}]}
    page = comparison(tmp_path, {"months": 60, "inputs": inputs, "left_out": ["Gender: other is left out: fewer than five people."]})
    assert "“Then” is Our &lt;plan&gt;" in page
    assert "Protected time of a mentor in the program: 3.5 hours per month." in page
    assert "In the pictures: Six tips." in page
    assert "They are defaults and nobody’s own" in page and "fewer than five people" in page


def test_prices_of_ones_own_are_taken_as_such(tmp_path):
    world = World.load("teaching_hospital").with_({"prices.mentor_hour": 90})
    page = comparison(tmp_path, {"months": 60, "inputs": {"world": world.model_dump(mode="json"), "policies": []}})
    assert "mentor hour 90" in page and "nobody’s own" not in page
