"""The certificate as a PDF, read by software that did not make it (pikepdf)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cecto.credentials import certificate, typesetting, uploads
from cecto.credentials.certificate import SignedBy
from cecto.credentials.typesetting import CannotPrint
from tests.credentials.sample import AWARDED, Registry, badge, certificate_text

NAMES = {
    "short": "Li",
    "plain": "Margaret Delacroix-Whitfield",
    "accents": "Zoë Núñez-O’Brien Żółkiewska-Ştefănescu Đặng Thị Ánh",
    "markup": "A & B <Sons> #set $x$ _y_ *z* @label `code` \\ \" ' [ ] { } // /* ~ --- https://x.example",
    "chinese japanese korean": "王小明 山田太郎 김철수",
    "arabic hebrew": "محمد عبد الله الهاشمي שרה כהן",
    "indic": "जवाहरलाल नेहरू தமிழ் తెలుగు বাংলা",
    "cherokee georgian ethiopic": "ᏣᎳᎩ კახა ሀበሻ",
    "300 characters": ("Maria del Carmen Alejandra Fernández-Montgomery de la Cruz y Santiago " * 5)[:300],
    "one word of 300": "W" * 300,
}


def render(**changes: object) -> bytes:
    credential = json.dumps(Registry().sign(badge())).encode()
    return certificate.render(certificate_text(**changes), credential, at=AWARDED)


@pytest.mark.parametrize("holder", NAMES.values(), ids=NAMES)
def test_any_name_fits_on_one_tagged_page(holder: str) -> None:
    with pikepdf.open(BytesIO(render(holder=holder))) as pdf:
        assert len(pdf.pages) == 1
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, 792, 612]
        assert str(pdf.docinfo["/Title"]).replace("\u200b", "").endswith(holder)
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_it_claims_pdf_a_3a_and_pdf_ua_1() -> None:
    with pikepdf.open(BytesIO(render())) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["pdfuaid:part"] == "1"


def test_the_signed_json_is_attached_byte_for_byte() -> None:
    signed = Registry().sign(badge())
    content = json.dumps(signed, ensure_ascii=False).encode()
    pdf = certificate.render(certificate_text(), content, at=AWARDED)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["credential.json"]
        assert opened.attachments["credential.json"].get_file().read_bytes() == content
    assert uploads.read_document(pdf) == signed


def test_pictures_have_words_and_decoration_has_none() -> None:
    with pikepdf.open(BytesIO(render())) as pdf:
        alternatives = [
            str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert alternatives == ["QR code that opens https://cecto.example.org/verify/HJXVEGS3MQQW"]


def test_the_same_words_give_the_same_bytes() -> None:
    assert render() == render()
    assert render() != render(holder="Somebody Else")


def test_it_can_be_printed_before_it_is_released() -> None:
    assert render(unreleased=True) != render()


def test_the_partners_of_the_program_stand_below_its_issuer() -> None:
    named = certificate_text(partnership="A partnership of A, B, and C.")
    with pikepdf.open(BytesIO(certificate.render(named, None, at=AWARDED))) as pdf:
        assert len(pdf.pages) == 1
    shown = {bool(one.partnership): certificate.picture(one) for one in (named, certificate_text())}
    assert len(shown[True]) > len(shown[False])


@pytest.mark.parametrize(
    ("details", "of_class", "hours"),
    [
        ("Class of 2016 · 240.25 contact hours · 24.02 CEU", "Class of 2016", "240.25 contact hours, 24.02 CEU"),
        ("Class of 2016", "Class of 2016", ""),
        ("Class of 2016 · valid until May 3, 2019", "Class of 2016", ""),
        ("A · B · 7 contact hours · 0.7 CEU · valid until May 3, 2019", "A · B", "7 contact hours, 0.7 CEU"),
        (
            "9 contact hours · 0.9 CEU · 7 contact hours · 0.7 CEU",
            "9 contact hours · 0.9 CEU",
            "7 contact hours, 0.7 CEU",
        ),
        ("Two\nlines · 7 contact hours · 0.7 CEU", "Two\nlines", "7 contact hours, 0.7 CEU"),
    ],
)
def test_a_class_is_told_from_the_hours(details: str, of_class: str, hours: str) -> None:
    assert certificate.class_and_hours(details) == (of_class, hours)


def test_one_to_four_people_sign() -> None:
    for count in range(1, 5):
        signed = tuple(SignedBy(f"Person {index}", "Office of many words " * 3) for index in range(count))
        with pikepdf.open(BytesIO(render(signatures=signed))) as pdf:
            assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"holder": "x" * 301}, "301 characters"),
        ({"holder": "Ana \U0001f600"}, r"U\+1F600"),
        ({"signatures": ()}, "at least one signature"),
    ],
)
def test_what_cannot_be_printed_says_why(changes: dict[str, object], said: str) -> None:
    with pytest.raises(CannotPrint, match=said):
        render(**changes)


def test_only_templates_of_ours_are_set() -> None:
    with pytest.raises(CannotPrint, match="not a template"):
        certificate.render(certificate_text(), b"{}", at=datetime(2016, 1, 1, tzinfo=UTC), template="../x")


SHOWABLE = st.text(st.sampled_from(sorted(typesetting._covered())), min_size=1, max_size=300)


@given(SHOWABLE, SHOWABLE, SHOWABLE)
@settings(max_examples=settings().max_examples // 3, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_fonts_can_show_is_set(holder: str, title: str, officer: str) -> None:
    pdf = render(holder=holder, title=title[:120], signatures=(SignedBy(officer[:120], "Office"),))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1


@pytest.mark.proof
def test_every_letter_the_fonts_show_is_set() -> None:
    letters = sorted(typesetting._covered())
    for start in range(0, len(letters), 150):
        render(holder="".join(letters[start : start + 150]))


def test_controls_and_pictures_are_named_and_refused() -> None:
    for letter in ("\x00", "\n", "\ue000", "☃"):
        with pytest.raises(CannotPrint, match=f"U.{ord(letter):04X}"):
            render(holder=f"Ana{letter}Li")
