"""Start-up: the triggers of append-only tables are put back after every migrate."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "cecto.config"
    label = "config"

    def ready(self) -> None:
        post_migrate.connect(_put_back_guards, sender=apps.get_app_config("journal"))


def _put_back_guards(**_: object) -> None:
    from cecto.foundation.append_only import guard

    guard()
