"""Classes before this system: facts published by the program's partners, each with its source (history.csv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TRACKS = {"technology-director": "Technology directors", "superintendent": "Superintendents"}


@dataclass(frozen=True, slots=True)
class PastTrack:
    """What a source says of one track of one past class: how many began and completed (None where it does not say).

    With the running total, and what that counts.
    """

    class_label: str
    started: str
    ended: str
    track: str
    began: int | None
    completed: int | None
    running_total: int | None
    running_total_of: str
    source: str


@cache
def past_tracks() -> tuple[PastTrack, ...]:
    """Every past class and track with published figures, the latest class first."""
    text = files("cecto.public").joinpath("history.csv").read_text(encoding="utf-8")
    rows = [_read(row) for row in csv.DictReader(text.splitlines())]
    return tuple(sorted(rows, key=lambda row: row.started, reverse=True))


def _read(row: dict[str, str]) -> PastTrack:
    return PastTrack(
        class_label=row["class_label"],
        started=row["started"],
        ended=row["ended"],
        track=_TRACKS[row["track"]],
        began=_number(row["began"]),
        completed=_number(row["completed"]),
        running_total=_number(row["running_total"]),
        running_total_of=row["running_total_of"],
        source=row["source"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
