"""Whose audit someone may see, and whose exceptions they may grant; others are told it does not exist (404)."""

from __future__ import annotations

from django.http import Http404

from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.people.viewer import Permission, Viewer


def enrollment_for(viewer: Viewer, key: str, permission: Permission) -> Enrollment:
    """The enrollment with that key, if the viewer holds that permission in its program; else Http404.

    Of who was erased it may be seen, and nothing else.
    """
    found = enrollments_to_audit().filter(key=key).first()
    if found is None or not viewer.may(permission, found.cohort.program.code):
        raise Http404("There is no such record.")
    _refuse_erased(found, permission)
    return found


def exception_for(viewer: Viewer, key: str, permission: Permission = Permission.GRANT_EXCEPTION) -> ExceptionGrant:
    """The exception with that key, if the viewer holds that permission in its program; else Http404.

    Of who was erased it may be seen, and nothing else.
    """
    found = ExceptionGrant.objects.select_related("enrollment__cohort__program", "enrollment__person", "granted_by")
    grant = found.filter(key=key).first()
    if grant is None or not viewer.may(permission, grant.enrollment.cohort.program.code):
        raise Http404("There is no such exception.")
    _refuse_erased(grant.enrollment, permission)
    return grant


def _refuse_erased(enrollment: Enrollment, permission: Permission) -> None:
    if enrollment.person.erased_at and permission != Permission.SEE_RECORDS:
        raise Http404("This person was erased. Their record stays as it is.")
