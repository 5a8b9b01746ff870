"""Whose decisions someone may see or take; others are told they do not exist (404)."""

from __future__ import annotations

from django.http import Http404

from cecto.certification.models import Decision
from cecto.certification.queries import decisions
from cecto.people.viewer import Permission, Viewer


def decision_for(viewer: Viewer, key: str, permission: Permission) -> Decision:
    """The decision with that key, if the viewer holds that permission in its program; else Http404."""
    found = decisions().filter(key=key).first()
    if found is None or not viewer.may(permission, found.enrollment.cohort.program.code):
        raise Http404("There is no such decision.")
    return found
