"""`cecto init`: make this home ready to serve, or bring it up to date. Safe to run again and again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cecto.config.static_files import collect_static_files
from cecto.credentials.ready import make_ready_to_issue
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.organizations.actions import load_districts
from cecto.people.queries import districts


class Command(BaseCommand):
    """Tables, then what ships with the product, then keys: each step needs those before it."""

    help = "Make the database, the school districts and the keys; run it again after an upgrade."

    def handle(self, *args: object, **options: Any) -> None:
        by, at = Actor.command("init"), clock.now()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        collect_static_files()
        self.stdout.write(f"Database ready in {settings.CECTO_HOME}")
        new = load_districts(by=by, at=at)
        self.stdout.write(f"{districts().count()} N.C. school districts, {new} of them new")
        self.stdout.write(make_ready_to_issue(by=by, at=at))
