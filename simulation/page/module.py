"""The module that a page runs: found by the fingerprint of the sources, or built on first use in a checkout."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from simulation.jit import COMPILED_SOURCES, cache_root, locked, sources
from simulation.scenario.errors import ScenarioError

BUILT = Path(__file__).parent / "built"  # of a wheel, which carries its module; a checkout has none
BUILDING = "Compiling the month for the browser, once: for a minute or two"
SOURCES = (*COMPILED_SOURCES, "page/retarget.py")
LINKER = "ziglang"


def name() -> str:
    """The name of the module's file: the fingerprint of the sources that it is made of, whatever numba's version."""
    return f"{sources(SOURCES)[:16]}.wasm"


def module(say: Callable[[str], None] = lambda said: None) -> bytes:
    """Give the module of these very sources; `say` is told when it has to be built.

    A module of other sources is refused, and one that cannot be built raises `ScenarioError`.
    """
    for folder in (BUILT, cache_root()):
        if (folder / name()).is_file():
            return (folder / name()).read_bytes()
    if stale := sorted(BUILT.glob("*.wasm")):
        problem = "the compiled month belongs to other sources than these, so that a page would show other numbers"
        raise ScenarioError(problem, file=stale[0], hint="install the package anew, or in a checkout run make module")
    return built(cache_root(), say)


def built(folder: Path, say: Callable[[str], None] = lambda said: None) -> bytes:
    """Build the module into a folder, unless another process has done so meanwhile."""
    if find_spec(LINKER) is None:
        problem = "the month has to be compiled for the browser once, and its linker is missing"
        raise ScenarioError(problem, hint=f'install it: pip install "{LINKER}>=0.14"')
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "module.lock"):
            if not (folder / name()).is_file():
                say(BUILDING)
                (folder / name()).write_bytes(_build())
            return (folder / name()).read_bytes()
    except OSError as error:
        raise ScenarioError(f"the compiled month cannot be kept ({error.strerror})", file=folder) from None


def _build() -> bytes:
    """Compile in a process of its own, where numba writes for any processor."""
    around = os.environ | {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_DISABLE_JIT": "0"}
    around["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    with TemporaryDirectory() as place:
        out = Path(place) / "month.wasm"
        said = subprocess.run(
            [sys.executable, "-m", "simulation.page.retarget", str(out)], env=around, capture_output=True, text=True
        )
        if said.returncode or not out.is_file():
            last = (said.stderr.strip().splitlines() or ["no reason was given"])[-1]
            raise ScenarioError(f"the month could not be compiled for the browser: {last}")
        return out.read_bytes()
