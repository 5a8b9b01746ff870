"""Someone from outside: what is this, who was in it, is this certificate real?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.look import Look
from tests.journeys.site import Site

pytestmark = [pytest.mark.stage("alumni"), pytest.mark.reads_only]


def test_the_program_and_its_classes_are_there_to_read(site: Site, page: Page, look: Look) -> None:
    page.goto(site.url)
    page.get_by_role("link", name="Look back at every class").click()
    expect(page.get_by_role("row", name=re.compile("2010"))).to_contain_text("34")
    look(page, "public-classes")
    page.get_by_role("link", name="CeCTO Class of 2016 (demo)").click()
    expect(page.get_by_role("heading", name="When it meets")).to_be_visible()
    look(page, "public-class")
    page.get_by_role("link", name="Technology directors", exact=False).click()
    look(page, "public-definition")


def test_a_certificate_is_verified_by_code_and_by_file_and_a_changed_one_is_not(
    site: Site, page: Page, look: Look, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert site.cecto("issue", "--class", "cecto-2016", "--out", str(out)).returncode == 0
    pdf = next(out.glob("*.pdf"))
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", pdf.name)
    page.goto(f"{site.url}/verify/")
    look(page, "verify")
    page.get_by_label("Code on the certificate").fill(code.lower())
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")

    page.goto(f"{site.url}/verify/")
    page.get_by_label("Certificate file").set_input_files(pdf)
    page.get_by_role("button", name="Verify the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This certificate is valid")

    changed = tmp_path / "changed.json"
    changed.write_text(next(out.glob("*.json")).read_text().replace("Technology", "Technologie"))
    page.goto(f"{site.url}/verify/")
    page.get_by_label("Certificate file").set_input_files(changed)
    page.get_by_role("button", name="Verify the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This file was changed")
    look(page, "verify-altered")

    page.goto(f"{site.url}/verify/")
    page.get_by_label("Code on the certificate").fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_text("and one is wrong", exact=False).first).to_be_visible()
    look(page, "verify-mistyped")
