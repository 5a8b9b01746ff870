"""Past classes as the story invents them (past.csv, as it is imported), and who lets the registry list what of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from cecto.demo.story.people import people
from cecto.demo.story.reading import rows


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone lets the registry list from a day on; `letter_of`, the day of their letter, if they say it so."""

    name: str
    fields: frozenset[str]
    on: date
    letter_of: date | None

    @property
    def handle(self) -> str:
        """Who they are in the story. Raises StopIteration for someone known from a past class only."""
        return next(one.handle for one in people() if one.name == self.name)


def past_list() -> str:
    """The list of past awards, in the layout that `Import past awards` reads."""
    return (files("cecto.demo.story") / "past.csv").read_text(encoding="utf-8")


@cache
def past_names() -> frozenset[str]:
    """Everyone on that list."""
    return frozenset(row["Name"] for row in rows("past.csv"))


@cache
def wishes() -> tuple[Wish, ...]:
    """Every word on the registry, in order of time."""
    return tuple(
        Wish(
            row["name"],
            frozenset(row["fields"].split()),
            date.fromisoformat(row["on"]),
            date.fromisoformat(row["letter_of"]) if row["letter_of"] else None,
        )
        for row in rows("listings.csv")
    )
