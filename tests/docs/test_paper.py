"""The paper: it has its sections, and cites what the bibliography holds and nothing else."""

import re

from fences import ROOT

TEXT = (ROOT / "paper.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", (ROOT / "paper.bib").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def test_it_has_its_sections():
    headings = re.findall(r"^# (.+)$", TEXT, re.MULTILINE)
    assert headings[:3] == ["Summary", "Statement of need", "State of the field"]
    assert headings[-1] == "References"
    assert 250 < len(TEXT.split()) < 1750  # as the journal wants it


def test_what_is_cited_is_listed_and_what_is_listed_is_cited():
    cited = set(re.findall(r"@(\w+\d{4}\w+)", TEXT))
    assert cited == set(ENTRIES)


def test_every_entry_has_its_doi():
    for key, entry in ENTRIES.items():
        assert re.search(r"^  doi +=\s\{10\.\d{4,}/\S+\}$", entry, re.MULTILINE), key
