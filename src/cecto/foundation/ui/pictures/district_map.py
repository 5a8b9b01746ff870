"""The map of districts served: North Carolina's counties, those with people filled, city districts as points.

Shapes: U.S. Census county boundaries by way of the npm package us-atlas; tools/ui/counties.mjs makes nc_counties.json.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

SHAPES = Path(__file__).parent / "nc_counties.json"
# From how many people on a county is drawn in each of the three shades.
SHADES = ((4, 3), (2, 2), (1, 1))
_SPREAD = 12
_CITY_UNIT = "city unit in "


@dataclass(frozen=True)
class District:
    """A district and how many people came from it. `place` as the N.C. list of districts has it: "Wake County", or for
    a city district "Asheville (city unit in Buncombe County)", which is drawn as a point.
    """

    name: str
    place: str
    people: int

    @property
    def county(self) -> str:
        """The county's name without the word County."""
        return self.place.rpartition(_CITY_UNIT)[2].rstrip(")").removesuffix(" County").strip()

    @property
    def is_city(self) -> bool:
        """Whether it is one of the city districts inside a county."""
        return _CITY_UNIT in self.place


@dataclass(frozen=True)
class County:
    """One county's shape, its middle, and its shade from 0 (nobody) to 3."""

    name: str
    path: str
    x: int
    y: int
    people: int = 0
    shade: int = 0


@dataclass(frozen=True)
class Point:
    """A city district on the map."""

    district: District
    x: int
    y: int


@dataclass(frozen=True)
class DistrictMap:
    """The map. Districts whose county is not one of North Carolina's 100 stand in the table only."""

    title: str
    description: str
    districts: Sequence[District]

    @property
    def counties(self) -> list[County]:
        """Every county with the people of its county districts."""
        people: dict[str, int] = defaultdict(int)
        for district in self.districts:
            if not district.is_city:
                people[district.county] += district.people
        return [_peopled(county, people[county.name]) for county in shapes().values()]

    @property
    def points(self) -> list[Point]:
        """City districts with people, side by side in the middle of their county."""
        cities: dict[str, list[District]] = defaultdict(list)
        for district in self.districts:
            if district.is_city and district.people and district.county in shapes():
                cities[district.county].append(district)
        return [point for name, found in cities.items() for point in _placed(shapes()[name], found)]

    @property
    def table(self) -> list[District]:
        """The districts with people, most first."""
        served = [district for district in self.districts if district.people]
        return sorted(served, key=lambda district: (-district.people, district.name))

    @property
    def view_box(self) -> str:
        """The drawing's frame."""
        return f"0 0 {_file()['width']} {_file()['height']}"


@cache
def shapes() -> dict[str, County]:
    """The 100 counties by name."""
    return {row["name"]: County(row["name"], row["path"], row["x"], row["y"]) for row in _file()["counties"]}


@cache
def _file() -> dict[str, Any]:
    return cast(dict[str, Any], json.loads(SHAPES.read_text()))


def _peopled(county: County, people: int) -> County:
    shade = next((shade for least, shade in SHADES if people >= least), 0)
    return County(county.name, county.path, county.x, county.y, people, shade)


def _placed(county: County, districts: Sequence[District]) -> list[Point]:
    left = county.x - _SPREAD * (len(districts) - 1) // 2
    return [Point(district, left + _SPREAD * at, county.y) for at, district in enumerate(districts)]
