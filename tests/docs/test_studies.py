"""The guide to studies, and what the README says of them: files load, commands and scripts do what they say."""

import os
import re
import socket
import subprocess
import sys

import pytest
from fences import ROOT, fences, file_of

from simulation.scenario.study import Design, DesignKind, Factor, Study, Table
from simulation.studies.points import rows_of
from simulation.studies.setup import set_up

PAGE = "simulation/studies/README.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")
ELSEWHERE = ("dask_jobqueue", "dask_kubernetes", "mpi4py")  # what no single machine has
# The words of the guide's commands, as the Python of these tests.
WORDS = """
set -eu
trap 'kill $(jobs -p) 2>/dev/null || true; wait || true' EXIT
mentorship() { "$PYTHON" -m simulation "$@"; }
dask() { exec "$PYTHON" -m dask "$@"; }
"""


def of(language):
    """The blocks of the guide in a language."""
    return [fence for fence in fences(PAGE) if fence.language == language]


def done(folder, *words):
    """What a command says that is given in a folder, and must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHON": sys.executable}
    told = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A reader's folder with the study of the guide."""
    folder = tmp_path_factory.mktemp("desk")
    for fence in of("toml"):
        (folder / file_of(fence)).write_text(fence.text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def carried_out(desk):
    """The same folder, with the study carried out by the commands of the guide."""
    (block,) = [fence.text for fence in of("sh") if "dask" not in fence.text]
    done(desk, "bash", "-c", WORDS + block)
    return desk


def test_studies_load_and_have_their_points(desk):
    assert of("toml")
    for fence in of("toml"):
        setup = set_up(desk / file_of(fence))
        assert len(rows_of(setup)) == setup.study.design.points


def test_every_field_design_and_table_is_named():
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))
    fields = {*Study.model_fields, *Factor.model_fields, *Design.model_fields}
    assert not (fields | set(map(str, DesignKind)) | set(map(str, Table))) - words
    (study,) = [fence.text for fence in of("toml")]
    assert not [name for name in {*Study.model_fields, *Factor.model_fields} if not re.search(rf"\b{name}\b", study)]


@pytest.mark.jit_only
def test_commands_carry_out_and_scripts_read(carried_out):
    assert (carried_out / "results/protected/manifest.json").is_file()
    (fence,) = [fence for fence in of("python") if fence.before == "New file `read.py`:"]
    (carried_out / file_of(fence)).write_text(fence.text, encoding="utf-8")
    said = done(carried_out, sys.executable, file_of(fence))
    assert "six_tips" in said and "identity_required" in said
    for name in re.findall(r"^\| `(\w+)[/.]", TEXT, re.MULTILINE):
        assert list((carried_out / "results/protected").glob(f"{name}*"))


@pytest.mark.jit_only
def test_processes_give_the_same_tables(carried_out):
    (fence,) = [fence for fence in of("python") if "ProcessPoolExecutor" in fence.text]
    (carried_out / file_of(fence)).write_text(fence.text, encoding="utf-8")
    digest = done(carried_out, sys.executable, file_of(fence)).split()[-1]
    assert digest in (carried_out / "results/protected/manifest.json").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.jit_only
def test_workers_of_dask_give_the_same_tables(carried_out):
    (block,) = [fence.text for fence in of("sh") if "dask" in fence.text]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    block = block.replace("--port 8786", f"--port {port} --host 127.0.0.1 --dashboard-address 127.0.0.1:0")
    done(carried_out, "bash", "-c", WORDS + block.replace("8786", port))
    digests = [
        re.search(r'"digest": "(\w{64})"', (carried_out / "results" / name / "manifest.json").read_text("utf-8"))[1]
        for name in ("dask", "protected")
    ]
    assert digests[0] == digests[1]


def test_scripts_for_clusters_compile_and_call_sweep_as_it_is():
    scripts = [fence.text for fence in of("python") if any(name in fence.text for name in ELSEWHERE)]
    assert len(scripts) == len(ELSEWHERE)
    for script in scripts:
        compile(script, PAGE, "exec")
    calls = set(re.findall(r"from (simulation\S*) import (\w+)", "".join(scripts)))
    assert calls == {("simulation.studies.sweep", "sweep")}


def test_readings_named_in_the_guide_exist():
    for name in re.findall(r"`((?:notebooks|simulation|scenarios)/[^`]+)`", TEXT):
        assert (ROOT / name).exists(), name
    assert len(TEXT.splitlines()) <= 190
