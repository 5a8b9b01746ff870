"""Writers on SQLite wait in line, in the order they came, and give their turn back however their transaction ends."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from cecto.config.sqlite_in_turn import base
from cecto.config.sqlite_in_turn import turns as turns_module
from cecto.config.sqlite_in_turn.turns import Turns
from cecto.programs.models import Program


def test_the_longest_waiting_is_next() -> None:
    turns, order, threads = Turns(), [], []

    def wait(number: int) -> None:
        assert turns.take(5)
        order.append(number)
        turns.give_back()

    assert turns.take(1)
    for number in range(8):
        threads.append(threading.Thread(target=wait, args=[number]))
        threads[-1].start()
        while len(turns._waiting) <= number:
            time.sleep(0.001)
    turns.give_back()
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    assert turns.take(0)


def test_one_that_waited_too_long_is_not_called_any_more() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give_back()
    assert turns.take(0)


def test_while_a_turn_is_held_up_only_a_few_stay_and_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "HELD_UP_SECONDS", 0.2)
    turns = Turns(patient=3)
    assert turns.take(1)
    with ThreadPoolExecutor(8) as pool:
        started = time.monotonic()
        waits = [pool.submit(turns.take, 2) for _ in range(8)]
        while sum(wait.done() for wait in waits) < 5:
            time.sleep(0.01)
        assert time.monotonic() - started < 1
        assert [wait.result() for wait in waits if wait.done()] == [False] * 5
        started = time.monotonic()
        assert not turns.take(2)
        assert time.monotonic() - started < 0.1
        for _ in range(4):
            turns.give_back()
        assert sum(wait.result() for wait in waits) == 3
    assert turns.take(0)


def test_a_line_that_moves_is_waited_for_however_long_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "HELD_UP_SECONDS", 0.5)
    turns = Turns(patient=1)

    def work(_: int) -> bool:
        taken = turns.take(10)
        time.sleep(0.05)
        turns.give_back()
        return taken

    with ThreadPoolExecutor(24) as pool:
        assert all(pool.map(work, range(24)))


def taken() -> bool:
    return base.TURNS._taken


sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_with_its_transaction_however_that_ends() -> None:
    with transaction.atomic():
        assert taken()
    assert not taken()
    with pytest.raises(Program.DoesNotExist), transaction.atomic():
        Program.objects.get(code="none")
    assert not taken()
    with transaction.atomic():
        connection.close()
    assert not taken()


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_many_writers_are_all_served() -> None:
    def write(number: int) -> None:
        with transaction.atomic():
            Program.objects.create(code=f"p{number}", name="P")
        connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(64)))
    assert Program.objects.count() == 64


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_writer_of_another_process_is_waited_for_but_not_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    other = connection.copy()
    other.connect()
    try:
        other.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), transaction.atomic():
            pass
        assert not taken()
        other.connection.execute("ROLLBACK")
        with transaction.atomic():
            Program.objects.create(code="late", name="P")
    finally:
        other.close()
    assert Program.objects.count() == 1
