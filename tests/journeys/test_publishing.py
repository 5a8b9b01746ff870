"""A program director publishes new rules: what is wrong is mended on the page, what would change is read first."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from cecto.definitions import examples, shipped
from tests.journeys.conftest import Visitor
from tests.journeys.look import Look
from tests.journeys.site import Site

NAME = "cecto-technology-director-2015-16"
DIRECTOR = "Certification officer, program director"
FACE_TO_FACE = "where: {modality: f2f}, at_least: 1"


def test_rules_are_handed_in_mended_read_and_published(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(scripts=False)
    page.goto(site.link(DIRECTOR))
    page.get_by_role("link", name="What the programs require").click()
    page.get_by_role("link", name="Publish a definition").click()
    _hand_in(page, tmp_path, _second().replace("measure: together", "measure: togeter"))
    expect(page.get_by_role("heading", name="This definition cannot be published yet")).to_be_visible()
    expect(page.get_by_text("Did you mean `together`?")).to_be_visible()
    page.get_by_label("Definition, as text").fill(_second())
    page.get_by_role("button", name="Preview again").click()
    address = page.url
    page.goto("/")
    page.goto(address)
    expect(page.get_by_role("link", name="Harlan Pridgen III").first).to_be_visible()
    page.get_by_label("Reason").fill("Twenty more hours face to face, as the steering committee asked.")
    page.get_by_role("button", name="Publish for good").click()
    expect(page.get_by_text("Published for good.")).to_be_visible()
    expect(page.get_by_text("as the steering committee asked.").first).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("This very text is published already.")).to_be_visible()


def test_the_pages_of_publishing_look_right_to_an_administrator(
    site: Site, visitor: Visitor, look: Look, tmp_path: Path
) -> None:
    page = visitor()
    page.goto(site.link("Administrator"))
    page.goto("/console/definitions/publish/")
    look(page, "publish")
    _hand_in(page, tmp_path, _second().replace("measure: together", "measure: togeter"))
    look(page, "publish-to-mend")
    page.get_by_label("Definition, as text").fill(_second())
    page.get_by_role("button", name="Preview again").click()
    expect(page.get_by_text("something changes for 1 person.")).to_be_visible()
    expect(page.get_by_text("Harlan Pridgen III")).to_have_count(0)
    look(page, "publish-preview")
    page.goto("/definitions/")
    look(page, "definitions")


def _second() -> str:
    text = dict(shipped())[NAME].replace("version: 1\n", "version: 2\n", 1)
    assert f"{FACE_TO_FACE}00h" in text
    return text.replace(f"{FACE_TO_FACE}00h", f"{FACE_TO_FACE}20h")


def _hand_in(page: Page, folder: Path, text: str) -> None:
    definition, persons = folder / "second.yaml", folder / "second.examples.yaml"
    definition.write_text(text)
    persons.write_text(examples(NAME))
    page.get_by_label("Definition", exact=True).set_input_files(definition)
    page.get_by_label("Example persons (optional)", exact=True).set_input_files(persons)
    page.get_by_role("button", name="Preview").click()
