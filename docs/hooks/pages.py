"""What MkDocs does beyond `mkdocs.yml`: it adds the pages and pictures that are made, and what commands print.

* Pages of the reference are made from the model (`reference.py`), pictures by running it (`pictures.py`).
* Some files of the repository are shown as pages. A link to one of them leads to its page, wherever it stands; a link to
  any other file outside `docs/` becomes plain text.
* A block of the language `output` holds commands. It is replaced by what they print. They run in an empty folder with the
  files that the page lets its reader save, and the figures that they write can be shown by the page.
"""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pictures
import reference
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from walk import OUTPUT, fences, walked

ROOT = Path(__file__).resolve().parents[2]
SHOWN = {
    "simulation/ODD.md": "explanation/odd.md",
    "simulation/EVIDENCE.md": "explanation/evidence.md",
    "simulation/SOURCES.md": "explanation/sources.md",
    "simulation/studies/README.md": "how-to/studies.md",
    "CONTRIBUTING.md": "how-to/contributing.md",
    "CHANGELOG.md": "reference/changes.md",
}
OUTSIDE = re.compile(
    r"""<(?:script|img|iframe)[^>]*\ssrc=["']?(?:https?:)?//"""
    r"""|<link[^>]*rel=["']?(?:stylesheet|preconnect)[^>]*href=["']?(?:https?:)?//"""
)
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#\s:]+)(#[^)\s]*)?\)")
BLOCK = re.compile(rf"^```{OUTPUT}\n(.*?)^```$", re.MULTILINE | re.DOTALL)

printed: dict[str, list[str]] = {}  # by page, what each of its blocks of output prints


def on_files(files, config):
    """Add all that is made: pages, what commands print, and pictures."""
    made = {f"reference/{name}.md": text for name, text in reference.pages().items()}
    made |= {page: (ROOT / source).read_text(encoding="utf-8") for source, page in SHOWN.items()}
    with TemporaryDirectory() as folder:
        for page in [file.src_uri for file in files.documentation_pages()]:
            if any(fence.language == OUTPUT for fence in fences(f"docs/{page}")):
                printed[page], figures = walked(f"docs/{page}", Path(folder) / Path(page).stem)
                made |= {os.path.join(os.path.dirname(page), name): content for name, content in figures.items()}
        made |= {f"explanation/pictures/{name}": content for name, content in pictures.drawn(Path(folder)).items()}
    for uri, content in made.items():
        files.append(File.generated(config, uri, content=content))
    return files


def on_page_markdown(markdown, page, config, files):
    """Put in what commands print, and let links to files of the repository lead to their pages."""
    here = page.file.src_uri
    texts = iter(printed.get(here, ()))
    markdown = BLOCK.sub(lambda block: f"```text\n{next(texts)}```", markdown)
    source = {shown: name for name, shown in SHOWN.items()}.get(here, f"docs/{here}")
    return LINK.sub(lambda link: _rewritten(link, source, here), markdown)


def on_post_page(output, page, config):
    """Refuse a page that would fetch a script, a style or a picture from outside."""
    if found := OUTSIDE.search(output):
        raise PluginError(f"{page.file.src_uri} fetches something from outside: {found[0]}")
    return output


def _rewritten(link, source, here):
    """A link as it must be on the page `here`, which was written for the file `source` of the repository."""
    text, target, anchor = link[1], link[2], link[3] or ""
    path = os.path.normpath(os.path.join(os.path.dirname(source), target))
    if path in SHOWN:
        return f"[{text}]({os.path.relpath(SHOWN[path], os.path.dirname(here))}{anchor})"
    if path.startswith("docs/"):
        return f"[{text}]({os.path.relpath(path[len('docs/'):], os.path.dirname(here))}{anchor})"
    if (ROOT / path).exists():
        return text
    return link[0]  # which MkDocs will complain of
