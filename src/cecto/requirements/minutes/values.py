"""How a pool values entries, made ready: rules with the bits of their filters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadyValue:
    """A value rule with its filter's bit; `minutes` is None for as logged."""

    bit: int
    minutes: int | None
    per: str
    first_only: str


@dataclass(frozen=True, slots=True)
class Valuation:
    """How a pool values entries."""

    rules: tuple[ReadyValue, ...] = ()
    distinct: tuple[str, ...] = ()


NO_VALUATION = Valuation()
