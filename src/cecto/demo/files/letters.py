"""Letters and scans that people hand in: one page with a few lines, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name

LETTER_SIZE = (612, 792)


def page_pdf(lines: Sequence[str]) -> bytes:
    """One page of US Letter with these lines at its top; the same lines give the same bytes."""
    pdf, out = pikepdf.new(), BytesIO()
    page = pdf.add_blank_page(page_size=LETTER_SIZE)
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F1=helvetica))
    shown = [f"({_escaped(line)}) Tj T*".encode("cp1252") for line in lines]
    page.Contents = pdf.make_stream(b"BT /F1 14 Tf 22 TL 72 700 Td " + b" ".join(shown) + b" ET")
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
