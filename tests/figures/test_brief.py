"""The brief stands alone, says what the numbers say, and can be read by everyone."""

import json
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from simulation import brief, judgement
from simulation.comparison.compared import contrasts_of
from simulation.figures import draw_all


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


def _two(retention, gap, cost=1000.0, spread=1e-4):
    """Outcomes and contrasts of a baseline and one policy that differs by so much."""
    luck = np.random.default_rng(1).normal(size=20) * spread
    base = pd.DataFrame(
        {"replicate": range(20), "policy": "ad_hoc", "retention": 0.8, "gap_retention_gender": 0.1, "cost": 0.0}
    )
    other = base.assign(
        policy="six_tips", retention=0.8 + retention + luck, gap_retention_gender=0.1 + gap + luck, cost=cost
    )
    outcomes = pd.concat([base, other], ignore_index=True)
    return outcomes, judgement.turn_gaps(contrasts_of(outcomes, ["retention", "gap_retention_gender", "cost"])).assign(small=False)


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


@pytest.mark.parametrize(
    ("retention", "gap", "says"),
    [
        (0.05, -0.03, ("Six tips keeps the most mentees", "+5.0 points", "narrows the gap by gender in retention, which changes by −3.0")),
        (0.05, 0.0, ("Six tips keeps the most mentees", "leaves the gap by gender in retention practically the same")),
        (0.05, 0.03, ("No policy clearly keeps more mentees", "A trade to weigh: Six tips")),
        (-0.05, 0.0, ("No policy clearly keeps more mentees",)),
        (0.0, 0.0, ("Retention is practically the same under every policy as under ad hoc", "no ground for a change")),
    ],
)
def test_advice_says_what_the_numbers_say(retention, gap, says):
    outcomes, differences = _two(retention, gap)
    advice = " ".join(brief.advise(outcomes, differences, "gap_retention_gender"))
    for part in says:
        assert part in advice


def test_a_gap_of_few_people_decides_nothing():
    outcomes, differences = _two(0.05, -0.03)
    small = differences.assign(small=differences["outcome"].str.startswith("gap_"))
    assert "narrows" in " ".join(brief.advise(outcomes, differences, "gap_retention_gender"))
    advice = " ".join(brief.advise(outcomes, small, "gap_retention_gender"))
    assert "narrows" not in advice and "one cannot tell" in advice


def test_what_is_better_elsewhere_is_a_ground():
    outcomes, _ = _two(0.0, 0.0)
    outcomes["access"] = 0.5 + 0.3 * (outcomes["policy"] == "six_tips") + 0.001 * (outcomes["replicate"] % 3)
    differences = judgement.turn_gaps(contrasts_of(outcomes, ["retention", "access", "cost"])).assign(small=False)
    advice = " ".join(brief.advise(outcomes, differences, None))
    assert "Six tips is better in access to a mentor. It costs 1,000 more" in advice
    assert "no ground" not in advice


def test_cost_is_told():
    assert "It costs 12,000 more" in " ".join(brief.advise(*_two(0.05, -0.03, cost=12_000.0), "gap_retention_gender"))
    assert "It costs 12,000 less" in " ".join(brief.advise(*_two(0.05, -0.03, cost=-12_000.0), "gap_retention_gender"))


def test_the_best_two_are_compared(tables):
    differences = judgement.turn_gaps(tables["contrasts"])
    advice = " ".join(brief.advise(tables["outcomes"], differences, "gap_retention_minority"))
    assert "keeps clearly more than the next best, prioritized" in advice
    assert "The cheapest that does well" in advice


def test_without_intervals_nothing_is_told(few, tmp_path):
    bare = {**few, "contrasts": few["contrasts"].assign(low_all=np.nan, high_all=np.nan, verdict=judgement.CANNOT_TELL)}
    text = brief.write(_folder(bare, tmp_path)).read_text(encoding="utf-8")
    assert "Too short for advice: 6 runs, where 30 or more are needed." in text
    assert "keeps the most mentees" not in text
    assert "no interval" in text


def test_without_identities(few, tmp_path):
    plain = {
        "outcomes": few["outcomes"].drop(columns=["gap_retention_gender", "gap_retention_minority"]),
        "contrasts": few["contrasts"][~few["contrasts"]["outcome"].str.startswith("gap_")],
    }
    assert "ap by " not in brief.write(_folder(plain, tmp_path)).read_text(encoding="utf-8")
