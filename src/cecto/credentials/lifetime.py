"""The whole life of a credential, from its rows: what became of it, when, who did it and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cecto.certification.models import Renewal
from cecto.credentials.awarding import office_title
from cecto.credentials.models import Credential, CredentialVersion, WalletOffer
from cecto.credentials.queries import life_of
from cecto.people.models import Person

# What a version was issued for, by why the one before was replaced.
_REPLACING = {
    "corrected": "issued to correct it",
    "renewed": "issued to renew it",
    "reinstated": "issued to reinstate it after it had lapsed",
    "key": "issued because the key of the one before is no longer trusted",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, or will: `status` is a word of ui.statuses, `who` a name or what did it."""

    at: datetime
    status: str
    what: str
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its state."""

    row: CredentialVersion
    status: str


def versions_in(credential: Credential, *, at: datetime) -> list[Version]:
    """Every version of a credential as it stands at an instant, the first first."""
    return [Version(row, _status(row, at)) for row in life_of(credential)]


def events_of(credential: Credential, versions: Sequence[Version], *, at: datetime) -> list[Event]:
    """What happened to a credential, in order; the end of the version that holds as well, once it has come or to come.

    A constant number of queries.
    """
    renewals = list(credential.decision.renewals.select_related("person"))
    offers = list(WalletOffer.objects.filter(version__credential=credential, handed_at__isnull=False))
    names = _names([word for one in versions for word in _actors(one.row)])
    found = [
        Event(
            one.signed_at,
            "signed",
            f"{_signed(one)} signed until {one.last_day:%B %-d, %Y}, on cycle {one.cycle}",
            f"{one.person.name}, {office_title(one.office, acting=one.acting)}",
        )
        for one in renewals
    ]
    found += [Event(one.handed_at, "accepted", "Put into a wallet", "the holder") for one in offers if one.handed_at]
    found += [event for one in versions for event in _of_version(one, versions, names)]
    found += list(_end(versions, at))
    return sorted(found, key=lambda event: event.at)


def _signed(one: Renewal) -> str:
    return "Reinstatement" if one.reinstated else "Renewal"


def _status(row: CredentialVersion, at: datetime) -> str:
    revocation = getattr(row, "revocation", None)
    if revocation is not None:
        return "superseded" if revocation.superseded else "revoked"
    return "expired" if row.expired(at) else "valid"


def _of_version(one: Version, versions: Sequence[Version], names: dict[str, str]) -> Iterator[Event]:
    row, revocation = one.row, getattr(one.row, "revocation", None)
    former = next((other.row for other in versions if other.row.number == row.number - 1), None)
    what, why = _cause(former)
    yield Event(
        row.issued_at,
        "issued",
        f"Version {row.number} {what}, in the name of {row.shown_name}",
        _who(row.issued_by, names),
        why,
    )
    if revocation is not None and not revocation.superseded:
        who = _who(revocation.revoked_by, names)
        yield Event(revocation.revoked_at, "revoked", f"Version {row.number} revoked", who, revocation.wording)


def _cause(former: CredentialVersion | None) -> tuple[str, str]:
    """What a version after `former` was issued for, and the public wording of it."""
    if former is None:
        return "issued", ""
    revocation = former.revocation
    if not revocation.superseded:
        return "issued to reinstate it", ""
    return _REPLACING[revocation.reason], revocation.wording


def _end(versions: Sequence[Version], at: datetime) -> Iterator[Event]:
    for one in versions:
        if one.row.valid_until and one.status in {"valid", "expired"}:
            what = "It expired" if one.row.expired(at) else "It will expire, unless it is renewed"
            yield Event(
                one.row.valid_until - timedelta(seconds=1), "expired" if one.row.expired(at) else "scheduled", what
            )


def _actors(row: CredentialVersion) -> list[str]:
    revocation = getattr(row, "revocation", None)
    return [row.issued_by, revocation.revoked_by] if revocation else [row.issued_by]


def _names(keys: Sequence[str]) -> dict[str, str]:
    return dict(Person.objects.filter(key__in=keys).values_list("key", "name"))


def _who(key: str, names: dict[str, str]) -> str:
    return names.get(key) or f"the command cecto {key}"
