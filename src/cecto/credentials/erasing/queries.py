"""What erasing a person would let go, what stays and why, and what stands against it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cecto.attendance.queries.notices import count_notices
from cecto.certification.models import Decision, Signature
from cecto.credentials.models import CredentialVersion, Listing, RecordedAward, WrittenRequest
from cecto.foundation.evidence.columns import files_about_nobody_else
from cecto.ledger.models import Entry
from cecto.people.models import Account, Person
from cecto.people.queries import hindrance_to_erase


@dataclass(frozen=True, slots=True)
class Preview:
    """Sentences: what goes, what stays; and what must be done first, if anything."""

    goes: tuple[str, ...]
    stays: tuple[str, ...]
    hindrance: str


def preview_erasure(person: Person) -> Preview:
    """What erasing this person would do."""
    return Preview(tuple(_goes(person)), tuple(_stays(person)), hindrance_to_erase(person))


def versions_of(person: Person) -> list[CredentialVersion]:
    """Every signed version of a person's certificates whose content is kept."""
    found = CredentialVersion.objects.filter(credential__decision__enrollment__person=person)
    return list(found.exclude(document="").order_by("id"))


def files_that_go(person: Person) -> list[str]:
    """The SHA-256 of every file that nobody needs once this person is erased, in order."""
    asked = WrittenRequest.objects.exclude(letter_sha256="")
    listings = Listing.objects.filter(Q(credential__decision__enrollment__person=person) | Q(award__person=person))
    own = asked.filter(Q(began__in=listings) | Q(ended__in=listings))
    others = set(asked.exclude(pk__in=own.values("pk")).values_list("letter_sha256", flat=True))
    return sorted({*files_about_nobody_else(person), *own.values_list("letter_sha256", flat=True)} - others)


def _goes(person: Person) -> Iterator[str]:
    former, addresses = person.former_names.count(), person.emails.count()
    yield _("The name, on every page and in every list.")
    if former:
        yield ngettext("%(n)d former name.", "%(n)d former names.", former) % {"n": former}
    if addresses:
        yield ngettext("%(n)d e-mail address.", "%(n)d e-mail addresses.", addresses) % {"n": addresses}
    if Account.objects.filter(person=person).exists():
        yield _("The account: nobody can sign in as this person any more.")
    for count, one, many in (
        (len(versions_of(person)), "The content of %(n)d signed version.", "The content of %(n)d signed versions."),
        (
            RecordedAward.objects.filter(person=person).count(),
            "The name on %(n)d past award.",
            "The name on %(n)d past awards.",
        ),
        (
            count_notices(person),
            "What was said in %(n)d notice about attendance.",
            "What was said in %(n)d notices about attendance.",
        ),
        (len(files_that_go(person)), "%(n)d letter or proof.", "%(n)d letters and proofs."),
    ):
        if count:
            yield ngettext(one, many, count) % {"n": count}
    yield _("What the public registry lists, at once, and who asked for it in writing.")


def _stays(person: Person) -> Iterator[str]:
    decisions = Decision.objects.filter(enrollment__person=person).count()
    entries = Entry.objects.filter(person=person).count()
    signed = Signature.objects.filter(person=person).count()
    if decisions:
        yield _(
            "Of each certificate: code, hash, dates and state. A file that the holder keeps still verifies; its code "
            "tells no name."
        )
        yield ngettext("%(n)d decision with its audit.", "%(n)d decisions with their audits.", decisions) % {
            "n": decisions
        }
    if entries:
        yield ngettext("%(n)d entry of hours, by a key.", "%(n)d entries of hours, by a key.", entries) % {"n": entries}
    yield _("The journal, which knows people by keys only; class, track and district, as far as counts need them.")
    yield _(
        "Files that were handed in for a whole class, like sign-in sheets, until the class’s records are destroyed."
    )
    if signed:
        yield _("The name under certificates of others that this person signed.")
