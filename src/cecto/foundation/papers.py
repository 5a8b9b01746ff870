"""A file that proves something, like a signed sheet or a letter: its size and type are checked before it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from cecto.foundation import evidence

LARGEST_BYTES = 10_000_000
# What a file of each type begins with, as its format's standard says (PDF 32000, PNG, JPEG/JFIF).
_TYPES = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class PaperRefused(ValueError):
    """A file that cannot be kept as evidence; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was handed in."""

    content: bytes
    name: str

    def keep(self) -> str:
        """Keep it as evidence and return its SHA-256 (hex). Raises PaperRefused when it is too large or of no type."""
        if len(self.content) > LARGEST_BYTES:
            raise PaperRefused(f"“{self.name}” is larger than {LARGEST_BYTES // 1_000_000} MB. Hand in a smaller one.")
        if type_of(self.content) is None:
            raise PaperRefused(
                f"“{self.name}” is not a PDF, PNG or JPEG. Save it as one of these and hand it in again."
            )
        return evidence.store(self.content)


def type_of(content: bytes) -> str | None:
    """The media type of a file by its first bytes; None for those that are not kept."""
    return next((name for start, name in _TYPES.items() if content.startswith(start)), None)
