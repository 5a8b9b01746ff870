"""Rosters, in the layout that `cecto import roster` reads."""

from __future__ import annotations

from cecto.demo.files.sheets import csv_text
from cecto.demo.story.people import Member, people

_HEADING = ("Name", "Preferred name", "E-mail", "Track", "LEA code", "Organization", "Title")


def roster(program: str) -> str:
    """Everyone who begins in the class of a program."""
    return csv_text(_HEADING, (_row(who) for who in people() if who.program == program))


def _row(who: Member) -> tuple[str, ...]:
    employer = "" if who.lea_code else who.organization
    return (who.name, who.preferred_name, who.email, who.group, who.lea_code, employer, who.title)
