"""Who acts at the command line."""

from __future__ import annotations

import pytest

from cecto.people.acting import NotTheirs, acting_as, person_with
from cecto.people.actions import add_person, grant_role
from cecto.people.models import Role
from cecto.people.viewer import Permission
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


def test_someone_is_named_by_an_address_however_it_is_written() -> None:
    person = add_person(name="Dana Reyes", email="dana@example.org", by=BY, at=AT)
    assert person_with("Dana@Example.org") == person
    with pytest.raises(NotTheirs, match="Nobody here has the address dan@"):
        person_with("dan@example.org")
    with pytest.raises(NotTheirs, match="Say who acts: --as EMAIL"):
        person_with("")


def test_only_roles_of_the_program_let_someone_act() -> None:
    person = add_person(name="Dana Reyes", email="dana@example.org", by=BY, at=AT)
    grant_role(person=person, role=Role.OFFICER, program_code="cgcio", by=BY, at=AT)
    assert acting_as("dana@example.org", Permission.CERTIFY, program_code="cgcio", at=AT).person == person
    with pytest.raises(
        NotTheirs, match=r"Dana Reyes may not do this in the program “cecto”. Ask its certification off"
    ):
        acting_as("dana@example.org", Permission.CERTIFY, program_code="cecto", at=AT)
