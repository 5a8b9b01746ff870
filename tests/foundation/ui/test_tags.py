"""Template tags: what they put on the page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from cecto.foundation.ui.templatetags import ui
from tests.foundation.ui.built import UI

NINE = datetime(2015, 8, 11, 13, tzinfo=UTC)


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_beside_words_is_silent_and_one_alone_speaks() -> None:
    assert 'aria-hidden="true"' in ui.icon("check")
    assert 'role="img" aria-label="Present"' in ui.icon("check", "Present")


def test_a_status_is_said_by_color_sign_and_word() -> None:
    html = drawn('{% status "met" %}')
    assert "app-status--good" in html
    assert "#check_circle" in html
    assert html.endswith("Met</span>")


def test_a_status_can_be_said_in_other_words_that_are_escaped() -> None:
    assert "12 h &lt; 20 h" in drawn('{% status "open" words %}', words="12 h < 20 h")


def test_hours_of_nothing_are_a_dash() -> None:
    assert drawn("{% hours minutes %}", minutes=None) == '<span class="app-num">\N{EM DASH}</span>'
    assert drawn("{{ 390|hours }}") == "6\xa0h\xa030\xa0min"


def test_times_carry_their_machine_form() -> None:
    assert '<time datetime="2015-08-11T09:00:00-04:00">' in drawn("{% local_time at %}", at=NINE)
    assert drawn("{% local_date on %}", on=date(2016, 6, 27)) == '<time datetime="2016-06-27">Mon, Jun 27, 2016</time>'


def test_the_date_of_an_instant_is_the_one_in_the_zone_of_the_program() -> None:
    late = datetime(2015, 8, 12, 2, tzinfo=UTC)
    assert "Tue, Aug 11, 2015" in drawn("{% local_date at %}", at=late)


def test_progress_says_what_it_draws() -> None:
    html = drawn('{% progress 10950 14400 coming=3000 label="Hours" %}')
    assert 'aria-label="Hours: 182 h 30 min of 240 h (76%), 50 h more scheduled."' in html.replace("\xa0", " ")
    assert 'class="app-ink-earned" width="760"' in html
    assert 'class="app-ink-coming" width="968"' in html


def test_progress_past_its_target_stays_in_the_picture() -> None:
    html = drawn('{% progress_ring 1500 1200 coming=60 label="Hours" %}')
    assert 'class="app-ring__full"' in html
    assert html.count('stroke-dasharray="1000 1000"') == 2
    assert "100%" in html


def test_the_ring_is_not_full_while_something_else_is_left() -> None:
    html = drawn('{% progress_ring 1500 1200 label="Hours" full=False %}')
    assert "app-ring__full" not in html
    assert "99%" in html


def test_progress_counts_other_things_than_hours() -> None:
    assert "3 sessions of 4 sessions (75%)" in drawn('{% progress 3 4 unit="sessions" %}')


def test_page_links_keep_the_other_parameters_and_leave_gaps() -> None:
    request = RequestFactory().get("/", {"search": "Wake", "page": "7"})
    page = Paginator(range(5000), 25).get_page(7)
    assert ui.page_numbers(page) == [1, 0, 6, 7, 8, 0, 200]
    html = Template('{% include "ui/_pagination.html" %}').render(RequestContext(request, {"page": page}))
    assert 'href="?search=Wake&amp;page=8"' in html
    assert html.count('aria-current="page"') == 1


def test_a_single_page_has_no_page_links() -> None:
    assert drawn('{% include "ui/_pagination.html" %}', page=Paginator([1], 25).get_page(1)).strip() == ""


@pytest.mark.parametrize(("path", "current"), [("/start/", True), ("/start/again/", True), ("/", False)])
def test_the_navigation_marks_where_one_is(path: str, current: bool) -> None:
    request = RequestFactory().get(path)
    html = drawn('{% nav_link "Start" "start" %}', request=request)
    assert ('aria-current="page"' in html) == current


def test_the_navigation_leaves_out_pages_that_are_not_there() -> None:
    assert drawn('{% nav_link "Moon" "moon:home" %}').strip() == ""


def test_a_page_with_an_item_of_its_own_is_not_part_of_the_one_above() -> None:
    request = RequestFactory().get("/account/2fa/")
    assert "aria-current" in drawn(
        '{% nav_link "Account" "account_login" %}', request=RequestFactory().get("/account/login/")
    )
    assert "aria-current" not in drawn('{% nav_link "About" "public:home" %}', request=request)
    assert "aria-current" not in drawn('{% nav_link "2FA" "mfa_index" "mfa_index" %}', request=request)


def test_every_item_of_the_main_navigation_leads_to_a_page() -> None:
    source = (UI / "templates" / "ui" / "_nav.html").read_text()
    names = re.findall(r'"([a-z]+:[a-z]+)', source) + re.findall(r" ([a-z]+:[a-z]+)", source)
    assert [name for name in names if not ui.nav_link(Context(), "", name)["href"]] == []
