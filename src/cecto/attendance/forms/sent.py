"""What a device sends as JSON: an account, its name for itself, and marks with keys of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from cecto.attendance.actions import Marking, Said
from cecto.attendance.forms.clock import at_clock
from cecto.attendance.markings import WHERE
from cecto.attendance.models import Mark
from cecto.attendance.queries.sessions import attendees
from cecto.classes.schedule.queries import Session
from cecto.foundation.keys import is_key

STATES = ("present", "absent", "partly", "cleared")


class Unreadable(ValueError):
    """What was sent is not of the form; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SentLot:
    """What a device sent at once. `refused` tells, by key, what could not be read and why."""

    account: str
    device: str
    said: tuple[Said, ...]
    refused: dict[str, str]


def read_lot(body: bytes, session: Session) -> SentLot:
    """The marks that a device sent. Raises Unreadable; one mark that cannot be read does not hold up the others."""
    try:
        lot = json.loads(body)
        account, device, marks = str(lot["account"]), str(lot["device"]), list(lot["marks"])
        keys = [str(mark["key"]) for mark in marks]
    except (ValueError, KeyError, TypeError):
        raise Unreadable("This is not what a roster page sends. Reload the page.") from None
    if not all(map(is_key, [device, *keys])):
        raise Unreadable("A key is not one that a roster page makes. Reload the page.")
    people = {attendee.person.key: attendee.person.pk for attendee in attendees(session)}
    return _read(account, device, marks, people, session)


def _read(account: str, device: str, marks: Iterable[Any], people: dict[str, int], session: Session) -> SentLot:
    said, refused = [], {}
    for mark in marks:
        try:
            said.append(_said(mark, people, session))
        except KeyError:
            refused[mark["key"]] = "This person is no longer of the session’s classes, or the mark is not whole."
        except (ValueError, TypeError, OverflowError):
            refused[mark["key"]] = "The times of this mark cannot be read."
    return SentLot(account, device, tuple(said), refused)


def _said(mark: dict[str, Any], people: dict[str, int], session: Session) -> Said:
    if mark["state"] not in STATES or mark.get("where", "") not in ("", *WHERE):
        raise KeyError(mark["state"])
    came = at_clock(session, _clock(mark["came"]), near=session.revision.starts_at)
    left = at_clock(session, _clock(mark["left"]), near=session.revision.ends_at)
    where = str(mark.get("where", ""))
    marking = Marking(people[mark["person"]], Mark.State(mark["state"]), came, left, modality=where)
    seen = int(mark["seen"])
    said_at = datetime.fromisoformat(mark["said_at"])
    if seen < 0 or said_at.tzinfo is None:
        raise ValueError(mark["said_at"])
    return Said(mark["key"], marking, seen, said_at)


def _clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
