from typing import ClassVar

from django.apps import AppConfig

from cecto.foundation.evidence.columns import EvidenceColumn


class AuditsConfig(AppConfig):
    name = "cecto.audits"
    label = "audits"
    evidence_columns: ClassVar = (
        EvidenceColumn(
            "audits.ExceptionGrant", "evidence_sha256", "paper with an exception", whose="enrollment__person"
        ),
    )
