"""What people sign with at a kiosk, as a small picture that we draw ourselves: lines of a finger, or a name typed.

Nothing of what a browser sends is kept as it came: a drawn signature is read as points with whole coordinates, a typed
one as plain letters, and both are written as SVG 1.1 without scripts, styles or links.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from cecto.foundation import evidence

WIDTH, HEIGHT = 600, 200
MOST_POINTS = 2000
SHORTEST = 20
LONGEST_NAME = 100
INK = "#14284b"
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'

Strokes = list[list[int]]


class SignatureRefused(ValueError):
    """What was sent is no signature; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as a picture: an SVG file of at most about 20 kB."""

    content: bytes

    def keep(self) -> str:
        """Keep it as evidence and return its SHA-256 (hex)."""
        return evidence.store(self.content)


def drawn(strokes: object) -> Signature:
    """A signature drawn by hand: lists of x, y, x, y, … in a field of 600 by 200. Raises SignatureRefused."""
    lines = _read(strokes)
    if sum(map(_length, lines)) < SHORTEST:
        raise SignatureRefused("Sign in the field, or type your name or initials instead.")
    path = "".join(_path(line) for line in lines)
    look = f'fill="none" stroke="{INK}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
    return Signature(f'{_SVG}<path d="{path}" {look}/></svg>\n'.encode())


def typed(name: str) -> Signature:
    """A signature by typing a name or initials. Raises SignatureRefused."""
    shown = " ".join(name.split())
    if not shown or not shown.isprintable() or not any(map(str.isalpha, shown)):
        raise SignatureRefused("Sign in the field, or type your name or initials instead.")
    if len(shown) > LONGEST_NAME:
        raise SignatureRefused(f"Type at most {LONGEST_NAME} letters, or your initials.")
    size = max(10, min(64, 1000 // len(shown)))
    look = f'x="20" y="120" font-family="cursive" font-size="{size}" fill="{INK}"'
    return Signature(f"{_SVG}<text {look}>{escape(shown)}</text></svg>\n".encode())


def _read(strokes: object) -> Strokes:
    if not isinstance(strokes, list) or not all(map(_is_line, strokes)):
        raise SignatureRefused("The signature cannot be read. Clear it and sign again.")
    if sum(len(line) for line in strokes) > 2 * MOST_POINTS:
        raise SignatureRefused("The signature is too long. Clear it and sign again.")
    return strokes


def _is_line(line: object) -> bool:
    if not isinstance(line, list) or len(line) < 2 or len(line) % 2:
        return False
    return all(type(one) is int for one in line) and _is_inside(line[::2], WIDTH) and _is_inside(line[1::2], HEIGHT)


def _is_inside(places: list[int], most: int) -> bool:
    return all(0 <= place <= most for place in places)


def _points(line: list[int]) -> list[tuple[int, int]]:
    return list(zip(line[::2], line[1::2], strict=True))


def _length(line: list[int]) -> int:
    return sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(_points(line)))


def _path(line: list[int]) -> str:
    (x, y), *rest = _points(line)
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest or [(x, y)])
