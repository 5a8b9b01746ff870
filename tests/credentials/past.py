"""Invented awards from before the system."""

from __future__ import annotations

from datetime import date

from cecto.credentials.listing.actions import Asked
from cecto.credentials.models import RecordedAward
from cecto.credentials.recorded.actions import record_award, tell_whose
from cecto.credentials.recorded.said import Said
from cecto.foundation.papers import Paper
from cecto.people.models import Organization, Person
from cecto.programs.models import Program
from tests.credentials.made import AT, BY

LETTER = Asked("Wilma Pastora", date(2016, 5, 2), Paper(b"%PDF-1.7 a letter", "letter.pdf"))
LIST = b"""Name,Class,Track,LEA code,Date,Source
Wilma Pastora,2010,Technology directors,,2010-11,an invented list
Odell Formerly,2012,Superintendents,,2012,an invented list
"""


def said(name: str = "Wilma Pastora", *, label: str = "2010", district: Organization | None = None) -> Said:
    """What an invented list says of someone."""
    return Said(name, label, "Technology directors", district, f"{label}-11", "an invented list")


def program() -> Program:
    """The program, made when there is none yet."""
    return Program.objects.get_or_create(code="cecto", defaults={"name": "CeCTO"})[0]


def award(holder: Person | None = None, of: Said | None = None) -> RecordedAward:
    """An award from before the system, of that person if one is given."""
    found = record_award(program=program(), said=of or said(), another=True, by=BY, at=AT)
    tell_whose(award=found, person=holder, by=BY, at=AT)
    return found
