"""The one way a function is compiled, so that every flag and the place of the cache are decided once.

numba keys its cache by the caller's own file: after an edit in another file the caller would go on calling the old
code, silently. The cache therefore lives in a folder named by a hash of all compiled sources and of numba's version.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numba

try:
    import fcntl
except ImportError:  # not on Windows, where processes may compile twice
    fcntl = None

COMPILED = not numba.config.DISABLE_JIT


# A test holds this list to the files that name a compiled function.
COMPILED_SOURCES = (
    "jit.py", "draws.py", "columns.py", "rows.py", "ties.py", "program.py", "record.py", "outcomes/*.py", "tables.py",
    "scenario/*.py", "rules/*.py", "steps/*.py", "matching/*.py", "evidence/patterns/block.py",
)  # fmt: skip


@cache  # as the sources were when they were imported, though they may be edited since
def fingerprint() -> str:
    """The hash of every source file with compiled code and of numba's version, 16 hexadecimal digits."""
    package = Path(__file__).parent
    digest = hashlib.sha256(numba.__version__.encode())
    for pattern in COMPILED_SOURCES:
        for path in sorted(package.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept between commands: `MENTORSHIP_CACHE`, or the user's cache folder."""
    root = os.environ.get("MENTORSHIP_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return Path(root) / "mentorship" / fingerprint()


def _use_cache() -> bool:
    """Whether the cache can be kept; a machine without a writable home compiles anew each time."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: this user has no home
        return False
    numba.config.CACHE_DIR = str(cache_folder())
    return True


@contextmanager
def one_compiles() -> Iterator[None]:
    """While one process compiles, others that share the cache wait, and then load what it made."""
    if fcntl is None or not _CACHE:
        yield
        return
    with open(cache_folder() / "lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def is_cold() -> bool:
    """Whether nothing was compiled yet, so that the first run has to."""
    return COMPILED and not (_CACHE and any(cache_folder().glob("*/*.nbi")))


_CACHE = COMPILED and _use_cache()
# A rule allocates nothing, so it needs no counting of references, which would cost more than the science.
rule = numba.njit(cache=_CACHE, error_model="numpy", nogil=True, _nrt=False)
# An inner function is called by compiled code alone; without a way in from Python it compiles in half the time.
inner = numba.njit(
    cache=_CACHE, error_model="numpy", nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True
)
# A step may make arrays.
step = numba.njit(cache=_CACHE, error_model="numpy", nogil=True)
