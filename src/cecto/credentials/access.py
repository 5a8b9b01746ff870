"""Whose credentials staff may see or change; others are told they do not exist (404)."""

from __future__ import annotations

from django.http import Http404

from cecto.audits.queries import enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.credentials import codes
from cecto.credentials.models import Credential, CredentialVersion
from cecto.credentials.queries import held_by
from cecto.people.viewer import Permission, Viewer


def credential_for(viewer: Viewer, key: str, permission: Permission) -> Credential:
    """The credential with that key, if the viewer holds that permission in its program; else Http404."""
    found = Credential.objects.select_related("decision__enrollment__cohort__program", "decision__enrollment__person")
    credential = found.filter(key=key).first()
    if credential is None or not viewer.may(permission, credential.decision.enrollment.cohort.program.code):
        raise Http404("There is no such certificate.")
    return credential


def own_enrollment(viewer: Viewer, key: str) -> Enrollment:
    """The enrollment with that key, if it is the viewer's own; else Http404."""
    found = enrollments_to_audit().filter(key=key, person=viewer.person).first()
    if found is None:
        raise Http404("There is no such record of yours.")
    return found


def enrollment_to_state(viewer: Viewer, key: str) -> Enrollment:
    """The enrollment with that key, for those who see its program's records; else Http404."""
    found = enrollments_to_audit().filter(key=key).first()
    if found is None or not viewer.may(Permission.SEE_RECORDS, found.cohort.program.code):
        raise Http404("There is no such record.")
    return found


def own_version(viewer: Viewer, code: str) -> CredentialVersion:
    """The version with that code that the viewer holds today; else Http404."""
    try:
        found = held_by(viewer.person).filter(code=codes.read(code)).first() if viewer.person else None
    except codes.CodeMistyped:
        found = None
    if found is None:
        raise Http404("There is no such certificate of yours.")
    return found
