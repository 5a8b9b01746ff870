"""Whose recorded awards someone may see or change; others are told they do not exist (404)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from cecto.credentials.models import RecordedAward
from cecto.people.viewer import Permission, Viewer
from cecto.programs.models import Program


@dataclass(frozen=True, slots=True)
class Register:
    """A program's register of past awards, known by the program's code."""

    program: Program

    @property
    def key(self) -> str:
        """The program's code."""
        return self.program.code

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def time_zone(self) -> str:
        """The program's zone."""
        return self.program.time_zone


def register_for(viewer: Viewer, key: str) -> Register:
    """The register of the program with that code, for those who record past awards in it; else Http404."""
    program = Program.objects.filter(code=key).first()
    if program is None or not viewer.may(Permission.RECORD_PAST, program.code):
        raise Http404("There is no such register.")
    return Register(program)


def award_for(viewer: Viewer, key: str) -> RecordedAward:
    """The recorded award with that key, for those who record past awards in its program; else Http404."""
    award = RecordedAward.objects.select_related("program", "person").filter(key=key).first()
    if award is None or not viewer.may(Permission.RECORD_PAST, award.program.code):
        raise Http404("There is no such recorded award.")
    return award
