"""Certificates can be read out and archived; and the reader that says so finds what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Pdf

from cecto.credentials import certificate
from tests.credentials.accessible import faults, tags
from tests.credentials.sample import AWARDED, Registry, badge, certificate_text
from tests.credentials.test_certificate import NAMES


def made(**changes: object) -> bytes:
    credential = json.dumps(Registry().sign(badge())).encode()
    return certificate.render(certificate_text(**changes), credential, at=AWARDED)


@pytest.mark.parametrize("holder", NAMES.values(), ids=NAMES)
def test_a_certificate_is_accessible_and_lasts(holder: str) -> None:
    content = made(holder=holder)
    assert faults(content) == []
    found = tags(content)
    assert (found["/H1"], found["/H2"], found["/Figure"] > 0) == (1, 1, True)


def unmark(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def silence(pdf: Pdf) -> None:
    del pdf.Root.Lang


def hide_title(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def bleach(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def forget_words(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") == pikepdf.Name.Figure:
            del item["/Alt"]


def draw_outside(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"BT (x) Tj ET")


def skip_a_level(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") == pikepdf.Name.H2:
            item["/S"] = pikepdf.Name.H3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (unmark, "does not say that it is tagged"),
        (silence, "names no language"),
        (hide_title, "shows its file name"),
        (bleach, "no output intent"),
        (forget_words, "a figure has no words"),
        (draw_outside, "page 1 draws Tj outside every tag"),
        (skip_a_level, "a heading /H3 follows one of level 1"),
    ],
)
def test_what_is_damaged_is_found(damage: Callable[[Pdf], None], said: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(made())) as pdf:
        damage(pdf)
        pdf.save(out)
    assert said in " / ".join(faults(out.getvalue()))
