from typing import ClassVar

from django.apps import AppConfig

from cecto.foundation.evidence.columns import EvidenceColumn


class AttendanceConfig(AppConfig):
    name = "cecto.attendance"
    label = "attendance"
    evidence_columns: ClassVar = (
        EvidenceColumn("attendance.Report", "sha256", "report of attendance"),
        EvidenceColumn("attendance.SignedSheet", "sha256", "signed sheet"),
        EvidenceColumn("attendance.Notice", "document_sha256", "paper with a notice of absence", whose="person"),
        EvidenceColumn("attendance.Tap", "signature_sha256", "signature at a kiosk", whose="person"),
    )
