"""What is read of a Canvas gradebook."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cecto.attendance.gradebook.reading import points_of, read_gradebook
from cecto.foundation.sheets import SheetRefused
from tests.attendance.gradebook.made import CANVAS, MODULE_1, SEMICOLONS


def test_assignments_students_and_scores_are_read_and_nothing_else() -> None:
    book = read_gradebook(CANVAS, file="canvas.csv")
    assert [(column.id, column.title, column.points) for column in book.columns] == [
        ("4711", "Module 1: Data privacy", Decimal("10.00")),
        ("4712", "Module 2", Decimal("20.00")),
        ("4713", "Reflection", None),
    ]
    assert [(one.number, one.name, one.login) for one in book.students] == [
        (4, "Moss, Ada", "ada@example.org"),
        (5, "Tran, Bo", "btran"),
        (6, "Ibáñez-Whitaker, Marisol", "mibanez"),
        (7, "Stone, Cyrus", "cstone77"),
    ]
    assert book.students[1].scores == {"4711": "6.99", "4712": "EX", "4713": ""}


def test_semicolons_and_decimal_commas() -> None:
    (ada,) = read_gradebook(SEMICOLONS, file="canvas.csv").students
    assert (ada.name, points_of(ada.scores[MODULE_1])) == ("Moss, Ada", Decimal("7.50"))


@pytest.mark.parametrize(
    ("text", "points"),
    [("8.00", "8"), ("8,5", "8.5"), ("1,000", "1000"), ("1,234.50", "1234.5"), ("0", "0")],
)
def test_points(text: str, points: str) -> None:
    assert points_of(text) == Decimal(points)


@pytest.mark.parametrize("text", ["", "EX", "N/A", "B+", "-1", "1e9", "٣", "8.0.0"])
def test_what_is_no_number_is_no_score(text: str) -> None:
    assert points_of(text) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Name,In,Out\nAda,9:00,12:00\n", "This is not a Canvas gradebook"),
        (b"Student,ID,Section,Current Score\nMoss,1,A,80\n", "There is no assignment in it"),
        (b"Student,ID,Section,A (1),B (1)\nMoss,1,A,80,3\n", "stands in two columns"),
        (b"Student,ID,Section,A (1)\n" + b"x" * 201 + b",1,A,80\n", "The name has 201 characters"),
    ],
)
def test_what_cannot_be_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(SheetRefused, match=said):
        read_gradebook(content, file="canvas.csv")
