"""A page against its floor: an empty view that runs the same queries."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path


def queries_of(client: Client, address: str) -> list[str]:
    """The SQL that a request runs when one like it came before. Raises AssertionError if it is not answered 200."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    return [str(query["sql"]) for query in captured]


def replaying(client: Client, queries: list[str]) -> Callable[[], object]:
    """A request to a view that runs the reads among those queries, fetches their rows and answers nothing."""
    reads = [query for query in queries if query.startswith("SELECT")]

    def view(_: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            for query in reads:
                cursor.execute(query)
                cursor.fetchall()
        return HttpResponse()

    class Addresses:
        urlpatterns = [path("", view)]

    def request() -> object:
        with override_settings(ROOT_URLCONF=Addresses):
            return client.get("/")

    return request
