"""How a field of a world or a policy is declared: what it is, its unit, its range, its default and its source."""

from typing import Any

import pydantic


class Section(pydantic.BaseModel):
    """A frozen group of fields that knows no field but its own."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)


def quantity(default: Any, text: str, unit: str, *, low=None, high=None, source: str = "assumed") -> Any:
    """A field with its meaning, unit, closed range [low, high] and source (a row of the evidence, or "assumed")."""
    return pydantic.Field(
        default, description=text, ge=low, le=high, json_schema_extra={"unit": unit, "source": source}
    )


def share(default: float, text: str, source: str = "assumed") -> Any:
    """A field in [0, 1] without a unit."""
    return quantity(default, text, "share", low=0.0, high=1.0, source=source)


def weight(default: float, text: str, low: float, high: float, source: str = "assumed"):
    """A weight or a log odds, without a unit."""
    return quantity(default, text, "weight", low=low, high=high, source=source)


def monthly(default: float, text: str, source: str = "assumed"):
    """A share of the way to a target that is covered in a month."""
    return quantity(default, text, "per month", low=0.0, high=1.0, source=source)
