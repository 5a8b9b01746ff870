"""Units awarded: the same for everyone, or each person's own."""

from __future__ import annotations

from cecto import requirements
from cecto.definitions import examples, shipped
from cecto.requirements import awarded_tenths, parse, read_examples, try_examples

NAME = "iacet-ceu-2018"
TEXT = dict(shipped())[NAME]


def tenths(text: str) -> list[int | None]:
    """Of every example person, in order."""
    definition = parse(text, name=NAME)
    read = read_examples(examples(NAME), name=NAME)
    tried = try_examples(requirements.compile(definition), read)
    return [awarded_tenths(definition, one.audit) for one in tried if one.audit]


def test_everyone_who_passes_gets_the_units_of_the_event_in_whole_tenths() -> None:
    assert tenths(TEXT) == [6, 6, 0, 0, 0]


def test_a_variable_award_counts_the_persons_own_minutes() -> None:
    assert "variable: false, whole: 6h 30m" in TEXT
    assert tenths(TEXT.replace("variable: false, whole: 6h 30m", "variable: true")) == [6, 5, 0, 0, 0]


def test_an_award_without_units() -> None:
    without = "\n".join(line for line in TEXT.splitlines() if "units:" not in line)
    assert tenths(without) == [None] * 5
