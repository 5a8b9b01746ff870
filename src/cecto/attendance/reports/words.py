"""What a cell says of someone's attendance in one word: there, not there, late, or only registered."""

from __future__ import annotations

from typing import Literal

from cecto.foundation.folding import folded

Said = Literal["present", "absent", "late", "registered"]

_PRESENT = (
    *(
        "present",
        "p",
        "y",
        "yes",
        "x",
        "xx",
        "✓",
        "✔",
        "☑",
        "true",
        "1",
        "here",
        "attended",
        "checked in",
        "checked-in",
    ),
    *("checkedin", "in attendance", "in person", "joined", "participated", "showed", "online", "remote", "virtual"),
    *("si", "presente", "asistio", "ja", "anwesend", "teilgenommen", "oui", "present(e)", "presente(e)"),
    *("sim", "compareceu", "tak", "obecny", "obecna", "present - online", "present online", "i am here"),
    *("all day", "full day", "full session", "entire session", "whole session"),
)
_ABSENT = (
    *(
        "absent",
        "a",
        "n",
        "no",
        "not attended",
        "did not attend",
        "no show",
        "no-show",
        "noshow",
        "false",
        "0",
        "excused",
    ),
    *("e", "excused absence", "absent excused", "absent unexcused", "unexcused", "declined"),
    *(
        "ausente",
        "nein",
        "abwesend",
        "nicht teilgenommen",
        "non",
        "absente",
        "absent(e)",
        "nao",
        "faltou",
        "nie",
        "nieobecny",
    ),
    *("nieobecna", "deleted", "not present", "□", "☐"),
)
_REGISTERED = (
    *("attending", "registered", "not checked in", "not checked-in", "invited", "cancelled", "canceled", "accepted"),
    *("confirmed", "pending", "approved", "waitlisted", "rsvp", "not yet", "active", "enrolled"),
)
_LATE = (
    "late",
    "l",
    "t",
    "tardy",
    "tarde",
    "verspatet",
    "en retard",
    "retard",
    "atrasado",
    "spozniony",
    "late arrival",
    "partial",
    "left early",
)
_BLANK = ("-", "--", "---", "–", "—", "n/a", "na", "none", "null", "?", ".", "n.a.")
_WORDS: dict[str, Said] = {
    **dict.fromkeys(_PRESENT, "present"),
    **dict.fromkeys(_ABSENT, "absent"),
    **dict.fromkeys(_LATE, "late"),
    **dict.fromkeys(_REGISTERED, "registered"),
}


def said(text: str) -> Said | None:
    """What a word says, in six languages; None for a word that says nothing of the kind."""
    return _WORDS.get(folded(text).rstrip(".!"))


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, or one of the marks that people and systems write for that."""
    return not text or folded(text) in _BLANK
