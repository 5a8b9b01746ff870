"""Browsers of people who work for a program, signed in with their second factor."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from cecto.people.actions import add_email, create_account, grant_role
from cecto.people.models import Person, Role
from tests.classes.made import AT, BY, person

NOW = datetime(2015, 12, 1, 17, tzinfo=UTC)


def browser(role: Role | None = Role.COORDINATOR, program: str = "cecto", *, who: Person | None = None) -> Client:
    """A browser of someone with that role (or of a participant), signed in."""
    someone = who or person("Cora Coordinator")
    add_email(person=someone, address=f"{someone.key}@example.org", by=BY, at=AT)
    account = create_account(person=someone, by=BY, at=AT)
    if role:
        grant_role(person=someone, role=role, program_code=program, by=BY, at=AT)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def words_of(content: bytes) -> str:
    """The words of a page, without tags and with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).replace("\xa0", " ").split())
