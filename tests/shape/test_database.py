"""What the migrations leave in the database is what the code says."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from cecto.foundation.append_only import guard, missing_guards


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_append_only_table_is_guarded_after_migrating() -> None:
    assert missing_guards() == []


@pytest.mark.django_db
def test_a_guard_that_is_gone_is_missed_and_put_back() -> None:
    on = ' ON "ledger_entry"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "ledger_entry_no_delete"{on}')
    assert missing_guards() == ["ledger_entry_no_delete"]
    guard()
    assert missing_guards() == []
