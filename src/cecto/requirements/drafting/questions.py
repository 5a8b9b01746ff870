"""A dozen questions from which a first definition is written, and how their answers are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cecto.requirements.language.kinds import Day, Minutes, Ratio, Word
from cecto.requirements.language.yamltree import Scalar
from cecto.requirements.problems import NOWHERE, Report

LONGEST_NAME = 100
MOST_JUDGES, MOST_ABSENCES, MOST_ASSIGNMENTS, MOST_COMPETENCIES = 5, 20, 20, 12


class BadAnswer(ValueError):
    """An answer that cannot be read; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its key, what is asked, an example of the form, and the answer when none is given."""

    key: str
    asks: str
    hint: str
    default: str
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the author said. `minutes` are asked for in all; `unit` is empty for hours; `may_miss` may be None: any.

    `partial` is as in a definition: 0 minute by minute, else the percent that credits a whole session. `renewal` is the
    length of a cycle in years (0: none) and `renewal_minutes` what it asks.
    """

    title: str
    program: str
    first_day: date
    last_day: date
    minutes: int
    unit: str
    partial: int
    makeup_days: int
    may_miss: int | None
    competencies: tuple[str, ...]
    assignments: int
    judges: int
    decided_by: str
    renewal: int
    renewal_minutes: int


def _by(kind: Any, wanted: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        report = Report("")
        found = kind.read(Scalar(text, False, NOWHERE), report)
        if found is None:
            raise BadAnswer(f"“{text}” is not {wanted}.")
        return found

    return read


def _name(text: str) -> str:
    if "\n" not in text:
        text = " ".join(text.split())  # Word pastes spaces that may not break.
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise BadAnswer(f"Write 1 to {LONGEST_NAME} letters on one line.")
    return text


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > most:
            raise BadAnswer(f"Write a number from 0 to {most}.")
        return int(text)

    return read


def _may_miss(text: str) -> int | None:
    return None if text == "any" else _whole(MOST_ABSENCES)(text)


def _partial(text: str) -> int:
    if text in {"minutes", "whole"}:
        return 0 if text == "minutes" else 100
    percent: int = _by(Ratio(), "“minutes”, “whole” or a percent such as 75%")(text)
    if not percent:
        raise BadAnswer("A percent of 0 would credit everyone: write “minutes” for credit minute by minute.")
    return percent


def _list(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(_name(part.strip()) for part in text.split(",") if part.strip()))
    if len(names) > MOST_COMPETENCIES or len({code_of(name) for name in names}) < len(names):
        raise BadAnswer(f"Write up to {MOST_COMPETENCIES} different names, with commas between them.")
    return names


def _unit(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z][A-Za-z-]{0,19}", text):
        raise BadAnswer("Write one word, like PDU or CPE, or leave it empty for hours.")
    return text


def _minutes(text: str) -> int:
    minutes: int = _by(Minutes(), "an amount of time such as 40h")(text)
    if not 0 < minutes <= 60_000:
        raise BadAnswer("Write from 1m to 1000h.")
    return minutes


def code_of(name: str) -> str:
    """A code made of a name: small letters, digits and hyphens."""
    found = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return found or "x"


QUESTIONS = (
    Question("title", "What is the certificate called?", "Certified School Librarian", "", _name),
    Question("program", "A short code for the program", "librarians", "", _by(Word(), "a code of a-z, 0-9 and -")),
    Question("first_day", "First day of the first class", "2027-08-16", "", _by(Day(), "a date such as 2027-08-16")),
    Question("last_day", "Last day of that class", "2028-05-31", "", _by(Day(), "a date such as 2028-05-31")),
    Question("minutes", "How much instruction is required?", "40h", "40h", _minutes),
    Question("unit", "A unit of your own for an hour, or empty", "PDU", "", _unit),
    Question("partial", "What credits a session: minutes, whole, or a percent of it?", "75%", "minutes", _partial),
    Question("makeup_days", "Days after the last one to make up what was missed; 0 for none", "30", "30", _whole(365)),
    Question("may_miss", "How many sessions may be missed, or any?", "2", "any", _may_miss),
    Question("competencies", "Topics that everyone must attend a session of", "Law, Ethics", "", _list),
    Question("assignments", "How many assignments must be accepted?", "3", "0", _whole(MOST_ASSIGNMENTS)),
    Question("judges", "How many judges must pass a final project?", "2", "0", _whole(MOST_JUDGES)),
    Question("decided_by", "Which position decides who is certified?", "Program director", "Program director", _name),
    Question("renewal", "Years after which it must be renewed; 0 for never", "3", "0", _whole(20)),
    Question("renewal_minutes", "How much a renewal asks, if there is one", "60h", "30h", _minutes),
)


def read_answers(given: Mapping[str, str]) -> Answers:
    """The answers by key, defaults for those left out. Raises BadAnswer, whose message begins with the question."""
    found = {}
    for question in QUESTIONS:
        try:
            found[question.key] = question.read(given.get(question.key, "").strip() or question.default)
        except BadAnswer as error:
            raise BadAnswer(f"{question.asks} {error}") from error
    answers = Answers(**found)
    if answers.last_day < answers.first_day:
        raise BadAnswer("The last day is before the first day.")
    return answers
