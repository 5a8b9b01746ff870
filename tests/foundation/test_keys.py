"""Keys that address rows, in URLs and at the command line."""

from __future__ import annotations

import secrets

import pytest

from cecto.foundation import keys


def test_a_key_has_the_form_of_one() -> None:
    assert keys.is_key(keys.new_key())
    assert not keys.is_key("short")


def test_no_key_looks_like_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-" + "a" * 21, "--" + "b" * 20, "c" * 22])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _size: next(drawn))
    assert keys.new_key() == "c" * 22
