"""The QR code on paper leads somewhere when the program's server is gone: static files, and this page in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from cecto.credentials.kit import export, sealed
from tests.journeys.look import findings, overflow
from tools.browser import axe

CODE, SALT = "HJXVEGS3MQQW", "did:web:cecto.example.org"
ENTRY: dict[str, object] = {
    "state": "valid",
    "heading": "On June 15, 2016, this certificate was valid.",
    "sentences": ["It does not expire."],
    "facts": [["Name", "Zoë Núñez-O’Brien"], ["Title", "Certified Educational Chief Technology Officer"]],
    "ends": datetime(2999, 1, 1, tzinfo=UTC).isoformat(),
    "ended": "This certificate expired.",
}


class Fallback(SimpleHTTPRequestHandler):
    """A web server as hosting.md sets it up: below verify/, what is no file is the page."""

    def translate_path(self, path: str) -> str:
        found = super().translate_path(path)
        page = Path(self.directory) / "verify" / "index.html"
        return found if Path(found).is_file() or not path.startswith("/verify/") else str(page)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def written(folder: Path, entry: dict[str, object]) -> None:
    """The page and one entry, as the export writes them."""
    (folder / "verify" / "entries").mkdir(parents=True, exist_ok=True)
    for name in ("index.html", "verify.css", "verify.js"):
        content = files("cecto.credentials.kit").joinpath("public", name).read_bytes()
        (folder / "verify" / name).write_bytes(content)
    about = {"issuer": "N.C. CeCTO program", "day": "June 15, 2016", "salt": SALT, "iterations": sealed.ITERATIONS}
    (folder / "verify" / "about.json").write_text(json.dumps(about))
    name, key = sealed.name_and_key(CODE, SALT)
    (folder / "verify" / "entries" / f"{name}.bin").write_bytes(export._sealed(key, json.dumps(entry).encode()))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    written(tmp_path, ENTRY)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Fallback, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


@pytest.mark.journey
def test_a_paper_of_a_program_that_is_gone_is_still_checked(address: str, reader: Page, tmp_path: Path) -> None:
    reader.goto(f"{address}/verify/HJXV-EGS3-MQQW")
    expect(reader.get_by_role("heading", name="On June 15, 2016, this certificate was valid.")).to_be_visible()
    expect(reader.get_by_text("Zoë Núñez-O’Brien")).to_be_visible()
    expect(reader.get_by_text("They do not know what was revoked, replaced, or issued later.")).to_be_visible()
    assert [*overflow(reader), *findings(reader, axe())] == []
    reader.goto(f"{address}/verify/")
    reader.get_by_label("Code on the certificate").fill("https://cecto.example.org/verify/hjxv–egs3–mqqw")
    reader.get_by_role("button", name="Check the certificate").click()
    expect(reader.get_by_text("Zoë Núñez-O’Brien")).to_be_visible()
    reader.get_by_label("Code on the certificate").fill("7K3M-9TQX-2B4F")
    reader.get_by_role("button", name="Check the certificate").click()
    expect(reader.get_by_role("heading", name="No certificate has this code.")).to_be_visible()
    expect(reader.get_by_text("A certificate issued after June 15, 2016 is not known here.")).to_be_visible()
    expect(reader.get_by_text("Zoë")).to_have_count(0)
    assert [*overflow(reader), *findings(reader, axe())] == []
    written(tmp_path, ENTRY | {"ends": "2020-01-01T00:00:00+00:00"})
    reader.goto(f"{address}/verify/{CODE}")
    expect(reader.get_by_role("heading", name="This certificate expired.")).to_be_visible()
