"""When a session really ran, as a page was told: judged by it, and carried from page to page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from cecto.attendance.forms.clock import TimesForm
from cecto.attendance.queries.reconciliation import Reconciliation, reconcile
from cecto.attendance.queries.sessions import RunsBackwards
from cecto.classes.schedule.queries import Session

NAMES = ("began", "ended")


class Running:
    """What a request says of when its session ran: the form's own fields, else the query of the address."""

    def __init__(self, request: HttpRequest, session: Session) -> None:
        told = request.POST if any(name in request.POST for name in NAMES) else request.GET
        self.session, self.form = session, TimesForm(told)
        self.times: dict[str, datetime | None] = dict.fromkeys(NAMES)
        if self.form.is_valid():
            self.times = self.form.as_run(session)

    @property
    def wrong(self) -> str:
        """What is wrong with the times; empty when nothing is."""
        return " ".join(str(error) for errors in self.form.errors.values() for error in errors)

    @property
    def query(self) -> str:
        """The times as the query of an address, with its question mark; empty when none were told."""
        told = {name: self.form.data[name] for name in NAMES if not self.wrong and self.form.data.get(name)}
        return f"?{urlencode(told)}" if told else ""

    def reconciled(self) -> Reconciliation:
        """The session's attendance by these times; by those known before when they are wrong."""
        try:
            return reconcile(self.session, **self.times)
        except RunsBackwards as refused:
            self.form.add_error("ended", str(refused))
            return reconcile(self.session)


def shown_times(found: Reconciliation) -> dict[str, Any]:
    """The times by which a page is judged, as clock times for its hidden fields."""
    effective, zone = found.timetable.effective, ZoneInfo(found.session.zone)
    clocks = (effective.start.astimezone(zone).time(), effective.end.astimezone(zone).time())
    return {name: at.isoformat("seconds" if at.second else "minutes") for name, at in zip(NAMES, clocks, strict=True)}
