"""An administrator's first day: a code by e-mail, a second step to set up, a passkey from then on."""

from __future__ import annotations

import base64
import email
import hmac
import re
import struct
import time

from playwright.sync_api import Page

from tests.journeys.look import Look
from tests.journeys.site import Site

ADDRESS = "fitz@sog.example"
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _mailed_code(site: Site) -> str:
    """The code in the last message of the newest file that the demo's mail goes to."""
    newest = max((site.home / "mail").iterdir(), key=lambda file: file.stat().st_mtime)
    parts = [part for part in re.split(r"^-{79}$", newest.read_text(), flags=re.MULTILINE) if part.strip()]
    message = email.message_from_string(parts[-1].lstrip())
    body = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    found = re.search(r"^\s{4}(\S+)$", bytes(body.get_payload(decode=True)).decode(), re.MULTILINE)
    assert found
    return found[1]


def _app_code(secret: str) -> str:
    """What an authenticator app shows now for a secret (RFC 6238, six digits, half a minute, SHA-1)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def _sign_in_by_code(page: Page, site: Site) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(_mailed_code(site))


def test_an_administrator_signs_in_and_sets_up_a_second_step(site: Site, page: Page, look: Look) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})

    _sign_in_by_code(page, site)
    look(page, "sign-in-code")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/console/")
    assert page.url.endswith("/account/2fa/")
    look(page, "how-you-sign-in")

    page.get_by_role("link", name="Set up the app").click()
    look(page, "set-up-app")
    page.get_by_text("The picture cannot be scanned").click()
    page.get_by_label("Authenticator code").fill(_app_code(page.locator("code").inner_text()))
    page.get_by_role("button", name="Use this app").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    look(page, "recovery-codes")
    assert page.locator("code").count() == 10
    page.goto("/console/")
    assert page.url.endswith("/console/")

    page.goto("/account/2fa/webauthn/add/")
    look(page, "add-passkey")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/account/2fa/")
    page.get_by_role("button", name="Sign out").first.click()

    _sign_in_by_code(page, site)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="The second step").wait_for()
    look(page, "second-step")
    page.goto("/console/")
    assert "/account/" in page.url

    page.goto("/account/login/")
    look(page, "sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/console/")
