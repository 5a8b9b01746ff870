"""All events of the year in order of time."""

from __future__ import annotations

from datetime import datetime

from cecto.demo.year import asking, attending, changing, crediting, deciding, opening, remembering, tapping, working
from cecto.demo.year.world import Event

CHAPTERS = (
    opening.events,
    changing.events,
    attending.events,
    tapping.events,
    working.events,
    crediting.events,
    asking.events,
    deciding.events,
    remembering.events,
)


def events_until(now: datetime) -> list[Event]:
    """What has happened by an instant (UTC), that instant included, in order."""
    everything = [event for chapter in CHAPTERS for event in chapter()]
    return sorted((event for event in everything if event.at <= now), key=lambda event: event.at)
