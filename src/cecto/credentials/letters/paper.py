"""What every letter and statement is: words, figures and tables under a number, set as PDF/A-3a and PDF/UA-1.

The number is made from what the paper says, so the same paper made again bears the same one: whoever doubts a copy asks
for it anew and compares.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from cecto.credentials.codes import ALPHABET, LENGTH, printed
from cecto.credentials.typesetting import refuse_unshowable, set_pdf

TEMPLATE = "letter-1"
HOW = {"f2f": "In person", "sync": "Live online", "async": "Own time", "": ""}


@dataclass(frozen=True, slots=True)
class Listing:
    """A table under a heading. A width (inches) of 0 takes what is left; the last `numbers` columns are figures.

    Without rows `empty` is said instead.
    """

    heading: str
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 1
    empty: str = "Nothing."


@dataclass(frozen=True, slots=True)
class Written:
    """One paper: its title, program, first sentence, facts by label, large figures by label, tables, small print and
    the exceptions it rests on.

    `private` are labels of facts that are printed but leave the number alone, as `told` does: the minutes that it
    totals, by the key of each enrollment. A statement's `period` is its first day and the day after its last.
    """

    title: str
    about: str
    program: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    totals: tuple[tuple[str, str], ...]
    parts: tuple[Listing, ...]
    explanation: str
    recorded_on: date
    exceptions: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    period: tuple[date, date] | None = None

    @property
    def number(self) -> str:
        """Twelve symbols from everything that the paper says about hours."""
        said = asdict(self) | {"facts": [fact for fact in self.facts if fact[0] not in self.private]}
        del said["told"], said["period"]
        digest = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).digest()
        return f"H-{printed(''.join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH]))}"


def papers_pdf(papers: Sequence[Written], *, issuer: str, at: datetime) -> bytes:
    """Set papers one after another in one file; `at` is when. Raises CannotPrint."""
    told = [_told(paper, issuer) for paper in papers]
    refuse_unshowable(_words(told))
    first = papers[0]
    title = f"{first.title} – {first.about}" if len(papers) == 1 else f"{first.title}: {len(papers)} papers"
    whole = {"title": title, "issuer": issuer, "description": first.summary, "documents": told}
    return set_pdf(TEMPLATE, whole, at=at)


def day_text(day: date) -> str:
    """A date as `June 20, 2016`."""
    return f"{day:%B %-d, %Y}"


def short_day(day: date) -> str:
    """A date as `Jun 20, 2016`."""
    return f"{day:%b %-d, %Y}"


def _told(paper: Written, issuer: str) -> dict[str, Any]:
    recorded = day_text(paper.recorded_on)
    said = {"Paper number": paper.number, "Hours as recorded on": recorded}
    return {
        "title": paper.title,
        "program": paper.program,
        "summary": paper.summary,
        "facts": [{"label": label, "value": value} for label, value in (*paper.facts, *said.items()) if value],
        "totals": [{"figure": figure, "label": label} for figure, label in paper.totals],
        "parts": [asdict(part) for part in paper.parts],
        "exceptions": paper.exceptions,
        "explanation": paper.explanation,
        "footer": f"{issuer} · {paper.number} · hours as recorded on {recorded}",
    }


def _words(told: Any) -> Iterator[str]:
    """Every text in nested lists and mappings."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from _each(told.values())
    elif isinstance(told, (list, tuple)):
        yield from _each(told)


def _each(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _words(value)
