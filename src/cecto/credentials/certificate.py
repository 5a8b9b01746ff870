"""The certificate as PDF: PDF/A-3a for the archive, PDF/UA-1 for screen readers, the signed JSON attached.

Set by typst from a versioned template and the text that was frozen with the credential, so that the same input gives
the same bytes. Text goes in as data, never as markup: `&`, `<`, `#` and `$` in a name are just letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from fontTools.ttLib import TTFont

from cecto.credentials import codes

TEMPLATE = "certificate-1"
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
FONTS = Path(str(files(__package__).joinpath("fonts")))
LAST_RESORT = "Droid Sans Fallback"
LONGEST_WORD = 36
LONGEST_NAME = 300
BREAKABLE = re.compile(rf"\S{{{LONGEST_WORD},}}")
_ONE_AT_A_TIME = Lock()


class CannotPrint(ValueError):
    """The certificate cannot be set as asked; the message says which text and why."""


@dataclass(frozen=True)
class SignedBy:
    """A name above a line and the office below it."""

    name: str
    office: str


@dataclass(frozen=True)
class CertificateText:
    """Every word on a certificate, as frozen with the credential."""

    holder: str
    title: str
    program: str
    issuer: str
    statement: str
    details: str
    dated: str
    code: str
    verify_url: str
    signatures: tuple[SignedBy, ...]
    heading: str = "Certificate"
    lead: str = "This certifies that"
    dated_label: str = "Awarded"
    unreleased: bool = False


def render(text: CertificateText, credential: bytes, *, at: datetime, template: str = TEMPLATE) -> bytes:
    """Set one certificate (about 10 ms once the fonts are loaded).

    `credential` is the signed JSON to attach, `at` the aware instant written as the PDF's creation date.
    Raises CannotPrint for a name that is too long or has letters no bundled font can show.
    """
    refuse_unprintable(text)
    inputs = {
        "certificate": json.dumps(_told(text), ensure_ascii=False),
        "credential": credential.decode(),
        "qr": _qr(text.verify_url),
    }
    with _ONE_AT_A_TIME:
        pdf = _compiler().compile(
            input=_template(template),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=at.replace(microsecond=0),
        )
    if not isinstance(pdf, bytes):
        raise CannotPrint("typst made no single PDF of this certificate")
    return pdf


def _told(text: CertificateText) -> dict[str, Any]:
    told = {name.replace("_", "-"): value for name, value in asdict(text).items()}
    return {
        **told,
        "holder": BREAKABLE.sub(_with_breaks, text.holder),
        "code-printed": codes.printed(text.code),
        "verify-short": text.verify_url.split("://")[-1].rsplit("/", 1)[0],
        "fallback-fonts": _fallback_families(),
    }


def _with_breaks(word: re.Match[str]) -> str:
    """Allow a line break inside a word that is longer than any line."""
    letters = word.group()
    return "\u200b".join(letters[start : start + 12] for start in range(0, len(letters), 12))


def _qr(url: str) -> str:
    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, dark="#14284b", xmldecl=False, svgns=True)
    return out.getvalue().decode()


def refuse_unprintable(text: CertificateText) -> None:
    """Raise CannotPrint, before anything is signed, for what `render` could not set."""
    if len(text.holder) > LONGEST_NAME:
        raise CannotPrint(f"the name has {len(text.holder)} characters; a certificate holds {LONGEST_NAME}")
    if not text.signatures:
        raise CannotPrint("a certificate needs at least one signature")
    words = [text.holder, text.title, text.program, text.statement, text.details]
    words += [part for signed in text.signatures for part in (signed.name, signed.office)]
    missing = sorted(set("".join(words)) - _covered() - {"\u200d", "\u200c"})
    if missing:
        shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:5])
        raise CannotPrint(f"no bundled font can show {shown}: write the name without it or add a font")


@cache
def _template(name: str) -> bytes:
    if not re.fullmatch(r"certificate-\d+", name):
        raise CannotPrint(f"{name!r} is not a certificate template")
    return files(__package__).joinpath("certificates", f"{name}.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fallback_families() -> list[str]:
    """Families for the scripts that the main faces lack, the one with the most ideographs last."""
    families = {family for family in _fonts().families() if family.startswith("Noto Sans ")}
    return [*sorted(families), LAST_RESORT]


@cache
def _covered() -> frozenset[str]:
    return frozenset(chr(point) for point in _code_points(sorted(FONTS.glob("*.ttf"))))


def _code_points(paths: Iterable[Path]) -> Iterable[int]:
    for path in paths:
        with TTFont(path, lazy=True) as font:
            yield from font.getBestCmap()
