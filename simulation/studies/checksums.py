"""Sums by which content that was changed or damaged is known."""

import hashlib
import json
from typing import Any


def sha(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sealed(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the SHA-256 of them, so that one that was changed or damaged is known."""
    kept = {name: value for name, value in facts.items() if name != "seal"}
    return {**kept, "seal": sha(json.dumps(kept, sort_keys=True, default=str).encode())}


def is_sealed(facts: Any) -> bool:
    """Whether these are facts as they were written."""
    try:
        return isinstance(facts, dict) and facts.get("seal") == sealed(facts)["seal"]
    except RecursionError:
        return False
