"""What the registry was ever let list of an award, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from cecto.credentials.listing.queries import FIELDS
from cecto.credentials.models import Listing, WrittenRequest
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.people.models import Person


def history_table(rows: Sequence[Listing], *, holder: Person | None) -> Table:
    """One row per word of the holder, the latest first; each end with whose word it was, and the letter."""
    columns = (
        Column(_("Listed from"), Kind.INSTANT),
        Column(_("On the word of")),
        Column(_("With")),
        Column(_("Until"), Kind.INSTANT),
        Column(_("Ended on the word of")),
    )
    return Table(_("What the registry was let list"), columns, [_row(row, holder) for row in rows])


def _row(row: Listing, holder: Person | None) -> list[Value]:
    own = holder.key if holder else None
    ended = _word(row.ended_request, row.ended_by == own) if row.until else None
    return [row.start, _word(row.request, row.started_by == own), _fields(row), row.until, ended]


def _word(request: WrittenRequest | None, own: bool) -> Value:
    if request is None:
        return _("The holder, here") if own else _("The program")
    said = _("%(name)s, letter of %(day)s") % {"name": request.asked_by, "day": f"{request.asked_on:%B %-d, %Y}"}
    address = reverse("credentials:registry-letter", args=[request.key])
    return Link(said, address) if request.letter_sha256 else said


def _fields(row: Listing) -> str:
    words = {
        "class_label": _("class"),
        "track": _("track"),
        "district": _("district"),
        "year": _("year"),
        "verification": _("a link to verify it"),
    }
    return ", ".join([_("name, program"), *(words[field] for field in FIELDS if getattr(row, field))])
