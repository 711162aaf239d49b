"""The one place that compiles functions: it sets every flag and the folder of the cache.

numba looks only at a function's own file to decide whether its cache is valid. After an edit in another file the function
would silently call the old code. So the name of the cache folder is a hash of all compiled sources and numba's version.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from types import FunctionType

import numba

try:
    import fcntl
except ImportError:  # not on Windows, where processes may compile twice
    fcntl = None

COMPILED = not numba.config.DISABLE_JIT


# A test checks that every file with a compiled function is in this list.
COMPILED_SOURCES = (
    "jit.py", "exponential.py", "draws.py", "columns.py", "rows.py", "ties.py", "program.py", "record.py", "tables.py",
    "arrivals.py", "outcomes/*.py", "scenario/*.py", "rules/*.py", "steps/*.py", "matching/*.py", "evidence/patterns/block.py",
)  # fmt: skip


@cache  # since the sources may be edited after they are imported
def sources(patterns: tuple[str, ...] = COMPILED_SOURCES) -> str:
    """The hash of some source files of the package, by default of all compiled ones, as hexadecimal digits."""
    package, digest = Path(__file__).parent, hashlib.sha256()
    for pattern in patterns:
        for path in sorted(package.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def fingerprint() -> str:
    """The hash of all compiled source files and of numba's version, as 16 hexadecimal digits."""
    return hashlib.sha256(f"{numba.__version__} {sources()}".encode()).hexdigest()[:16]


def cache_root() -> Path:
    """The folder of all that is compiled: in `MENTORSHIP_CACHE`, or in the user's cache folder."""
    root = os.environ.get("MENTORSHIP_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return Path(root) / "mentorship"


def cache_folder() -> Path:
    """The folder of what numba compiled of these very sources."""
    return cache_root() / fingerprint()


def _use_cache() -> bool:
    """Make the cache folder; without one, every process compiles anew."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: this user has no home
        return False
    numba.config.CACHE_DIR = str(cache_folder())
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process pass at a time, where there are such locks."""
    if fcntl is None:
        yield
        return
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def one_compiles() -> Iterator[None]:
    """Let one process compile while others that share the cache wait; they load its code afterwards."""
    with locked(cache_folder() / "lock") if _CACHE else nullcontext():
        yield


def is_cold() -> bool:
    """Whether the month is not in the cache, so that the first run has to compile."""
    return COMPILED and not (_CACHE and any(cache_folder().glob("*/program.advance-*.nbi")))


_CACHE = COMPILED and _use_cache()
_ALWAYS = {"cache": _CACHE, "error_model": "numpy", "nogil": True, "no_cfunc_wrapper": True}  # nothing is called from C
# A rule allocates nothing, so it needs no reference counting, which would take longer than the rule. It is always inlined: a
# call would pass the state by value, a hundred arguments, which takes longer than what most rules do.
rule = numba.njit(_nrt=False, forceinline=True, **_ALWAYS)
# Only compiled code calls an inner function; without an entry from Python it compiles in half the time.
inner = numba.njit(_nrt=False, forceinline=True, no_cpython_wrapper=True, **_ALWAYS)
# A step may make arrays.
step = numba.njit(**_ALWAYS)
# A passage of the month only names steps. It is written into its caller: else all they call would be compiled once more.
passage = numba.njit(inline="always", **_ALWAYS)


def written(function: Callable) -> FunctionType:
    """Give a function as it is written, before compiling."""
    return getattr(function, "py_func", function)


@cache
def takes(function: Callable) -> tuple[str, ...]:
    """Give the names of what a function takes."""
    code = written(function).__code__
    return code.co_varnames[: code.co_argcount]
