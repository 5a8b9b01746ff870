"""Whose awards staff may note a written request about; others are told they do not exist (404)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from cecto.credentials.access import credential_for
from cecto.credentials.models import Credential, Listing, RecordedAward, WrittenRequest
from cecto.credentials.recorded.access import award_for
from cecto.people import names
from cecto.people.models import Person
from cecto.people.viewer import Permission, Viewer


@dataclass(frozen=True, slots=True)
class Listable:
    """What the registry could list: a certificate, or an award from before this system; its holder, where known."""

    key: str
    name: str
    holder: Person | None
    credential: Credential | None = None
    award: RecordedAward | None = None


def listable_for(viewer: Viewer, key: str) -> Listable:
    """The award with that key, for those who record past awards in its program; else, or once erased, Http404."""
    found = _listable(viewer, key)
    if found.name == names.ERASED:
        raise Http404("The holder was erased. Nothing about the registry changes any more.")
    return found


def _listable(viewer: Viewer, key: str) -> Listable:
    if RecordedAward.objects.filter(key=key).exists():
        award = award_for(viewer, key)
        return Listable(key, award.statements.get(superseded_at=None).name, award.person, award=award)
    credential = credential_for(viewer, key, Permission.RECORD_PAST)
    person = credential.decision.enrollment.person
    return Listable(key, person.name, person, credential=credential)


def request_for(viewer: Viewer, key: str) -> WrittenRequest:
    """The written request with that key, for those who may note one about its award; else Http404."""
    found = WrittenRequest.objects.filter(key=key).first()
    listing = Listing.objects.filter(Q(request=found) | Q(ended_request=found)).first() if found else None
    if found is None or listing is None:
        raise Http404("There is no such request.")
    of = listing.credential or listing.award
    listable_for(viewer, of.key if of else "")
    return found
