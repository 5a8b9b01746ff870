"""Browsers in which staff are signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from cecto.people.actions import add_person, grant_role
from cecto.people.models import Person, Role
from tests.classes.made import AT, BY


def signed_in(role: str, program_code: str = "") -> Client:
    """A browser of a new person who holds that role, second factor passed."""
    person = add_person(name=role.title(), email=f"{role}@example.org", by=BY, at=AT)
    grant_role(person=person, role=Role(role), program_code=program_code, by=BY, at=AT)
    return browser_of(person)


def browser_of(person: Person) -> Client:
    """A browser of a person who has an account: signed in, second factor passed."""
    Authenticator.objects.create(user=person.account, type=Authenticator.Type.TOTP, data={})
    browser = Client()
    browser.force_login(person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser
