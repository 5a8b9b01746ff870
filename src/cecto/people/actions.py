"""Every write of persons, accounts, roles and offices. Organizations are written in organizations/actions.py."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people import names
from cecto.people.addresses import written_address
from cecto.people.models import (
    Account,
    Affiliation,
    FormerName,
    OfficeSeat,
    Organization,
    Person,
    PersonEmail,
    Role,
    RoleGrant,
)
from cecto.people.queries import address_of, hindrance_to_erase

EARLIEST = date(1950, 1, 1)
_TAKEN = "{address} belongs to another person. Give each person an address of their own."


class PeopleRefused(Exception):
    """A change to a person's record that cannot be; the message says why and what to do."""


class AddressTaken(PeopleRefused):
    """The e-mail address belongs to another person."""


class LastAdministrator(PeopleRefused):
    """Ending this role would leave nobody who can grant one."""


@transaction.atomic
def add_person(
    *, name: str, preferred_name: str = "", sort_name: str = "", email: str = "", by: Actor, at: datetime
) -> Person:
    """Add a person, with an e-mail address if one is given. A namesake is another person.

    Raises NameRefused, AddressRefused and AddressTaken.
    """
    person = Person.objects.create(**_written(name, preferred_name, sort_name), created_at=at)
    record("people.add-person", by=by, at=at, subject=("person", person.key))
    if email:
        add_email(person=person, address=email, by=by, at=at)
    return person


@transaction.atomic
def correct_name(
    *, person: Person, name: str, preferred_name: str = "", sort_name: str = "", by: Actor, at: datetime
) -> None:
    """Write a person's name as it is now, and keep the one they went by. The same names again change nothing.

    Papers that were issued keep the name they bear until they are corrected. Raises NameRefused.
    """
    words = _written(name, preferred_name, sort_name)
    before = Person.objects.select_for_update().get(pk=person.pk)
    if all(getattr(before, field) == word for field, word in words.items()):
        return
    if before.name != words["name"]:
        FormerName.objects.create(person=person, name=before.name, until=at)
    for field, word in words.items():
        setattr(person, field, word)
    person.save(update_fields=list(words))
    record("people.correct-name", by=by, at=at, subject=("person", person.key))


@transaction.atomic
def add_email(*, person: Person, address: str, by: Actor, at: datetime) -> PersonEmail:
    """Add an e-mail address to a person, unverified; the first one is primary. Adding it again changes nothing.

    Raises AddressRefused, and AddressTaken when it belongs to someone else.
    """
    address = written_address(address)
    known = PersonEmail.objects.annotate(lower=Lower("address")).filter(lower=address.lower()).first()
    if known and known.person_id != person.pk:
        raise AddressTaken(_TAKEN.format(address=address))
    if known:
        return known
    first = not person.emails.exists()
    email = PersonEmail.objects.create(person=person, address=address, primary=first)
    record("people.add-email", by=by, at=at, subject=("person", person.key), email=email.pk)
    return email


@transaction.atomic
def verify_email(*, person: Person, address: str, by: Actor, at: datetime) -> PersonEmail | None:
    """Note that a person has shown that an address is theirs. Changes nothing when it was noted, or is not theirs."""
    email = person.emails.filter(address__iexact=address).first()
    if email and PersonEmail.objects.filter(pk=email.pk, verified_at=None).update(verified_at=at):
        record("people.verify-email", by=by, at=at, subject=("person", person.key), email=email.pk)
    return email


@transaction.atomic
def prove_email(*, person: Person, address: str, by: Actor, at: datetime) -> PersonEmail:
    """Note that an address is a person's: a code came back from it, or the operator vouches. It signs them in.

    An address that stands elsewhere unproven, and not as the one its program uses, moves here: it gave nothing there.
    Proving it again changes nothing. Raises AddressRefused, and AddressTaken when it is another person's.
    """
    address = written_address(address)
    email = PersonEmail.objects.annotate(lower=Lower("address")).filter(lower=address.lower()).first()
    if email and email.person_id != person.pk:
        if email.primary or email.verified_at:
            raise AddressTaken(_TAKEN.format(address=address))
        subject = ("person", email.person.key)
        record("people.remove-email", by=by, at=at, subject=subject, email=email.pk)
        email.delete()
    add_email(person=person, address=address, by=by, at=at)
    verify_email(person=person, address=address, by=by, at=at)
    return address_of(person, address)


@transaction.atomic
def make_email_primary(*, person: Person, address: str, by: Actor, at: datetime) -> PersonEmail:
    """Send everything to a proven address of a person from now on. The primary one again changes nothing.

    Raises PeopleRefused for an address that is not theirs or not proven.
    """
    email = address_of(_locked(person), address)
    if email.primary:
        return email
    if email.verified_at is None:
        raise PeopleRefused(f"{email.address} is not proven yet. Prove it first, then make it the primary address.")
    person.emails.update(primary=False)
    email.primary = True
    email.save(update_fields=["primary"])
    Account.objects.filter(person=person).update(email=email.address.lower())
    record("people.make-email-primary", by=by, at=at, subject=("person", person.key), email=email.pk)
    return email


@transaction.atomic
def remove_email(*, person: Person, address: str, by: Actor, at: datetime) -> None:
    """Take an address off a person's record; it does not sign them in any more.

    Raises PeopleRefused for an address that is not theirs, the primary one, and the last proven one.
    """
    email = address_of(_locked(person), address)
    if email.primary:
        raise PeopleRefused(f"{email.address} is the primary address. Make another one primary first.")
    others = person.emails.exclude(pk=email.pk).exclude(verified_at=None)
    if email.verified_at and not others.exists():
        raise PeopleRefused(f"{email.address} is the only proven address. Prove another one first.")
    record("people.remove-email", by=by, at=at, subject=("person", person.key), email=email.pk)
    email.delete()


@transaction.atomic
def erase_person(*, person: Person, by: Actor, at: datetime) -> None:
    """Erase names, addresses, the account and titles; where they worked stays, since counts need it.

    Raises PeopleRefused for who holds a role or an office, and for who was erased already.
    """
    against = hindrance_to_erase(person)
    if against:
        raise PeopleRefused(against)
    Account.objects.filter(person=person).delete()
    person.emails.all().delete()
    person.former_names.all().delete()
    person.affiliations.update(title="")
    person.name, person.sort_name, person.preferred_name = names.ERASED, names.sort_name(names.ERASED), ""
    person.erased_at = at
    person.save(update_fields=["name", "sort_name", "preferred_name", "erased_at"])
    record("people.erase-person", by=by, at=at, subject=("person", person.key))


@transaction.atomic
def note_look(*, person: Person, by: Actor, at: datetime) -> None:
    """Note that someone looked at a person's record by an administrator's right."""
    record("people.look", by=by, at=at, subject=("person", person.key))


@transaction.atomic
def create_account(*, person: Person, by: Actor, at: datetime) -> Account:
    """Let a person sign in, by a code sent to their primary address. Changes nothing when they can already.

    Raises PeopleRefused for a person without an e-mail address.
    """
    account = Account.objects.filter(person=person).first()
    if account:
        return account
    email = person.emails.order_by("-primary", "id").first()
    if email is None:
        raise PeopleRefused(f"{person} has no e-mail address. Add one, so that the sign-in code can be sent.")
    account = Account.objects.create_user(email.address, person)
    record("people.create-account", by=by, at=at, subject=("person", person.key))
    return account


@transaction.atomic
def forget_second_factor(*, person: Person, by: Actor, at: datetime) -> None:
    """Forget every second factor of a person who lost theirs; staff set up a new one at the next sign-in.

    Raises PeopleRefused for a person who cannot sign in.
    """
    account = Account.objects.filter(person=person).first()
    if account is None:
        raise PeopleRefused(f"{person} has no account and so no second factor.")
    Authenticator.objects.filter(user=account).delete()
    record("people.forget-second-factor", by=by, at=at, subject=("person", person.key))


@transaction.atomic
def affiliate(
    *, person: Person, organization: Organization, title: str = "", start: date, by: Actor, at: datetime
) -> Affiliation:
    """Note that a person works for an organization from a date on. Changes nothing when they work there on that date.

    Raises PeopleRefused for a date before 1950.
    """
    if start < EARLIEST:
        raise PeopleRefused(f"Nobody in the program has worked anywhere since {start.isoformat()}. Give the real date.")
    held = Q(until=None) | Q(until__gt=start)
    known = person.affiliations.filter(held, organization=organization, start__lte=start).first()
    if known:
        return known
    row = Affiliation.objects.create(
        person=person, organization=organization, title=title.strip(), start=start, recorded_at=at
    )
    record("people.affiliate", by=by, at=at, subject=("person", person.key), organization=organization.key)
    return row


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, until: date, by: Actor, at: datetime) -> None:
    """Note the first day on which a person no longer works there.

    Raises PeopleRefused for a day not after the first one, and when an end was noted before.
    """
    if until <= affiliation.start:
        raise PeopleRefused(f"They began there on {affiliation.start}; the end must be later.")
    if Affiliation.objects.filter(pk=affiliation.pk, until=None).update(until=until, end_recorded_at=at) != 1:
        raise PeopleRefused("An end was noted already. Reload the page to see it.")
    subject = ("person", affiliation.person.key)
    record("people.end-affiliation", by=by, at=at, subject=subject, affiliation=affiliation.pk)


@transaction.atomic
def grant_role(*, person: Person, role: Role, program_code: str = "", by: Actor, at: datetime) -> RoleGrant:
    """Give a person a role in a program from now on, and an account to use it. Held already, nothing changes.

    An administrator is one of the whole installation and names no program; every other role names one.
    Raises PeopleRefused otherwise, and for a person without an e-mail address.
    """
    if (role == Role.ADMINISTRATOR) != (program_code == ""):
        raise PeopleRefused("An administrator has no program; every other role needs one. Mend the program.")
    held = Q(until=None) | Q(until__gt=at)
    known = person.role_grants.filter(held, role=role, program_code=program_code, start__lte=at).first()
    if known:
        return known
    _ask_for_the_second_step(create_account(person=person, by=by, at=at))
    grant = RoleGrant.objects.create(person=person, role=role, program_code=program_code, start=at)
    subject = ("person", person.key)
    record("people.grant-role", by=by, at=at, subject=subject, role=str(role), program=program_code)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: Actor, at: datetime) -> None:
    """End a role now.

    Raises PeopleRefused when it has ended, and LastAdministrator when nobody could grant a role after it.
    """
    if grant.role == Role.ADMINISTRATOR and not _other_administrators(grant, at):
        raise LastAdministrator("This is the only administrator. Grant the role to someone else first.")
    if RoleGrant.objects.filter(pk=grant.pk, until=None).update(until=at) != 1:
        raise PeopleRefused("This role has ended already. Reload the page to see who holds it.")
    subject = ("person", grant.person.key)
    record("people.end-role", by=by, at=at, subject=subject, role=grant.role, program=grant.program_code)


@transaction.atomic
def seat_officer(
    *,
    person: Person,
    office: str,
    program_code: str,
    start: date,
    until: date | None = None,
    acting: bool = False,
    by: Actor,
    at: datetime,
) -> OfficeSeat:
    """Seat a person in a named office of a program, from a date until another (not included) or still.

    `acting` is for who stands in. The same seat again changes nothing. Raises PeopleRefused when somebody else holds
    the office, not acting, on that date; end their seat first.
    """
    if until is not None and until <= start:
        raise PeopleRefused(f"A seat that begins on {start} must end later than {until}.")
    held = OfficeSeat.objects.filter(
        Q(until=None) | Q(until__gt=start), office=office, program_code=program_code, acting=acting
    )
    same = held.filter(person=person, start__lte=start).first()
    if same:
        return same
    holder = held.filter(start__lt=until) if until else held
    if not acting and (taken := holder.select_related("person").first()):
        raise PeopleRefused(f"{taken.person} holds the office “{office}” then. End that seat first, or seat as acting.")
    seat = OfficeSeat.objects.create(
        office=office, program_code=program_code, person=person, acting=acting, start=start, until=until
    )
    _journal_seat("people.seat-officer", seat, by=by, at=at)
    return seat


@transaction.atomic
def appoint(
    *,
    person: Person,
    office: str,
    program_code: str,
    start: date,
    until: date | None = None,
    acting: bool = False,
    by: Actor,
    at: datetime,
) -> OfficeSeat:
    """Seat a person in an office, with the account and the officer's role without which they could not act for it.

    Raises PeopleRefused as `seat_officer` does, and for a person without an e-mail address.
    """
    grant_role(person=person, role=Role.OFFICER, program_code=program_code, by=by, at=at)
    return seat_officer(
        person=person, office=office, program_code=program_code, start=start, until=until, acting=acting, by=by, at=at
    )


@transaction.atomic
def end_office(*, seat: OfficeSeat, until: date, by: Actor, at: datetime) -> None:
    """Note the first day on which a person no longer holds an office.

    Raises PeopleRefused for a day not after the first one, and when an earlier end was noted.
    """
    if until <= seat.start:
        raise PeopleRefused(f"The seat began on {seat.start}; the end must be later.")
    still = Q(until=None) | Q(until__gt=until)
    if OfficeSeat.objects.filter(still, pk=seat.pk).update(until=until) != 1:
        raise PeopleRefused("This seat has ended already. Reload the page to see who holds the office.")
    _journal_seat("people.end-office", seat, by=by, at=at)


def _locked(person: Person) -> Person:
    """The person, held until the transaction ends, so that of two changes at once the second sees the first."""
    return Person.objects.select_for_update().get(pk=person.pk)


def _written(name: str, preferred_name: str, sort_name: str) -> dict[str, str]:
    """The three names of a person as they are kept; the sort name is made from the name when none is given."""
    whole = names.written(name)
    preferred = names.written(preferred_name, "preferred name") if preferred_name.strip() else ""
    key = names.folded(names.written(sort_name, "sort name")) if sort_name.strip() else names.sort_name(whole)
    return {"name": whole, "sort_name": key, "preferred_name": preferred}


def _ask_for_the_second_step(account: Account) -> None:
    """End the sessions of who has a passkey: before they had a role they may have signed in without it."""
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).exists():
        account.set_unusable_password()
        account.save(update_fields=["password"])


def _other_administrators(grant: RoleGrant, at: datetime) -> bool:
    held = Q(until=None) | Q(until__gt=at)
    others = RoleGrant.objects.filter(held, role=Role.ADMINISTRATOR, start__lte=at)
    return others.exclude(person=grant.person_id).exists()


def _journal_seat(action: str, seat: OfficeSeat, *, by: Actor, at: datetime) -> None:
    subject = ("person", seat.person.key)
    record(action, by=by, at=at, subject=subject, office=seat.office, program=seat.program_code, acting=seat.acting)
