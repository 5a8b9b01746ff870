from typing import ClassVar

from django.apps import AppConfig

from cecto.foundation.evidence.columns import EvidenceColumn


class LedgerConfig(AppConfig):
    name = "cecto.ledger"
    label = "ledger"
    evidence_columns: ClassVar = (
        EvidenceColumn("ledger.Entry", "evidence_sha256", "proof of an entry", whose="person"),
        EvidenceColumn("ledger.Background", "evidence_sha256", "proof of what somebody brings", whose="person"),
    )
