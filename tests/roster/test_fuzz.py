"""Whatever sheets and mappings are given, a world comes of them or one line that says why not."""

import pytest
from drawn_sheets import drawn, must_end_well
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(max_examples=300)
@given(seed=st.integers(0, 10**12))
def test_any_sheets_end_well(seed, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp() / "drawn"
    folder.mkdir(exist_ok=True)
    drawn(folder, seed)


@pytest.mark.parametrize("raw", [b"Track;Site\n\x85,\x85\n", b"a\n=1\n", "Dept\n²\n٣\n".encode(), b"\xff\xfe\n", b"sep=;\n", b'Dept,PGY\n"\n', b"\x1a" * 9])
def test_strange_sheets_end_well(raw, tmp_path):
    must_end_well(tmp_path, raw, b"Dept,PGY\n" + b"Medicine,1\n" * 5, None)
    must_end_well(tmp_path, b"Dept\n" + b"Medicine\n" * 5, raw, None)
