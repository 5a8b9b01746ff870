"""The database itself keeps what was signed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from cecto.credentials.models import CredentialVersion, PublishedList, Revocation
from cecto.credentials.signing import open_issuer_key
from tests.credentials import made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [CredentialVersion, PublishedList, Revocation])
def test_rows_are_never_changed_or_removed(model: type[CredentialVersion]) -> None:
    version = made.issued()
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    rows = model.objects.all()
    assert rows.exists()
    with pytest.raises(DatabaseError, match=r"(?i)append|only|never|refuse|change"), transaction.atomic():
        rows.update(id=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)
