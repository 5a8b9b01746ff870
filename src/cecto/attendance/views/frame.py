"""What the pages of one session share: where they stand and what leads to the others."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cecto.attendance.access import may_settle
from cecto.classes.models import Cohort
from cecto.classes.schedule.queries import Session
from cecto.people.viewer import Viewer


def frame(session: Session, viewer: Viewer) -> dict[str, object]:
    """The session, its key and the crumbs; `runs` tells whether the viewer may do more than mark."""
    runs = may_settle(viewer, session)
    crumbs = class_crumbs(session.meeting.owner) if runs else []
    return {"session": session, "key": session.key, "runs": runs, "crumbs": crumbs}


def class_crumbs(owner: Cohort) -> list[tuple[str, str]]:
    """The pages above a class, as far as they are there: the features after this one may be left out."""
    return [*_crumb(_("Classes"), "classes:list"), *_crumb(owner.name, "console:class", owner.key)]


def _crumb(label: str, name: str, *arguments: str) -> Iterator[tuple[str, str]]:
    try:
        yield label, reverse(name, args=arguments)
    except NoReverseMatch:
        return


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, an empty form included; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
