"""The programs that ship with the product, known by name."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class ProgramFacts:
    """How a program introduces itself; `time_zone` is an IANA name, `partners` those who run it together."""

    code: str
    name: str
    time_zone: str = "America/New_York"
    description: str = ""
    partners: Sequence[str] = ()


def shipped_program(code: str) -> ProgramFacts | None:
    """The program we ship under that code, or None."""
    known = tomllib.loads((files("cecto.programs") / "shipped.toml").read_text(encoding="utf-8"))
    return ProgramFacts(code, **known[code]) if code in known else None
