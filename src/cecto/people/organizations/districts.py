"""The N.C. school districts that ship with the product. districts/README.md says where each column comes from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

REGION_SCHEME = "State Board of Education"
NAMES_AS_OF = "2013–2017"


@dataclass(frozen=True, slots=True)
class District:
    """A school district as shipped; `region` names its scheme, `city` only for a city unit."""

    code: str
    name: str
    county: str
    city: str
    region: str


@dataclass(frozen=True, slots=True)
class DistrictAlias:
    """Another name of a district and who says so."""

    code: str
    name: str
    source: str


def shipped_districts() -> list[District]:
    """The 115 districts, by LEA code."""
    return [
        District(row["lea_code"], row["name"], row["county"], row["city"], f"{row['region']}, {REGION_SCHEME} regions")
        for row in _rows("districts.csv")
    ]


def shipped_aliases() -> list[DistrictAlias]:
    """The other names of districts, by LEA code."""
    return [DistrictAlias(row["lea_code"], row["alias"], row["source"]) for row in _rows("aliases.csv")]


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("cecto.people") / "districts" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
