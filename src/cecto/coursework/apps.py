from typing import ClassVar

from django.apps import AppConfig

from cecto.foundation.evidence.columns import in_journal


class CourseworkConfig(AppConfig):
    name = "cecto.coursework"
    label = "coursework"
    evidence_columns: ClassVar = (in_journal("coursework.import", "imported list of work"),)
