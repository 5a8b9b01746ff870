"""The feeds at their private addresses."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cecto.classes import queries
from cecto.classes.calendar.writing import calendar_of, fingerprint
from cecto.classes.models import CalendarFeed
from cecto.classes.schedule.queries import Session, sessions_of, sessions_of_person
from cecto.foundation import clock


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar at a private address. 404 once the address is renewed; 304 when nothing changed."""
    found = queries.feed(key)
    if found is None:
        raise Http404("There is no such calendar.")
    name, zone, sessions = _contents(found, clock.now())
    etag = f'"{fingerprint(sessions, name)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        host = urlsplit(str(settings.CECTO_URL)).hostname or "localhost"
        answer = HttpResponse(
            calendar_of(sessions, name=name, zone=zone, host=host),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": 'inline; filename="cecto.ics"'},
        )
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def address_of(found: CalendarFeed) -> str:
    """The full private address of a feed."""
    return str(settings.CECTO_URL) + reverse("calendar:feed", args=[found.key])


def _contents(found: CalendarFeed, at: datetime) -> tuple[str, str, list[Session]]:
    if found.cohort is not None:
        zone = found.cohort.program.time_zone
        return found.cohort.name, zone, sessions_of(found.cohort, known_at=at)
    if found.person is None:
        raise Http404
    sessions = sessions_of_person(found.person, known_at=at)
    zone = sessions[0].zone if sessions else settings.TIME_ZONE
    return _("Sessions of %(name)s") % {"name": found.person.name}, zone, sessions
