"""Serving begins with a page and ends when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.journeys.site import environment, free_port


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    ours = environment(home, port)
    subprocess.run([sys.executable, "-m", "cecto", "init"], env=ours, check=True, capture_output=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "cecto", "serve"],
        env=ours,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _first_page(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}", server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def test_control_c_ends_it_however_many_processes_hear_of_it(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as (_, server):
        os.killpg(server.pid, signal.SIGINT)  # a terminal tells every process of the group
        assert server.wait(15) == 0


@pytest.mark.proof
def test_pages_are_read_while_writers_wait(tmp_path: Path) -> None:
    """Twenty ask for a code while another program holds the database; meanwhile everybody else reads."""
    with serving(tmp_path / "home") as (site, _):
        neighbor = sqlite3.connect(tmp_path / "home" / "cecto.sqlite3", isolation_level=None)
        neighbor.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(20) as pool:
            asked = [pool.submit(_ask_for_a_code, site) for _ in range(20)]
            time.sleep(4)
            waits = [_seconds(f"{site}/") for _ in range(20)]
            answers = [one.result() for one in asked]
        neighbor.execute("ROLLBACK")
        assert max(waits) < 2
        assert {(status, again) for status, again, _ in answers} == {(503, "5")}
        assert max(seconds for *_, seconds in answers) < 8
        assert _ask_for_a_code(site)[0] == 200
        assert _body(urllib.request.Request(f"{site}/", method="HEAD")) == b""


def _ask_for_a_code(site: str) -> tuple[int, str | None, float]:
    """The answer, when to ask again, and after how many seconds it came."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(f"{site}/account/login/").read().decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "login": "ada@lake.example"}).encode()
    started = time.monotonic()
    try:
        with browser.open(f"{site}/account/login/", form, timeout=60) as answer:
            return answer.status, None, time.monotonic() - started
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"], time.monotonic() - started


def _seconds(address: str) -> float:
    started = time.monotonic()
    _body(urllib.request.Request(address))
    return time.monotonic() - started


def _body(request: urllib.request.Request) -> bytes:
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cannot serve on 127.0.0.1:{port}: Address already in use"):
            call_command("serve", port=port)


def _first_page(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("cecto serve answered no page")


def test_too_few_threads_are_refused() -> None:
    with pytest.raises(CommandError, match="at least 6 threads"):
        call_command("serve", threads=5)
