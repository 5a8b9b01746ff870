"""Published definitions are public; others are told they do not exist (404)."""

from __future__ import annotations

from django.http import Http404

from cecto.programs.models import Definition
from cecto.programs.queries import definitions


def published_definition(key: str) -> Definition:
    """The published definition with that key; else Http404."""
    found = definitions().filter(key=key).first()
    if found is None:
        raise Http404("There is no such definition.")
    return found
