from typing import ClassVar

from django.apps import AppConfig

from cecto.foundation.evidence.columns import EvidenceColumn


class CredentialsConfig(AppConfig):
    name = "cecto.credentials"
    label = "credentials"
    evidence_columns: ClassVar = (
        EvidenceColumn("credentials.WrittenRequest", "letter_sha256", "letter that asks for a listing"),
    )
