from typing import ClassVar

from django.apps import AppConfig

from cecto.foundation.evidence.columns import in_journal


class ClassesConfig(AppConfig):
    name = "cecto.classes"
    label = "classes"
    evidence_columns: ClassVar = (
        in_journal("classes.import-roster", "imported roster"),
        in_journal("schedule.import", "imported schedule"),
    )
