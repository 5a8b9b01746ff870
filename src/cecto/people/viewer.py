"""Who is looking, and what the role table lets them do. The one place where access is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from cecto.foundation.journal.actor import Actor
from cecto.people.models import Account, Person, Role, RoleGrant


class Permission(StrEnum):
    """What someone may do in a program.

    Rules about single objects (a session one teaches, one's own record) are in each feature's access.py.
    """

    SEE_CLASS = "see-class"
    SEE_RECORDS = "see-records"
    RUN_CLASS = "run-class"
    GRANT_EXCEPTION = "grant-exception"
    CERTIFY = "certify"
    ISSUE = "issue"
    SEE_PEOPLE = "see-people"
    KEEP_ORGANIZATIONS = "keep-organizations"
    RECORD_PAST = "record-past"
    PUBLISH = "publish"
    ADMINISTER = "administer"


ROLES: dict[Permission, frozenset[Role]] = {
    Permission.SEE_CLASS: frozenset({Role.COORDINATOR, Role.OFFICER, Role.PARTNER, Role.ADMINISTRATOR}),
    Permission.SEE_RECORDS: frozenset({Role.COORDINATOR, Role.OFFICER}),
    Permission.RUN_CLASS: frozenset({Role.COORDINATOR}),
    Permission.GRANT_EXCEPTION: frozenset({Role.OFFICER}),
    Permission.CERTIFY: frozenset({Role.OFFICER}),
    Permission.ISSUE: frozenset({Role.COORDINATOR, Role.OFFICER}),
    Permission.SEE_PEOPLE: frozenset({Role.COORDINATOR, Role.OFFICER, Role.ADMINISTRATOR}),
    Permission.KEEP_ORGANIZATIONS: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Permission.RECORD_PAST: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Permission.PUBLISH: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Permission.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Viewer:
    """The one who looks: nobody, or a person with the roles they hold now.

    A grant for no program holds in every program. `withheld` says that they hold roles which do not count yet, for want
    of a second factor.
    """

    person: Person | None
    grants: frozenset[tuple[str, str]] = frozenset()
    withheld: bool = False

    def may(self, permission: Permission, program_code: str) -> bool:
        """Whether they hold a role with this permission in that program."""
        return any(role in ROLES[permission] and program in {program_code, ""} for role, program in self.grants)

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether they hold a role with this permission in any program."""
        return any(role in ROLES[permission] for role, _ in self.grants)

    def programs(self, permission: Permission) -> Q:
        """A filter on `program__code` for the programs where they hold this permission."""
        held = {program for role, program in self.grants if role in ROLES[permission]}
        return Q() if "" in held else Q(program__code__in=held)

    def program_codes(self, permission: Permission) -> list[str]:
        """The codes of the programs in which they hold a role of their own with this permission, in order."""
        return sorted({program for role, program in self.grants if role in ROLES[permission] and program})

    @property
    def is_staff(self) -> bool:
        """Whether they hold any role, and so need a second factor."""
        return bool(self.grants) or self.withheld

    @property
    def someone(self) -> Person:
        """The person who looks. Raises ValueError for nobody: ask behind a door that lets in only people signed in."""
        if self.person is None:
            raise ValueError("Nobody is signed in.")
        return self.person

    @property
    def actor(self) -> Actor:
        """The viewer as the one who acts. Raises ValueError for nobody."""
        return Actor.person(self.someone.key, self.someone.pk)


NOBODY = Viewer(None)


def viewer_of(account: Account, *, at: datetime) -> Viewer:
    """The viewer behind a signed-in account, with the roles held at `at`. One query."""
    if account.person is None:
        return NOBODY
    return viewer_as(account.person, at=at)


def viewer_as(person: Person, *, at: datetime) -> Viewer:
    """The person as a viewer, with the roles held at `at`. One query."""
    held = RoleGrant.objects.filter(person=person, start__lte=at).filter(Q(until__isnull=True) | Q(until__gt=at))
    return Viewer(person, frozenset(held.values_list("role", "program_code")))
