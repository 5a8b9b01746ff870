"""A class with graded online work, and gradebooks of it as Canvas exports them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from cecto.attendance.gradebook.actions import ColumnAnswer, StudentAnswer, remember_gradebook
from cecto.attendance.gradebook.reading import read_gradebook
from cecto.classes.models import Cohort
from cecto.coursework.models import Item
from cecto.people.models import Person, PersonEmail
from tests.classes import made as classes
from tests.classes.made import AT, BY
from tests.coursework import made as coursework

HERE = Path(__file__).parent
CANVAS = (HERE / "canvas.csv").read_bytes()
SEMICOLONS = (HERE / "canvas_semicolons.csv").read_bytes()
DAY = date(2015, 10, 20)
NOW = datetime(2015, 12, 1, 12, tzinfo=UTC)
MODULE_1, MODULE_2, REFLECTION = "4711", "4712", "4713"


def samples() -> list[bytes]:
    """The whole files."""
    return [CANVAS, SEMICOLONS]


def cohort_with_work() -> Cohort:
    """A class of Ada, Bo, Marisol and Cy, with two modules, of which nothing is said about a gradebook yet."""
    cohort = classes.cohort()
    for name in ("Ada Moss", "Bo Tran", "Marisol Ibáñez-Whitaker", "Cy Stone"):
        classes.enrolled(classes.person(name), cohort)
    PersonEmail.objects.create(person=Person.objects.get(name="Ada Moss"), address="ada@example.org", primary=True)
    coursework.item(cohort, "module-1", title="Module 1: Data privacy", kind=Item.Kind.MODULE)
    coursework.item(cohort, "module-2", title="Second module", kind=Item.Kind.MODULE)
    return cohort


def answer(cohort: Cohort, *, percent: int = 70, **students: str) -> None:
    """Say that the modules are the class's, the reflection is not, and who these students (by login) are."""
    book = read_gradebook(CANVAS, file="canvas.csv")
    columns = {column.id: column for column in book.columns}
    work = {item.code: item for item in Item.objects.filter(cohort=cohort, withdrawn_at=None)}
    answers = [
        ColumnAnswer(columns[MODULE_1], work["module-1"], percent),
        ColumnAnswer(columns[MODULE_2], work["module-2"], percent),
        ColumnAnswer(columns[REFLECTION]),
    ]
    named = {student.login: student.named for student in book.students}
    people = [StudentAnswer(named[login], Person.objects.get(name=name)) for login, name in students.items()]
    remember_gradebook(cohort=cohort, columns=answers, students=people, by=BY, at=AT)


def school() -> Cohort:
    """The class with everything said."""
    cohort = cohort_with_work()
    answer(cohort, cstone77="Cy Stone")
    return cohort
