"""`cecto init` makes a home ready, and running it again changes nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command

from cecto.people.models import Organization

pytestmark = pytest.mark.django_db


def test_init_loads_the_districts_once_and_makes_the_shared_cache() -> None:
    first, second = StringIO(), StringIO()
    call_command("init", stdout=first)
    call_command("init", stdout=second)
    assert "115 N.C. school districts, 115 of them new" in first.getvalue()
    assert "115 N.C. school districts, 0 of them new" in second.getvalue()
    assert Organization.objects.count() == 115
    cache.set("x", 1)
    assert cache.get("x") == 1
