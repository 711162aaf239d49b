"""Checksums, which show whether stored content was changed or damaged."""

import hashlib
import json
from typing import Any


def sha(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def with_checksum(facts: dict[str, Any]) -> dict[str, Any]:
    """Add the SHA-256 of the facts, under the name `seal`."""
    kept = {name: value for name, value in facts.items() if name != "seal"}
    return {**kept, "seal": sha(json.dumps(kept, sort_keys=True, default=str).encode())}


def is_unchanged(facts: Any) -> bool:
    """Whether the facts are still as they were written."""
    try:
        return isinstance(facts, dict) and facts.get("seal") == with_checksum(facts)["seal"]
    except RecursionError:
        return False
