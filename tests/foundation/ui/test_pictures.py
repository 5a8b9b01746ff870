"""What the pictures draw, and that their words say the same."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.ui.pictures.bars import WIDTH, Bar, Bars
from cecto.foundation.ui.pictures.district_map import District, DistrictMap, shapes
from cecto.foundation.ui.pictures.grid import Grid, GridCell, GridColumn, GridRow
from cecto.foundation.ui.pictures.year import Day, Year


def grid(*rows: GridRow) -> Grid:
    return Grid("Class of 2016", "As of today.", [GridColumn("Hours"), GridColumn("Project")], rows)


def test_a_grid_counts_who_is_done() -> None:
    drawn = grid(
        GridRow("Ana", [GridCell("met"), GridCell("open")]),
        GridRow("Xu", [GridCell("waived"), GridCell("impossible")]),
    )
    assert drawn.done == [2, 0]
    assert drawn.statuses == ["met", "open", "waived", "impossible"]


def test_a_row_that_does_not_fit_the_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="Ana: 1 cells for 2 requirements"):
        grid(GridRow("Ana", [GridCell("met")]))


def test_a_cell_says_its_status_in_words() -> None:
    html = Template("{% grid_cell cell %}").render(Context({"cell": GridCell("impossible", "4 h", "Needs 2 h more.")}))
    assert "app-cell--bad" in html
    assert '4 h<span class="usa-sr-only">. Cannot be met. Needs 2 h more.</span>' in html


def test_a_name_that_looks_like_html_stays_text() -> None:
    page = grid(GridRow("<i>Xu</i> & Co", [GridCell("met"), GridCell("met")]))
    html = Template('{% include "ui/pictures/_grid.html" %}').render(Context({"grid": page}))
    assert "&lt;i&gt;Xu&lt;/i&gt; &amp; Co" in html


MINUTES = st.integers(min_value=0, max_value=20_000)


@given(st.lists(st.tuples(MINUTES, MINUTES, MINUTES), max_size=9))
def test_bars_share_one_scale_and_never_leave_the_picture(numbers: list[tuple[int, int, int]]) -> None:
    drawn = Bars("Hours", "", [Bar("x", minutes, target, coming) for minutes, target, coming in numbers]).drawn
    assert all(0 <= line.earned <= line.reach <= WIDTH and 0 <= line.mark <= WIDTH for line in drawn)
    if any(any(row) for row in numbers):
        assert max(max(line.reach, line.mark) for line in drawn) == WIDTH


def test_bars_of_nothing_are_empty() -> None:
    (line,) = Bars("Hours", "", [Bar("Security", 0)]).drawn
    assert (line.earned, line.reach, line.mark) == (0, 0, 0)


def year(*days: Day) -> Year:
    return Year("The year", "", date(2015, 8, 11), date(2016, 7, 1), date(2016, 1, 19), days)


def test_a_year_has_every_month_of_the_class_and_marks_the_present_one() -> None:
    months = year().months
    assert [month.first.month for month in months] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]
    assert [month.first for month in months if month.is_now] == [date(2016, 1, 1)]


def test_a_session_outside_the_class_widens_the_year() -> None:
    months = year(Day(date(2016, 8, 2), "Make-up", "scheduled"), Day(date(2015, 7, 9), "Welcome", "settled")).months
    assert (months[0].first, months[-1].first) == (date(2015, 7, 1), date(2016, 8, 1))
    assert [day.title for day in months[0].days] == ["Welcome"]


def test_days_stand_in_their_month_in_order() -> None:
    months = year(Day(date(2015, 9, 16), "Second", "settled"), Day(date(2015, 9, 15), "First", "settled")).months
    assert [day.title for day in months[1].days] == ["First", "Second"]


def served(*districts: District) -> DistrictMap:
    return DistrictMap("Districts served", "", districts)


def test_north_carolina_has_a_hundred_counties() -> None:
    assert len(shapes()) == 100
    assert {"Mecklenburg", "McDowell", "New Hanover"} <= set(shapes())


def test_counties_are_shaded_by_people_of_all_their_districts() -> None:
    drawn = served(District("A", "Wake County", 3), District("B", "Wake County", 1), District("C", "Dare County", 1))
    assert {c.name: (c.people, c.shade) for c in drawn.counties if c.people} == {"Wake": (4, 3), "Dare": (1, 1)}


def test_city_districts_are_points_side_by_side_in_their_county() -> None:
    drawn = served(
        District("Lexington City Schools", "Lexington (city unit in Davidson County)", 1),
        District("Thomasville City Schools", "Thomasville (city unit in Davidson County)", 2),
        District("Elkin City Schools", "Elkin (city unit in Surry County)", 0),
    )
    davidson = shapes()["Davidson"]
    assert [(point.x - davidson.x, point.y) for point in drawn.points] == [(-6, davidson.y), (6, davidson.y)]
    assert [county.people for county in drawn.counties if county.name == "Davidson"] == [0]


def test_the_table_lists_every_district_that_sent_someone_even_off_the_map() -> None:
    drawn = served(
        District("Eno River Academy", "", 1), District("A", "Wake County", 2), District("B", "Dare County", 0)
    )
    assert [(row.name, row.people) for row in drawn.table] == [("A", 2), ("Eno River Academy", 1)]
    assert drawn.points == []


def test_each_day_of_a_year_is_a_link_that_says_what_it_is() -> None:
    page = year(Day(date(2015, 9, 15), "IT governance", "settled", "/sessions/1/"))
    html = Template('{% include "ui/pictures/_year.html" %}').render(Context({"year": page}))
    (opened,) = re.findall(r"<a\s[^>]*>", html)
    assert 'href="/sessions/1/"' in opened
    assert "September: IT governance, Settled" in html


def test_bars_have_only_the_columns_they_need() -> None:
    def headings(bar: Bar) -> list[str]:
        html = Template('{% include "ui/pictures/_bars.html" %}').render(Context({"bars": Bars("Hours", "", [bar])}))
        return re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', html)

    assert headings(Bar("Security", 60)) == ["Subject", "Picture", "Credited"]
    assert headings(Bar("Security", 60, 120, 30)) == ["Subject", "Picture", "Credited", "Scheduled", "Needed"]
