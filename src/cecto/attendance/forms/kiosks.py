"""Opening a kiosk, signing at one without scripts, and what a kiosk sends as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cecto.attendance.actions import Tapped
from cecto.attendance.models import CheckIn
from cecto.attendance.queries.sessions import attendees
from cecto.attendance.signatures import LONGEST_NAME, Signature, SignatureRefused, drawn, typed
from cecto.classes.schedule.queries import Session
from cecto.foundation.keys import is_key
from cecto.people.models import Person

# Tablets whose battery ran out begin at 1970.
YEARS = range(1970, 2200)
# In milliseconds: no page stays open for a year.
LONGEST_AGO = 366 * 86_400_000


class Unreadable(ValueError):
    """What was sent is not of the form; the message says what to do."""


class OpenForm(forms.Form):
    """Which door a kiosk is for."""

    door = forms.CharField(
        label=_("Which door?"),
        max_length=60,
        required=False,
        help_text=_("Where the device stands, like “Front door”. You see it beside what is tapped there."),
    )

    def clean_door(self) -> str:
        """A kiosk without a name of its own is at the door."""
        return self.cleaned_data["door"].strip() or "Door"


class SignForm(forms.Form):
    """Signing at a kiosk by typing; the key makes a form that is sent twice one tap."""

    key = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=CheckIn.Kind.choices, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Type your name or initials to sign"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}),
    )

    def clean_key(self) -> str:
        """A key of the form that pages and browsers make."""
        if not is_key(self.cleaned_data["key"]):
            raise ValidationError(_("This page is not whole. Go back to the list and begin again."))
        return str(self.cleaned_data["key"])

    def clean(self) -> dict[str, Any]:
        """The name becomes a signature."""
        try:
            self.cleaned_data["signature"] = typed(self.cleaned_data.get("name", ""))
        except SignatureRefused as refused:
            self.add_error("name", str(refused))
        return self.cleaned_data

    def tapped(self, person: Person, *, at: datetime) -> Tapped:
        """What the form says, tapped and sent at this instant."""
        said = self.cleaned_data
        return Tapped(said["key"], person, CheckIn.Kind(said["kind"]), at, at, said["signature"])


@dataclass(frozen=True, slots=True)
class Lot:
    """What a kiosk sent at once. `refused` tells, by key, what could not be read and why."""

    tapped: tuple[Tapped, ...]
    refused: dict[str, str]


def read_lot(body: bytes, session: Session) -> Lot:
    """The taps that a kiosk sent. Raises Unreadable; one tap that cannot be read does not hold up the others."""
    try:
        lot = json.loads(body)
        sent_at, marks = _instant(lot["sent_at"]), list(lot["marks"])
        keys, named = [str(mark["key"]) for mark in marks], {str(mark["person"]) for mark in marks}
    except (ValueError, KeyError, TypeError, OverflowError):
        raise Unreadable("This is not what a kiosk sends. Reload the page.") from None
    if not all(map(is_key, keys)):
        raise Unreadable("A key is not one that a kiosk makes. Reload the page.")
    return _read(marks, _people(named, session), sent_at)


def _people(named: set[str], session: Session) -> dict[str, Person]:
    """The people meant, those who are no longer of the session's classes among them: a human decides about these."""
    found = {one.person.key: one.person for one in attendees(session) if one.person.key in named}
    gone = set(filter(is_key, named - found.keys()))
    return found | ({one.key: one for one in Person.objects.filter(key__in=gone)} if gone else {})


def _read(marks: Iterable[Mapping[str, Any]], people: Mapping[str, Person], sent_at: datetime) -> Lot:
    tapped, refused = [], {}
    for mark in marks:
        try:
            tapped.append(_tapped(mark, people, sent_at))
        except SignatureRefused as bad:
            refused[mark["key"]] = str(bad)
        except (KeyError, ValueError, TypeError, OverflowError):
            refused[mark["key"]] = "The tap is not whole, or nobody has this name here."
    return Lot(tuple(tapped), refused)


def _tapped(mark: Mapping[str, Any], people: Mapping[str, Person], sent_at: datetime) -> Tapped:
    kind, known_at, ago = CheckIn.Kind(mark["kind"]), mark.get("known_at"), mark.get("ago")
    return Tapped(
        mark["key"],
        people[mark["person"]],
        kind,
        _instant(mark["said_at"]),
        sent_at,
        _signature(mark),
        _instant(known_at) if known_at is not None else None,
        _length(ago) if ago is not None else None,
    )


def _length(milliseconds: int) -> timedelta:
    if not 0 <= milliseconds <= LONGEST_AGO:
        raise ValueError(milliseconds)
    return timedelta(milliseconds=milliseconds)


def _signature(mark: Mapping[str, Any]) -> Signature:
    return drawn(mark["strokes"]) if "strokes" in mark else typed(str(mark["typed"]))


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None or instant.year not in YEARS:
        raise ValueError(text)
    return instant
