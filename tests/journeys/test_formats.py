"""A hybrid day: some online by one tick, some by a video report, one seen in two places; then it is settled."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from cecto.requirements.english.amounts import hours
from tests.journeys.look import Look
from tests.journeys.site import Site
from tests.journeys.test_offline import rows, save

HEADINGS = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
POSTED = """
select activity.modality, cast(sum(entry.attended) as text) from ledger_entry entry
join ledger_activity activity on activity.id = entry.activity_id
join people_person person on person.id = entry.person_id
where person.name = '{name}' and entry.occurred_on = '2016-01-20' group by activity.modality order by activity.modality
"""


def seen_online(name: str, joined: str, left: str) -> str:
    """A row of a video report."""
    return f'"{name}",,01/20/2016 {joined},01/20/2016 {left},60,No'


def test_a_hybrid_day_is_marked_reconciled_and_settled(site: Site, page: Page, look: Look, tmp_path: Path) -> None:
    page.goto(site.link("Coordinator"))
    page.get_by_role("link", name="Organizational change").first.click()
    expect(page.locator("[data-ready]")).to_be_attached()
    ticks = page.get_by_label(re.compile("^Online:"))
    moses, fatima = (str(ticks.nth(n).get_attribute("aria-label")).removeprefix("Online: ") for n in (1, 2))
    ticks.nth(1).check()
    save(page)
    expect(page.get_by_text("All marks saved")).to_be_visible()
    expect(ticks.nth(1)).to_be_checked()

    file = tmp_path / "zoom.csv"
    rows_online = [seen_online(name, "08:30:00 AM", "04:30:00 PM") for name in (moses, fatima)]
    file.write_text("\n".join([HEADINGS, *rows_online, ""]))
    page.get_by_role("link", name="Reports", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name=re.compile("review")).click()
    page.get_by_role("button", name="Import this report").click()
    page.get_by_role("link", name="Review and finalize").click()
    expect(page.get_by_text("that counts as in the room").first).to_be_visible()
    look(page, "reconcile-hybrid")

    panel = page.locator(".app-panel", has=page.get_by_role("heading", name=fatima))
    panel.get_by_text(f"Zoom: {hours(390)}, live online").click()
    panel.get_by_label("Why").fill("She wrote from home")
    page.get_by_role("button", name="Save these answers").click()
    expect(page.get_by_text("that counts as in the room")).to_have_count(0)
    page.get_by_role("link", name=fatima).click()
    expect(page.get_by_text("Where: live online.")).to_be_visible()
    expect(page.get_by_text(f"Time set by hand: {hours(390)}, live online")).to_be_visible()
    look(page, "person-hybrid")
    page.get_by_role("link", name="Back to the session").click()
    page.get_by_role("button", name="Finalize attendance").click()
    expect(page.get_by_text("Attendance is final.").first).to_be_visible()
    for name in (moses, fatima):
        assert rows(site, POSTED.format(name=name)) == [("sync", "390")]
