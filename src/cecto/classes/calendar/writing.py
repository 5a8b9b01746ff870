"""Sessions as an iCalendar feed (RFC 5545, with the refresh hints of RFC 7986).

A session keeps its UID for good; each revision has a higher SEQUENCE, and one called off is STATUS:CANCELLED, so that
programs change the event they have instead of adding another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from cecto.classes import words
from cecto.classes.calendar.zones import time_zone
from cecto.classes.schedule.queries import Session

PRODUCT = "-//CeCTO//Schedule//EN"
REFRESH = timedelta(hours=6)
_SECRETS = frozenset(["pwd", "password", "passcode", "pw", "pin", "tk"])
_ADDRESS = re.compile(r"https?://\S+")


def calendar_of(sessions: Sequence[Session], *, name: str, zone: str, host: str) -> bytes:
    """The feed: `name` is what a calendar program calls it, `zone` its time zone, `host` what makes UIDs unique."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    first = min((session.revision.starts_at for session in sessions), default=None)
    for used in sorted({zone, *(session.zone for session in sessions)}):
        calendar.add_component(time_zone(used, first))
    for session in sessions:
        calendar.add_component(_event(session, host))
    return bytes(calendar.to_ical())


def fingerprint(sessions: Sequence[Session], name: str) -> str:
    """Changes whenever the feed would: the ETag of a calendar, without writing it."""
    seen = [(found.key, found.revision.number, [person.name for person in found.instructors]) for found in sessions]
    return hashlib.sha256(repr((name, seen)).encode()).hexdigest()[:32]


def without_secrets(text: str) -> str:
    """The text with every password taken out of the web addresses in it."""
    return _ADDRESS.sub(lambda found: _without_password(found[0]), text)


def _without_password(address: str) -> str:
    """The address without what lets someone in; empty when it is none, since it might be all secret."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _SECRETS]
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, urlencode(kept), ""))


def _event(session: Session, host: str) -> Event:
    revision = session.revision
    event = Event()
    event.add("uid", f"{session.key}@{host}")
    event.add("sequence", revision.number)
    event.add("dtstamp", revision.recorded_at)
    event.add("last-modified", revision.recorded_at)
    event.add("dtstart", _local(revision.starts_at, session.zone))
    event.add("dtend", _local(revision.ends_at, session.zone))
    event.add("summary", f"Canceled: {revision.title}" if session.canceled else revision.title)
    event.add("status", "CANCELLED" if session.canceled else "CONFIRMED")
    event.add("description", _description(session))
    link = without_secrets(revision.link)
    if place := without_secrets(revision.place) or link:
        event.add("location", place)
    if link:
        event.add("url", link)
    return event


def _description(session: Session) -> str:
    parts = [f"{words.said(part.starts_at, session.zone)} {part.title}" for part in session.segments]
    teachers = ", ".join(person.name for person in session.instructors)
    taught = [f"With {teachers}"] if teachers else []
    join = [f"Join: {without_secrets(session.revision.link)}"] if session.revision.link else []
    return "\n".join([session.meeting.owner.name, *parts, *taught, *join])


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))
