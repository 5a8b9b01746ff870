"""Whatever the bytes are, the answer is rows or a refusal that says what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.reports import ReportRow, read_report
from cecto.attendance.reports.sheet import LARGEST_BYTES
from cecto.foundation.sheets import Problem, SheetRefused
from tests.attendance.reports.samples import HERE, SETTING, sample

SAMPLES = sorted(path.name for path in HERE.iterdir() if path.suffix in {".csv", ".txt"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b" \n\n", "The file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF, not a table."),
        (b"\xd0\xcf\x11\xe0old", "This is an old Excel or Word file, not a table."),
        (b"\x00\x01\x02\x03" * 9, "This is not readable text."),
        (b"<!DOCTYPE html><title>Sign in</title>", "This is a web page, not a table."),
        (b"PK\x03\x04nonsense", "This workbook cannot be opened."),
        (b"x" * (LARGEST_BYTES + 1), "The file is larger than 20 MB."),
        (b"Name,In,Out\n", "This Sign-in sheet lists nobody."),
        (b"date,rain\n1,2\n", "The headings are not those of a known report (“date, rain”)."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, message: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_report(content, SETTING)
    assert [problem.message for problem in refused.value.problems] == [message]
    assert all(problem.fix for problem in refused.value.problems)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encoding_does_not_matter(name: str, encoding: str) -> None:
    content = sample(name)
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    assert read_report(text.encode(encoding), SETTING) == read_report(content, SETTING)


def rows_or_refusal(content: bytes) -> None:
    problems: tuple[Problem, ...] = ()
    rows: tuple[ReportRow, ...] = ()
    try:
        rows = read_report(content, SETTING).rows
    except SheetRefused as refused:
        problems = refused.problems
    assert bool(rows) is not bool(problems)
    assert all(problem.message and problem.fix for problem in problems)


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_refusal(content: bytes) -> None:
    rows_or_refusal(content)


@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_report_gives_rows_or_a_refusal(name: str, data: st.DataObject) -> None:
    content = bytearray(sample(name))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        size = data.draw(st.integers(0, 12))
        content[place : place + size] = data.draw(st.binary(max_size=12))
        if not content:
            break
    rows_or_refusal(bytes(content))


cells = st.sampled_from(
    ["", ",", "\t", '"', "\n", "\r", "1/2/2016 9:00", "31/31/9999", "99:99", "=1", "é", "-", "12 pm"]
)
heads = st.sampled_from(
    ["Name,In,Out\n", "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n", "Name\tIn\tOut\n"]
)


@given(heads, st.lists(cells | st.text(max_size=8), max_size=20))
def test_odd_cells_below_good_headings_give_rows_or_a_refusal(head: str, parts: list[str]) -> None:
    rows_or_refusal((head + ",".join(parts)).encode("utf-8", "replace"))
