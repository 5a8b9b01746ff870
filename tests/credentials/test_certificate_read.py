"""A certificate as a stranger's eye and software see it: drawn and read by PDFium, its QR code by ZXing."""

from __future__ import annotations

import json
from unicodedata import bidirectional

import pypdfium2 as pdfium
import pytest
import zxingcpp

from cecto.credentials import certificate
from cecto.credentials.certificate import SignedBy
from tests.credentials.sample import AWARDED, Registry, badge, certificate_text
from tests.credentials.test_certificate import NAMES


def opened(**changes: object) -> pdfium.PdfDocument:
    """A certificate opened by PDFium."""
    credential = json.dumps(Registry().sign(badge())).encode()
    return pdfium.PdfDocument(certificate.render(certificate_text(**changes), credential, at=AWARDED))


def qr_codes(document: pdfium.PdfDocument) -> list[str]:
    """What a reader finds on the page, drawn in gray with two pixels for each point."""
    bitmap = document[0].render(scale=2, grayscale=True)
    raw = bytes(bitmap.buffer)
    rows = [raw[start : start + bitmap.width] for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)]
    pixels = memoryview(b"".join(rows)).cast("B", shape=[bitmap.height, bitmap.width])
    return [code.text for code in zxingcpp.read_barcodes(pixels)]


def test_the_qr_code_opens_the_page_of_the_certificate() -> None:
    assert qr_codes(opened()) == ["https://cecto.example.org/verify/HJXVEGS3MQQW"]


def test_a_long_address_is_still_read() -> None:
    address = f"https://certificates.technology.example.org:8443/{'program/' * 12}verify/HJXVEGS3MQQW"
    assert qr_codes(opened(verify_url=address)) == [address]


@pytest.mark.parametrize("holder", NAMES.values(), ids=NAMES)
def test_every_name_can_be_read_and_copied(holder: str) -> None:
    text = opened(holder=holder)[0].get_textpage().get_text_range()
    letters = "".join(text.split()).replace("\u200b", "").replace("\ufffe", "")
    assert set("".join(holder.split())) <= set(letters)
    # PDFium puts the dots of Arabic letters where they are drawn, so whole words are asked for in other scripts only.
    if not any(bidirectional(letter) in {"R", "AL"} for letter in holder):
        assert [word for word in holder.split() if word not in letters] == []


def test_nothing_is_set_outside_the_frame() -> None:
    signatures = tuple(
        SignedBy("Maximilian Featherstonehaugh-Montgomery", "Office of many words " * 3) for _ in range(4)
    )
    page = opened(holder=NAMES["300 characters"], signatures=signatures)[0]
    width, height = page.get_size()
    boxes = [item.get_bounds() for item in page.get_objects() if item.type == pdfium.raw.FPDF_PAGEOBJ_TEXT]
    assert boxes
    for left, bottom, right, top in boxes:
        assert 30 < left < right < width - 30
        assert 30 < bottom < top < height - 30
