"""Names in many scripts come out of the certificate as they were written, and everything on it in a good order."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from cecto.credentials import certificate, uploads
from cecto.credentials.spoken import is_drawn_in_pieces, with_name
from cecto.credentials.typesetting import CannotPrint
from tests.credentials.accessible import faults
from tests.credentials.sample import AWARDED, Registry, badge, certificate_text

SCRIPTS = {
    "Latin": "Zoë Núñez-O’Brien",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Greek": "Γιώργος Παππάς",
    "Cyrillic": "Иван Петров",
    "Han": "王小明",
    "Kana": "山田 たろう",
    "Hangul": "김민준",
    "Arabic": "محمد علي",
    "Arabic, four words": "عبد الرحمن بن يوسف",
    "Persian": "نگار پارسا",
    "Hebrew": "דוד כהן",
    "Thai": "สมชาย ใจดี",
    "Lao": "ສົມສັກ",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Devanagari": "श्री रवि शर्मा",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "ગુજરાતી",
    "Tamil": "தமிழ்ச்செல்வன்",
    "Telugu": "శ్రీనివాస్",
    "Kannada": "ಕನ್ನಡ",
    "Malayalam": "ശ്രീകുമാർ",
    "Sinhala": "සුනිල්",
    "Khmer": "សុខា",
    "Myanmar": "အောင်ဆန်း",
    "Ethiopic": "አበበ",
    "Georgian": "გიორგი",
    "Armenian": "Արամ",
    "Cherokee": "ᏣᎳᎩ",
}
# Signs that readers put around words that run to the left.
TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f"))


def made(**changes: object) -> bytes:
    return certificate.render(certificate_text(**changes), json.dumps(Registry().sign(badge())).encode(), at=AWARDED)


@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
def test_a_name_is_copied_from_chromium_as_it_was_written(name: str) -> None:
    """PDFium is what Chromium reads PDFs with."""
    text = pdfium.PdfDocument(made(holder=name))[0].get_textpage().get_text_range()
    assert name in text.splitlines()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed here")
@pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
def test_a_name_is_read_by_poppler_as_it_was_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "it.pdf").write_bytes(made(holder=name))
    done = subprocess.run(["pdftotext", str(tmp_path / "it.pdf"), "-"], capture_output=True, text=True, check=True)
    said = done.stdout.translate(TURNS)
    assert [word for word in name.split() if word not in said.split()] == []


@pytest.mark.parametrize("name", ["محمد علي", "রবীন্দ্রনাথ ঠাকুর", "สมชาย ใจดี"])
def test_joining_the_pieces_keeps_what_the_file_is(name: str) -> None:
    content = made(holder=name)
    assert is_drawn_in_pieces(name)
    assert faults(content) == []
    assert content == made(holder=name)
    assert uploads.read_document(content) == Registry().sign(badge())
    with pikepdf.open(BytesIO(content)) as pdf:
        told = [str(item.ActualText) for item in pdf.objects if "/ActualText" in _keys(item) and "/S" in _keys(item)]
        assert told == [name]


def _keys(item: pikepdf.Object) -> set[str]:
    return set(item.keys()) if isinstance(item, pikepdf.Dictionary) else set()


def test_a_name_that_cannot_be_joined_stays_as_it_was_drawn() -> None:
    for name in ("محمد Smith", "שלום 123"):
        assert not is_drawn_in_pieces(name)
        assert faults(made(holder=name)) == []
    drawn = made(holder="דוד כהן")
    assert with_name(drawn, "דוד בן כהן") == drawn


@pytest.mark.parametrize(
    "name",
    [
        "𠮷野家",
        "ߒߞߏ",
        "𞤀𞤣𞤤𞤢𞤥",
        "ᠮᠣᠩᠭᠣᠯ",
        "ܣܘܪܝܝܐ",
        "བསྟན་འཛིན་",
        "Zoë 🙂",
        "ᐃᓄᒃ",
        "Ann\u202eevil",
        "A\x00B",
        "A\ue000",
        "Z\ud800",
    ],
)
def test_what_no_font_shows_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(CannotPrint, match=r"no bundled font can show .*U\+"):
        made(holder=name)


def test_things_are_said_in_the_order_in_which_they_are_read_aloud() -> None:
    said = _said(made())
    order = [
        "Margaret Delacroix",
        "Certified Educational Chief",
        "240.25 contact hours",
        "Issued by N.C. CeCTO Program",
    ]
    order += ["Eleanor Vance", "Program director", "Thomas Okonkwo", "DPI liaison", "June 14, 2016", "HJXV-EGS3-MQQW"]
    order += ["https://cecto.example.org/verify/HJXVEGS3MQQW"]
    assert [said.find(words) for words in order] == sorted(said.find(words) for words in order)
    assert min(said.find(words) for words in order) > 0


def _said(content: bytes) -> str:
    """The words of the page in the order of its instructions, which is that of its tags."""
    page = pdfium.PdfDocument(content)[0]
    texts = [
        item for item in page.get_objects(textpage=page.get_textpage()) if item.type == pdfium.raw.FPDF_PAGEOBJ_TEXT
    ]
    return "|".join(item.extract() for item in texts)


def test_the_printed_address_can_be_copied() -> None:
    text = pdfium.PdfDocument(made())[0].get_textpage().get_text_range()
    assert "https://cecto.example.org/verify/HJXVEGS3MQQW" in text.splitlines()
