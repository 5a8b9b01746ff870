"""Start-up: garbage is looked for seldom; the triggers of append-only tables are put back after every migrate."""

from __future__ import annotations

import gc

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "cecto.config"
    label = "config"

    def ready(self) -> None:
        _collect_seldom()
        post_migrate.connect(_put_back_guards, sender=apps.get_app_config("journal"))


def _collect_seldom() -> None:
    """What is loaded by now stays, and rows hold no cycles: looking for some as often as Python does is waste."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _put_back_guards(**_: object) -> None:
    from cecto.foundation.append_only import guard

    guard()
