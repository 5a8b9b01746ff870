"""A coordinator brings the scores of graded online work in: says once what the columns are, looks, accepts."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.journeys.site import Site
from tests.journeys.test_offline import rows

GRADEBOOK = """Student,ID,SIS User ID,SIS Login ID,Section,A change you will lead (4711),Discussion (4712),Current Score
    Points Possible,,,,,10,5,(read only)
"Quiñones, Marisol",1,,mquinones,CeCTO,8,5,90
"Quinones, M.",2,,mq2,CeCTO,9,5,90
"Student, Test",3,,,CeCTO,,,
"""
ACCEPTED = """
select person.name, cast(entry.attended as text) from ledger_entry entry
join people_person person on person.id = entry.person_id
join ledger_activity activity on activity.id = entry.activity_id
where entry.kind = 'accepted' and activity.title = 'A change you will lead'
"""


def test_scores_of_a_gradebook_become_accepted_work(site: Site, page: Page, look: Look, tmp_path: Path) -> None:
    file = tmp_path / "canvas.csv"
    file.write_text(GRADEBOOK)
    page.goto(site.link("Coordinator"))
    page.goto("/console/classes/")
    page.get_by_role("link", name="CeCTO Class of 2016").first.click()
    page.get_by_role("link", name="Work", exact=True).click()
    page.get_by_role("link", name="Import scores").click()
    look(page, "scores")
    page.get_by_label("Gradebook").set_input_files(file)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("2 columns wait")).to_be_visible()
    look(page, "scores-asked")

    page.get_by_role("button", name="Save these answers").click()
    expect(page.get_by_text("say how much of the points is enough").first).to_be_visible()
    look(page, "scores-refused")
    page.get_by_label("Enough, in percent").first.fill("70")
    page.get_by_label("Work").nth(1).select_option("Not work of this class")
    page.get_by_label("Who is it?").select_option("Nobody of ours")
    page.get_by_role("button", name="Save these answers").click()
    expect(page.get_by_text("1 score would be accepted as work.")).to_be_visible()
    look(page, "scores-preview")
    assert rows(site, ACCEPTED) == []
    page.get_by_role("button", name="Accept this work").click()
    expect(page.get_by_text("1 score accepted as work.")).to_be_visible()
    assert rows(site, ACCEPTED) == [("Marisol Quiñones", "300")]
