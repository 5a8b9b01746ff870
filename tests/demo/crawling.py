"""Follows the site's own links as people of every role: from page to page, breadth first, in this process."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

import time_machine
from django.conf import settings
from django.test import Client, override_settings
from django.urls import Resolver404, resolve

from cecto.demo.guide import SIGN_IN
from cecto.demo.year.world import person
from cecto.people.demo_links import demo_link
from cecto.people.queries import account_of

# So many pages of one kind are opened: the first rows of a list, not all of them.
OF_A_KIND = 2
REFUSED = {403, 404}


def dead_links(now: datetime, *handles: str) -> list[str]:
    """What these people of the demo, or all who sign in, are shown at that instant and may not open.

    Each as "role: page → link: status". The public looks first.
    """
    with override_settings(CECTO_DEMO=True), time_machine.travel(now, tick=True):
        public = Crawl(Client(raise_request_exception=False)).from_("/")
        found = [("public", public)]
        for role, handle in [one for one in SIGN_IN if not handles or one[1] in handles]:
            found.append((role, Crawl(browser_of(handle), known=public.kinds).from_("/start/", "/")))
    return [f"{role}: {fault}" for role, crawl in found for fault in crawl.faults]


def browser_of(handle: str) -> Client:
    """A browser in which that person of the demo signed in by the link that the demo prints for them."""
    account = account_of(person(handle))
    assert account is not None
    browser = Client(raise_request_exception=False)
    assert browser.get(demo_link(account)).status_code == 302
    return browser


class _Links(HTMLParser):
    """Collects where links lead, and forms that only ask (GET), each with what stands in its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._form: str | None = None
        self._fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        says = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in says:
            self.found.append(says["href"])
        elif "hx-get" in says:
            self.found.append(says["hx-get"])
        elif tag == "form" and says.get("method", "get").lower() == "get":
            self._form, self._fields = says.get("action", ""), []
        elif tag == "input" and says.get("name") and says.get("type") not in {"checkbox", "radio", "submit"}:
            self._fields.append((says["name"], says.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.found.append(f"{self._form}?{urlencode(self._fields)}")
            self._form = None


@dataclass
class Crawl:
    """What one browser finds behind the links that it is shown. `faults` are the links that lead nowhere.

    Of the kinds of pages that are `known` it opens one.
    """

    browser: Client
    known: Set[str] = frozenset()
    faults: list[str] = field(default_factory=list)
    _opened: Counter[str] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)
    _waiting: deque[tuple[str, str]] = field(default_factory=deque)

    def from_(self, *addresses: str) -> Crawl:
        """Follow every link from these addresses on, a few of each kind."""
        for address in addresses:
            self._add("", address)
        while self._waiting:
            self._follow(*self._waiting.popleft())
        return self

    @property
    def kinds(self) -> Set[str]:
        """The kinds of pages that it opened."""
        return self._opened.keys()

    def _follow(self, page: str, address: str) -> None:
        response = self.browser.get(address)
        if response.status_code in REFUSED or response.status_code >= 500:
            self.faults.append(f"{page} → {address}: {response.status_code}")
        links = [response["Location"]] if "Location" in response else _links(response)
        for link in links:
            self._add(address, urljoin(address, link))

    def _add(self, page: str, address: str) -> None:
        """Remember to follow it, unless it leads elsewhere, was followed, or enough of its kind were."""
        address = urldefrag(address).url.removeprefix(settings.CECTO_URL) or "/"
        elsewhere = not address.startswith("/") or address.startswith(settings.STATIC_URL)
        if elsewhere or address in self._seen:
            return
        kind = _kind(address)
        if self._opened[kind] < (1 if kind in self.known else OF_A_KIND):
            self._opened[kind] += 1
            self._seen.add(address)
            self._waiting.append((page, address))


def _links(response: Any) -> list[str]:
    sent = response.getvalue()
    if not response["Content-Type"].startswith("text/html"):
        return []
    links = _Links()
    links.feed(sent.decode())
    return links.found


def _kind(address: str) -> str:
    """The pattern that an address follows, with the names of what it asks."""
    parts = urlsplit(address)
    asks = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    try:
        return f"{resolve(parts.path).route} {asks}"
    except Resolver404:
        return address
