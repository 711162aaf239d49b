"""The words of users mean what they say: in figures, in the brief and on the screen no sign in them is markup."""

import html
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from simulation.cli import main
from simulation.figures import drawn, style, wording

SIGNS = st.text("$_\\{}[]<>&'\"%^#~|*`/.:;@ aB1é√", min_size=1, max_size=12).filter(str.strip)
WORDS = ("policy", "group", "discipline", "title")
NASTY = ["stipend $500 or $1000", r"pay $\frac{1}$ now", "[bold]red[/bold] [/]", "<b>us & them</b>", "{0} {policy} %s", "..", "a_$x_$y_b"]


def written(folder):
    """A text of every file with words: the page, and what the vector graphics say of their texts."""
    page = html.unescape(re.sub(r'src="data:[^"]*"', "", (folder / "brief.html").read_text(encoding="utf-8")))
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "figures").glob("*.svg"))]
    return page, {html.unescape(said) for text in texts for said in re.findall(r"<!-- (.*?) -->", text, re.DOTALL)}


def compared(folder, policy, group, discipline, title):
    """Compare in a world with these words; what was said, and what was written."""
    quoted = {name: json.dumps(word, ensure_ascii=False) for name, word in
              {"policy": policy, "group": group, "discipline": discipline, "title": title}.items()}  # fmt: skip
    shares = f"{{ {quoted['group']} = 0.5, 'the others' = 0.5 }}"
    (folder / "w.toml").write_text(
        f"title = {quoted['title']}\n[people]\nmentees = 16\nmentors = 8\nmonths = 13\n"
        f"[[disciplines]]\nname = {quoted['discipline']}\nmentees = 0.5\n[[disciplines]]\nname = 'zz'\nmentees = 0.5\n"
        f"[[identities]]\nname = 'income'\ngroups = [{quoted['group']}, 'the others']\nmentees = {shares}\nmentors = {shares}\n",
        encoding="utf-8",
    )
    (folder / "p.toml").write_text(f"extends = 'six_tips'\nname = {quoted['policy']}\ntitle = {quoted['title']}\n", encoding="utf-8")
    return main(["compare", str(folder / "w.toml"), "ad_hoc", str(folder / "p.toml"), "--replicates", "2", "--out", str(folder / "out")])


@pytest.mark.jit_only  # a run adds nothing to what words do to figures
@settings(max_examples=2)  # each draws seven figures
@given(policy=SIGNS, group=SIGNS, discipline=SIGNS, title=SIGNS)
@example(**dict(zip(WORDS, NASTY[:4], strict=True)))
@example(**dict(zip(WORDS, NASTY[3:], strict=True)))
def test_a_comparison_with_any_words(policy, group, discipline, title, tmp_path_factory, capsys):
    folder, discipline = tmp_path_factory.mktemp("words"), discipline.replace(":", ";")
    assert compared(folder, policy, group, discipline, title) == 0
    said = capsys.readouterr()
    assert "could not be drawn" not in said.err, said.err
    assert f"Comparing 2 policies in {title}." in " ".join(said.err.split("\n"))
    assert "Traceback" not in said.err
    page, figures = written(folder / "out")
    assert f"<h1>{title}: which mentoring policy?</h1>" in page
    assert any(f"  {title.rstrip()}  " in line or line.strip().startswith(title.strip()) for line in said.out.splitlines())
    together = {" ".join(text.split()) for text in figures}
    for word in (policy, group):
        plain = " ".join(wording.words(word).split())
        assert any(plain in text for text in together) or not plain, (plain, together)


def test_a_dollar_sign_is_no_formula_whoever_draws():
    @style.housed
    def draw():
        figure = style.sheet()
        ax = figure.add_subplot()
        ax.set_title(r"$\frac{1}$")
        ax.set_yticks([0, 1], ["$a$", "b"])
        ax.plot([0, 1], label="$0-$50k")
        ax.legend()
        return figure

    figure = draw()
    texts = [text for text in figure.findobj(lambda one: hasattr(one, "get_parse_math")) if "$" in text.get_text()]
    assert len(texts) >= 2
    assert not any(text.get_parse_math() for text in texts)


@pytest.mark.parametrize("names", [["a/b", "a b", "A_B", ".."], ["", " "], ["$", "é"]])
def test_figures_get_names_that_are_fit_for_files(names, tmp_path):
    fit = drawn.named((f"curves_{name}", Figure) for name in names)
    stems = [stem for stem, _ in fit]
    assert len({stem.casefold() for stem in stems}) == len(names)
    for stem in stems:
        (tmp_path / f"{stem}.png").touch(exist_ok=False)


@pytest.mark.parametrize(("name", "said"), [
    ("six_tips", "six tips"), ("NASA_program", "NASA program"), ("LGBTQ", "LGBTQ"), ("McGill", "mcGill"), ("cipp", "CIPP"),
])  # fmt: skip
def test_a_name_inside_a_sentence_keeps_its_capitals(name, said):
    assert wording.inside(wording.words(name)) == said
    assert wording.compared("retention", name, "ad_hoc") == f"Retention: {said} compared with ad hoc"
