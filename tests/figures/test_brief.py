"""The brief stands alone, says what the numbers say, and can be read by everyone."""

import json
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from simulation import brief, judgement
from simulation.advice import advise
from simulation.comparison.compared import contrasts_of
from simulation.figures import draw_all, wording
from simulation.scenario.priorities import Priorities


class Page(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def _folder(tables, path, manifest=None):
    for name in ("outcomes", "contrasts"):
        tables[name].to_parquet(path / f"{name}.parquet")
    if manifest is not None:
        (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return path


def test_page_stands_alone(few, tmp_path):
    manifest = {
        "version": "0.1.0",
        "command": "mentorship compare <here> --seed 1",
        "world": "teaching_hospital",
        "seed": 0,
        "digest": "ab",
    }
    folder = _folder(few, tmp_path, manifest)
    draw_all({name: few[name] for name in ("outcomes", "contrasts")}, folder / "figures")
    page = brief.write(folder)
    assert page == folder / "brief.html"
    text = page.read_text(encoding="utf-8")
    read = Page()
    read.feed(text)
    kinds = [tag for tag, _ in read.tags]
    images = [attrs for tag, attrs in read.tags if tag == "img"]
    assert len(images) == 2
    assert all(image["src"].startswith("data:image/") and image["alt"] for image in images)
    assert not {"script", "link", "iframe"} & set(kinds)
    assert "http" not in text.split("data:image")[0]
    assert kinds.count("table") == 5
    assert all("scope" in attrs for tag, attrs in read.tags if tag == "th")
    assert ("html", {"lang": "en"}) in read.tags
    assert "mentorship compare &lt;here&gt; --seed 1" in text
    assert "Seed 0" in text


def test_same_tables_same_page(few, tmp_path):
    page = brief.write(_folder(few, tmp_path)).read_bytes()
    assert brief.write(tmp_path).read_bytes() == page


@pytest.fixture
def enough():
    """Two policies, of which the second keeps more and costs more, in 40 programs."""
    luck = np.random.default_rng(1).normal(size=40) * 1e-4
    base = pd.DataFrame({"replicate": range(40), "policy": "ad_hoc", "retention": 0.8, "gap_retention_gender": 0.1, "cost": 0.0})
    other = base.assign(policy="six_tips", retention=0.85 + luck, gap_retention_gender=0.07 + luck, cost=1000.0 + luck)
    outcomes = pd.concat([base, other], ignore_index=True)
    contrasts = contrasts_of(outcomes, ["retention", "gap_retention_gender", "cost"])
    return {"outcomes": outcomes, "contrasts": contrasts.assign(small=False)}


def test_the_page_has_the_advice_that_the_tables_give(enough, tmp_path):
    page = brief.write(_folder(enough, tmp_path)).read_text(encoding="utf-8")
    advice = advise(enough, Priorities(), {})
    assert advice.kind == "named" and advice.harms
    for line in (*advice.sentences, *advice.sure, *advice.misses):
        assert f"{line}</" in page


def test_a_budget_is_told_and_who_costs_more_is_not_advised(enough, tmp_path):
    budget = {"yearly": 40_000.0, "policies": {"ad_hoc": {"yearly": 0.0}, "six_tips": {"yearly": 53_000.0}}}
    page = brief.write(_folder(enough, tmp_path, {"budget": budget})).read_text(encoding="utf-8")
    assert "brought as near to 40,000 a year as it comes" in page
    assert "six tips (costs 53,000)" in page and "comes first" not in page


def test_a_policy_is_called_by_its_title(enough, tmp_path):
    manifest = {"inputs": {"policies": [{"name": "six_tips", "title": "Our big plan"}]}}
    assert "Our big plan comes first" in brief.write(_folder(enough, tmp_path, manifest)).read_text(encoding="utf-8")


def test_two_policies_of_one_title_are_told_apart():
    assert wording.titles({"a": "Ours", "b": "Ours", "my_own": ""}) == {"a": "Ours (a)", "b": "Ours (b)", "my_own": "My own"}


def test_without_intervals_nothing_is_told(few, tmp_path):
    bare = {**few, "contrasts": few["contrasts"].assign(low_all=np.nan, high_all=np.nan, verdict=judgement.CANNOT_TELL)}
    text = brief.write(_folder(bare, tmp_path)).read_text(encoding="utf-8")
    assert "Too short for advice: 6 simulated programs, where 30 or more are needed." in text
    assert "comes first" not in text
    assert "no interval" in text


def test_without_identities(few, tmp_path):
    plain = {
        "outcomes": few["outcomes"].drop(columns=["gap_retention_gender", "gap_retention_minority"]),
        "contrasts": few["contrasts"][~few["contrasts"]["outcome"].str.startswith("gap_")],
    }
    assert "ap by " not in brief.write(_folder(plain, tmp_path)).read_text(encoding="utf-8")
