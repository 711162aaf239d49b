"""Every notebook runs from top to bottom, is kept without outputs, and draws in the house style what its titles name."""

import ast
import base64
import io
import json
import os
import re
from pathlib import Path

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from nbclient import NotebookClient
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

# Put before a notebook's first cell: every figure that is shown tells its titles, and whether
# matplotlib had the settings of the house then.
WATCH = """
import json as _json
from matplotlib.backend_bases import FigureCanvasBase as _Canvas
from matplotlib.text import Text as _Text
_shown, _print_figure = [], _Canvas.print_figure
def _told(self, *args, **kwargs):
    figure, done = self.figure, _print_figure(self, *args, **kwargs)
    titles = [ax.get_title(loc) for ax in figure.axes for loc in ("left", "center", "right")]
    heading = figure._suptitle.get_text() if figure._suptitle else ""
    spines = [ax.spines["top"].get_visible() for ax in figure.axes if ax.axison]
    centred = [ax.get_title("center") for ax in figure.axes]
    _shown.append({
        "titles": [text for text in (heading, *titles) if text.strip()], "framed": any(spines), "centred": any(centred),
        "fonts": sorted({text.get_fontname() for text in figure.findobj(_Text) if text.get_text().strip()}),
    })
    return done
_Canvas.print_figure = _told
"""
TELL = "print(_json.dumps(_shown))"
OWN = [to_rgb(colour) for colour in mpl.rcParamsDefault["axes.prop_cycle"].by_key()["color"]]
DEFAULTS = [np.round(255 * np.array(colour)) for colour in OWN if len(set(colour)) > 1]  # not the grey, which rims of letters have
FEW = 20  # pixels: where two colours meet, any colour may come out


def read(path):
    return nbformat.read(path, as_version=4)


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_they_are_eight_in_their_order():
    assert [int(path.stem[:2]) for path in NOTEBOOKS] == list(range(1, 9))


@each
def test_kept_without_outputs(path):
    notebook = read(path)
    nbformat.validate(notebook)
    assert code_of(notebook) and not any(cell.outputs or cell.execution_count for cell in code_of(notebook))


@each
def test_it_teaches(path):
    """It says for whom it is and what is to be learned, asks the reader, and says what it does not show."""
    text = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    assert re.match(r"# \d\. ", text[0]) and "**For whom:**" in text[0] and "**What you will learn:**" in text[0]
    asked = re.findall(r"\*\*(?:[Bb]efore you |A last question)", "\n".join(text))
    assert len(asked) >= 2
    assert "## What this does not show\n\n* " in "\n".join(text)


@each
def test_links_lead_somewhere(path):
    for cell in read(path).cells:
        for link in re.findall(r"\]\(([^)#]+)", cell.source) if cell.cell_type == "markdown" else ():
            assert (path.parent / link).exists(), link


@each
def test_pictures_of_its_own_are_drawn_in_the_house_style(path):
    """Whoever makes an axes does it within `with house()`."""
    for cell in code_of(read(path)):
        tree = ast.parse(cell.source.replace("%matplotlib inline", ""))
        housed = {
            id(inner) for outer in ast.walk(tree) if isinstance(outer, ast.With)
            for item in outer.items if ast.unparse(item.context_expr) == "house()" for inner in ast.walk(outer)
        }  # fmt: skip
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("plt.")]
        assert all(id(call) in housed for call in calls), cell.source


def pixels_of(outputs):
    """The colours of every picture, as arrays of pixels x 3."""
    for output in outputs:
        if "image/png" in output.get("data", {}):
            picture = Image.open(io.BytesIO(base64.b64decode(output["data"]["image/png"]))).convert("RGB")
            yield np.asarray(picture).reshape(-1, 3)


@pytest.mark.slow
@pytest.mark.jit_only
@pytest.mark.filterwarnings("ignore")
@each
def test_runs(path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    notebook = read(path)
    notebook.cells = [nbformat.v4.new_code_cell(WATCH), *notebook.cells, nbformat.v4.new_code_cell(TELL)]
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=resources).execute()
    *cells, last = code_of(notebook)
    outputs = [output for cell in cells for output in cell.outputs]
    pictures = list(pixels_of(outputs))
    shown = json.loads(last.outputs[0]["text"])
    assert len(shown) == len(pictures) >= 2
    for figure in shown:
        assert figure["titles"], "a picture without a title"
        assert not figure["framed"] and not figure["centred"] and figure["fonts"] == ["DejaVu Sans"], figure
        assert not re.search(r"\bnan\b|\binf\b", " ".join(figure["titles"])), figure
    for pixels in pictures:
        for colour in DEFAULTS:
            assert (pixels == colour).all(axis=1).sum() < FEW, "a colour of matplotlib's own"
    assert not any("Traceback" in output.get("text", "") for output in outputs)
