"""The certificate: its words, and the PDF that shows them with the signed JSON attached."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import segno

from cecto.credentials import codes
from cecto.credentials.spoken import is_drawn_in_pieces, with_name
from cecto.credentials.typesetting import CannotPrint, breakable, refuse_unshowable, set_pdf, set_picture

TEMPLATE = "certificate-2"
LONGEST_NAME = 300
# A class is called as its program likes, so a line of details is read from its end.
_DETAILS = re.compile(
    r"(?P<of_class>.*?)(?: · (?P<hours>[\d.]+ contact hours) · (?P<units>[\d.]+ [^·\n]+?))?"
    r"(?: · valid until \w+ \d+, \d+)?",
    re.DOTALL,
)


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
    partnership: str = ""


def render(
    text: CertificateText, credential: bytes | None, *, at: datetime, template: str = TEMPLATE, mark: str = ""
) -> bytes:
    """Set one certificate (about 10 ms once the fonts are loaded).

    `credential` is the signed JSON to attach, None for a paper printed before anything is signed; `at` is the aware
    instant written as the PDF's creation date; `mark` is printed as a band across the top.
    Raises CannotPrint for a name that is too long or has letters no bundled font can show.
    """
    refuse_unprintable(text)
    attached = {} if credential is None else {"credential": credential.decode()}
    told = {**_told(text), "mark": mark}
    pdf = set_pdf(template, told, at=at, qr=_qr(text.verify_url), **attached)
    return with_name(pdf, text.holder) if is_drawn_in_pieces(text.holder) else pdf


def picture(text: CertificateText, *, template: str = TEMPLATE, mark: str = "") -> bytes:
    """Set one certificate as a picture (SVG) without anything attached: a page shows it, nobody can hand it on."""
    refuse_unprintable(text)
    return set_picture(template, {**_told(text), "mark": mark}, form="svg", qr=_qr(text.verify_url))


def refuse_unprintable(text: CertificateText) -> None:
    """Raise CannotPrint, before anything is signed, for what `render` could not set."""
    if len(text.holder) > LONGEST_NAME:
        raise CannotPrint(f"the name has {len(text.holder)} characters; a certificate holds {LONGEST_NAME}")
    if not text.signatures:
        raise CannotPrint("a certificate needs at least one signature")
    signatures = [part for signed in text.signatures for part in (signed.name, signed.office)]
    refuse_unshowable(
        [text.holder, text.title, text.program, text.statement, text.details, text.partnership, *signatures]
    )


def class_and_hours(details: str) -> tuple[str, str]:
    """The class, and the hours with their CEU (empty without counted hours), of a certificate's line of details."""
    found = _DETAILS.fullmatch(details)
    if found is None:
        return details, ""
    return found["of_class"], ", ".join(filter(None, [found["hours"], found["units"]]))


def _told(text: CertificateText) -> dict[str, Any]:
    told = {name.replace("_", "-"): value for name, value in asdict(text).items()}
    return {
        **told,
        "holder": breakable(text.holder),
        "code-printed": codes.printed(text.code),
        "verify-short": text.verify_url.split("://")[-1].rsplit("/", 1)[0],
        "issued-by": "\n".join(filter(None, [f"Issued by {text.issuer}", text.partnership])),
    }


def _qr(url: str) -> str:
    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, dark="#14284b", xmldecl=False, svgns=True)
    return out.getvalue().decode()
