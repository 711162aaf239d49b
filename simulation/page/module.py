"""The module that a page runs: found by the fingerprint of the sources, or built on first use in a checkout."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from simulation.folder import write_whole
from simulation.jit import COMPILED_SOURCES, cache_root, locked, sources
from simulation.scenario.errors import ScenarioError

BUILT = Path(__file__).parent / "built"  # of a wheel, which carries its module; a checkout has none
BUILDING = "Compiling the month for the browser, once: for a minute or two"
INSTALL = 'install it: pip install "mentorship[explorable]"'
SOURCES = (*COMPILED_SOURCES, "page/retarget.py")
LINKER = "ziglang"


def name() -> str:
    """The name of the module's file: the fingerprint of the sources that it is made of, whatever numba's version."""
    return f"{sources(SOURCES)[:16]}.wasm"


def module(say: Callable[[str], None] = lambda said: None) -> bytes:
    """Give the module of these very sources; `say` is told when it has to be built.

    A module of other sources is never taken, and one that cannot be built raises `ScenarioError`.
    """
    kept = _cache()
    for folder in (BUILT, kept):
        if (folder / name()).is_file():
            return (folder / name()).read_bytes()
    stale = sorted(BUILT.glob("*.wasm"))
    if stale and find_spec(LINKER) is None:
        problem = "the compiled month belongs to other sources than these, so that a page would show other numbers"
        raise ScenarioError(problem, file=stale[0], hint="install the package anew")
    return built(kept, say)


def _cache() -> Path:
    """The folder in which a module is kept that was built here."""
    try:
        return cache_root()
    except RuntimeError:
        raise ScenarioError("this user has no home folder", hint="name a folder in MENTORSHIP_CACHE") from None


def built(folder: Path, say: Callable[[str], None] = lambda said: None) -> bytes:
    """Build the module into a folder, unless another process has done so meanwhile."""
    if find_spec(LINKER) is None:
        problem = "the month has to be compiled for the browser once, and its linker is missing"
        raise ScenarioError(problem, hint=INSTALL)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "module.lock"):
            if not (folder / name()).is_file():
                say(BUILDING)
                content = _build()
                write_whole(folder / name(), lambda part: part.write_bytes(content))
            return (folder / name()).read_bytes()
    except OSError as error:
        raise ScenarioError(f"the compiled month cannot be kept ({error.strerror})", file=folder) from None


def _build() -> bytes:
    """Compile in a process of its own, where numba writes for any processor."""
    around = os.environ | {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_DISABLE_JIT": "0"}
    around["MENTORSHIP_CACHE"] = os.devnull  # that of runs is left alone: what lies there is for this very processor
    around["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    with TemporaryDirectory() as place:
        out = Path(place) / "month.wasm"
        command = [sys.executable, "-P", "-m", "simulation.page.retarget", str(out)]
        said = subprocess.run(command, env=around, capture_output=True, text=True)
        if said.returncode or not out.is_file():
            last = (said.stderr.strip().splitlines() or ["no reason was given"])[-1]
            raise ScenarioError(f"the month could not be compiled for the browser: {last}")
        return out.read_bytes()


if __name__ == "__main__":  # for a wheel, which carries its module
    for old in BUILT.glob("*.wasm"):
        old.unlink()
    try:
        content = module(print)
        BUILT.mkdir(exist_ok=True)
        write_whole(BUILT / name(), lambda part: part.write_bytes(content))
    except (ScenarioError, OSError) as error:
        sys.exit(f"mentorship: {error}")
