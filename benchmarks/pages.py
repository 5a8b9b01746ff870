"""What each page costs the server: its queries, its time against an empty view with the same queries, its size."""

from __future__ import annotations

import brotli
from django.test import Client
from django.urls import reverse

from benchmarks.harness.crowd import demo_class
from benchmarks.harness.measure import Bench, Work
from benchmarks.harness.replay import queries_of, replaying
from cecto.classes.models import Cohort
from cecto.demo.year.world import person
from cecto.people.demo_links import demo_link
from cecto.people.queries import account_of

TITLE = "Pages"
MOST_QUERIES = 10
MOST_TIMES_THE_FLOOR = 3
HEAVIEST_KB = 40


def run(bench: Bench) -> None:
    """The demo's class in January, as each person who would look at the page."""
    cohort, _ = demo_class("midyear")
    for title, (client, address) in _pages(cohort).items():
        queries = queries_of(client, address)
        bench.measure(
            Work(f"{title}: empty view, same queries", replaying(_visitor(), queries), floor=True),
            Work(title, lambda: client.get(address), limit_ratio=MOST_TIMES_THE_FLOOR),  # noqa: B023 - called here
        )
        bench.fact(f"{title}: queries", len(queries), limit=MOST_QUERIES)
        weight = len(brotli.compress(client.get(address).content)) / 1000
        bench.fact(f"{title}: weight, compressed", weight, limit=HEAVIEST_KB, unit="kB")
    bench.note("The floor answers through the same middleware. Static files are not in the weight.")


def _pages(cohort: Cohort) -> dict[str, tuple[Client, str]]:
    coordinator, officer, candidate = _signed_in("coordinator"), _signed_in("director"), _signed_in("marisol")
    meeting = cohort.meetings.order_by("revisions__starts_at").first()
    enrollment = person("marisol").enrollments.get(cohort=cohort)
    assert meeting is not None
    return {
        "home": (_visitor(), reverse("public:home")),
        "verify": (_visitor(), reverse("credentials:lookup")),
        "my program": (candidate, reverse("portal:home")),
        "my record": (candidate, reverse("portal:record", args=[enrollment.key])),
        "superintendent's page": (_signed_in("anneliese"), reverse("portal:home")),
        "console": (coordinator, reverse("console:home")),
        "class grid": (coordinator, reverse("console:class", args=[cohort.key])),
        "attendance of a session": (coordinator, reverse("attendance:roster", args=[meeting.key])),
        "record of a person": (coordinator, reverse("audits:record", args=[enrollment.key])),
        "docket": (officer, reverse("certification:docket", args=[cohort.key])),
    }


def _signed_in(handle: str) -> Client:
    client, account = _visitor(), account_of(person(handle))
    assert account is not None
    client.get(demo_link(account))
    return client


def _visitor() -> Client:
    return Client(headers={"host": "localhost"})
