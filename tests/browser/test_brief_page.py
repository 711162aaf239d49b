"""The brief in a real browser: whole at every width and on paper, alone, and the same without JavaScript."""

import pandas as pd
import pytest
from answering import needs_chromium
from study_folders import world_in

from simulation import brief
from simulation.advice import Advice
from simulation.cli import main

pypdf = pytest.importorskip("pypdf", reason="pages are read by pypdf, which is not installed")
pytestmark = [
    pytest.mark.jit_only,  # a page is a page, however its numbers were counted
    needs_chromium,
]
LONG = [
    f"Sentence {k} of a long advice, which says what is gained and, in the same breath, what it costs and whom it harms."
    for k in range(3)
]
BEYOND = """right => [...document.querySelectorAll('body *')]
    .filter(one => getComputedStyle(one).display !== 'none' && one.getBoundingClientRect().right > right + 1)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """The brief of a comparison in a small world with two identity attributes, one of them of five groups, and a long advice."""
    folder = tmp_path_factory.mktemp("brief")
    groups = ["Asian", "Black", "Hispanic", "white", "several"]
    shares = "{" + ", ".join(f"{group} = 0.2" for group in groups) + "}"
    more = f'months = 14\n[[identities]]\nname = "gender"\ngroups = ["man", "woman"]\nmentees = {{man = 0.5, woman = 0.5}}\nmentors = {{man = 0.7, woman = 0.3}}\n[[identities]]\nname = "ethnicity"\ngroups = {groups}\nmentees = {shares}\nmentors = {shares}\n'
    world_in(folder, mentees=60)
    text = (folder / "tiny.toml").read_text().replace("months = 12\n", more)
    (folder / "tiny.toml").write_text(text)
    words = ["compare", str(folder / "tiny.toml"), "ad_hoc", "mentee_choice", "six_tips"]
    assert main([*words, "--replicates", "30", "--quiet", "--out", str(folder / "out")]) == 0
    outcomes = pd.read_parquet(folder / "out" / "outcomes.parquet")
    payers = [("staff", "cash"), ("training", "protected"), ("meetings", "mentors"), ("workshops", "mentees")]
    costs = [
        {"policy": policy, "item": item, "payer": payer, "yearly": 123_456.0, "per_mentee": 100.0}
        for policy in outcomes["policy"].unique()
        for item, payer in payers
    ]
    study = brief.read(folder / "out")
    study = study._replace(tables={**study.tables, "costs": pd.DataFrame(costs)})
    advice = Advice("named", ("six_tips",), LONG[:2], LONG[:2], LONG, LONG[:1], LONG[:1])
    figures = brief.embedded(folder / "out" / "figures")
    assert len(figures) > 5
    path = folder / "brief.html"
    path.write_text(brief.render(study, advice, figures), encoding="utf-8")
    path.with_stem("crowded").write_text(brief.render(study, advice, []), encoding="utf-8")
    usual = advice._replace(sentences=LONG[:2], sure=LONG[:1], turns=LONG[:1], misses=[], harms=[])
    plain = study._replace(tables={name: table for name, table in study.tables.items() if name != "groups"})
    path.with_stem("usual").write_text(brief.render(plain, usual, []), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_is_wider_than_the_screen(chromium, page_file, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(BEYOND, width) == []
    assert page.locator("text=Headline table").count() + page.locator("caption:has-text('headline table')").count() >= 1
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("kind", ["crowded", "usual"])
def test_page_one_is_one_page(chromium, page_file, paper, kind, tmp_path):
    page = chromium.new_page()
    page.goto(page_file.with_stem(kind).as_uri())
    assert page.locator(".dense").count() == (kind == "crowded")
    page.pdf(path=tmp_path / "brief.pdf", format=paper)
    page.close()
    pages = [" ".join(one.extract_text().split()) for one in pypdf.PdfReader(tmp_path / "brief.pdf").pages]
    assert "What we advise" in pages[0] and "In plain words" in pages[0] and "not a forecast" in pages[0]
    assert pages[1].startswith("Context: the place")
    assert len(pages) <= 14


def test_it_stands_alone_and_needs_no_script(chromium, page_file):
    asked, said = [], []
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_file.as_uri())
    text = page.locator("main").inner_text()
    assert {url.split(":")[0] for url in asked} <= {"file", "data"} and said == []
    assert page.evaluate(
        "[...document.images].every(one => one.alt.length > 20 && one.complete && one.naturalWidth > 0)"
    )
    page.close()
    bare = chromium.new_context(java_script_enabled=False)
    without = bare.new_page()
    without.goto(page_file.as_uri())
    assert without.locator("main").inner_text() == text
    bare.close()
