"""Invented classes for the style page's pictures: full, with long names, and empty."""

from __future__ import annotations

from datetime import date, timedelta

from cecto.foundation.tables import Column, Kind, Link, Table
from cecto.foundation.ui.pictures.bars import Bar, Bars
from cecto.foundation.ui.pictures.district_map import District, DistrictMap
from cecto.foundation.ui.pictures.grid import Grid, GridCell, GridColumn, GridRow
from cecto.foundation.ui.pictures.year import Day, Year

NAMES = (
    "Ana Beltrán Ruiz",
    "Dwayne O’Neal",
    "José Ángel Villaseñor-Whitaker",
    "Wilhelmina-Élodie Montgomery-Featherstonehaugh & Daughters of Mooresville",
    "Łukasz Żółkowski",
    "Mary Smith",
    "Mary Smith",
    "Xu",
)
COMPETENCIES = (
    "Effective use of technology",
    "Security",
    "Pace of new technology",
    "Organizational transformation",
    "IT governance",
    "Project and risk management",
    "Legal and regulatory issues",
    "Communications and leadership",
)
STATUSES = ("met", "pending", "open", "met", "impossible", "met", "waived", "not-applicable", "undecided")
START = date(2015, 8, 11)
TODAY = date(2016, 1, 19)


def grid() -> Grid:
    """Eight people, eleven requirements, every status."""
    columns = [
        GridColumn(name, name) for name in ("Hours of instruction", *COMPETENCIES, "Project", "Sessions together")
    ]
    return Grid(
        "Class of 2016, technology directors",
        "Each row is a person, each column a requirement, as of January 19, 2016.",
        columns,
        [
            GridRow(name, _cells(at, len(columns)), "#", "Chapel Hill-Carrboro City Schools")
            for at, name in enumerate(NAMES)
        ],
    )


def _cells(row: int, width: int) -> list[GridCell]:
    words = [STATUSES[(row * 5 + column * 3) % len(STATUSES)] for column in range(width)]
    return [
        GridCell(word, f"{(row + 1) * (at + 3) * 0.5:g} h" if at < 9 else "", "Six more hours are scheduled.")
        for at, word in enumerate(words)
    ]


def bars() -> Bars:
    """Hours by competency, one past its target and one empty."""
    return Bars(
        "Hours by competency",
        "What is credited, what is scheduled, and the gold line where a competency has its own minimum.",
        [Bar(name, at * 330, 900 if at % 3 == 0 else 0, 300) for at, name in enumerate(COMPETENCIES)],
    )


def year() -> Year:
    """Two consecutive days a month from August to June, one canceled."""
    firsts = [START + timedelta(weeks=4 * at) for at in range(11)]
    days = [Day(on + timedelta(days=more), "IT governance", _state(on), "#") for on in firsts for more in (0, 1)]
    return Year(
        "The class year",
        "Two days a month. The month with the gold edge is the present one.",
        START,
        date(2016, 6, 28),
        TODAY,
        [*days, Day(date(2016, 3, 30), "Make-up day", "canceled")],
    )


def _state(on: date) -> str:
    if on > TODAY:
        return "scheduled"
    return "to-settle" if TODAY - on < timedelta(days=28) else "settled"


def districts() -> DistrictMap:
    """Some counties in each shade, two city districts in one county, one unknown place."""
    return DistrictMap(
        "Districts served",
        "Counties whose districts sent people to the program since 2010.",
        [
            District("Wake County Schools", "Wake County", 5),
            District("Buncombe County Schools", "Buncombe County", 3),
            District("Dare County Schools", "Dare County", 1),
            District("Cherokee County Schools", "Cherokee County", 1),
            District("Asheville City Schools", "Asheville (city unit in Buncombe County)", 1),
            District("Lexington City Schools", "Lexington (city unit in Davidson County)", 2),
            District("Thomasville City Schools", "Thomasville (city unit in Davidson County)", 1),
            District("Eno River Academy", "", 1),
        ],
    )


def roster() -> Table:
    """A table with a column of every kind."""
    return Table(
        "Roster of the class of 2016",
        (
            Column("Name"),
            Column("District"),
            Column("Hours", Kind.HOURS),
            Column("Done", Kind.PERCENT),
            Column("Last day", Kind.DATE),
            Column("Status", Kind.STATUS),
        ),
        [
            (Link(name, "#"), "Chapel Hill-Carrboro City Schools", at * 1905, at * 13, TODAY, STATUSES[at])
            for at, name in enumerate(NAMES)
        ],
        foot=("All 8", "", 53340, "", "", ""),
        note="As of January 19, 2016",
    )
