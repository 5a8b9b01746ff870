"""What is read aloud and copied of a name: the name as it was written, whatever glyphs draw it (PDF 2.0 §14.9.4).

Where letters join, stack or run to the left, the typesetter draws them in several pieces, and readers put the pieces
together in different ways. The pieces of a name become one, which says all of it as its ActualText; of one that runs to
the left, those of each word, since poppler and PDFium order words by where they are. The element around says the name
too, for those who are read to. A name that runs both ways, or takes several lines to the left, stays as it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import bidirectional, category

import pikepdf

# The language that the templates give a name: undetermined, which nothing else on the page has.
OF_A_NAME = "und"
RIGHT_TO_LEFT = {"R", "AL"}
LEFT_TO_RIGHT = {"L", "EN", "AN", "LRO", "RLO", "LRE", "RLE", "LRI", "RLI"}
JOINED = {"Mn", "Mc", "Me", "Cf"}

Instruction = Any


@dataclass
class _Piece:
    """A part of the page's instructions that draws a part of the name: from, to, its number, and its first font."""

    start: int
    end: int
    number: int
    font: str = ""


def is_drawn_in_pieces(name: str) -> bool:
    """Whether a name has letters that join others, stack on them or run to the left, and runs in one direction."""
    directions = {bidirectional(letter) for letter in name}
    if directions & RIGHT_TO_LEFT:
        return not directions & LEFT_TO_RIGHT
    return any(category(letter) in JOINED for letter in name)


def with_name(pdf: bytes, name: str) -> bytes:
    """Return the PDF of one page whose pieces of a name say `name`. The same input gives the same bytes."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        page = opened.pages[0]
        instructions = list(pikepdf.parse_content_stream(page))
        pieces = list(_pieces(instructions))
        parts = _parts(pieces, name)
        if not parts:
            return pdf
        page.Contents = opened.make_stream(pikepdf.unparse_content_stream(_merged(instructions, parts)))
        gone = {piece.number for part, _ in parts for piece in part[1:]}
        _tell(opened, [piece.number for piece in pieces if piece.number not in gone], gone, name)
        out = BytesIO()
        opened.save(out, deterministic_id=True)
    return out.getvalue()


def _pieces(instructions: Sequence[Instruction]) -> Iterator[_Piece]:
    """The name's pieces in the order in which they are drawn."""
    begun: list[_Piece | None] = []
    for at, instruction in enumerate(instructions):
        word = str(instruction.operator)
        if word in ("BDC", "BMC"):
            told = instruction.operands[1] if word == "BDC" else {}
            named = str(told.get("/Lang", "")) == OF_A_NAME
            begun.append(_Piece(at, at, int(told["/MCID"])) if named else None)
        elif word == "EMC" and (piece := begun.pop()):
            piece.end = at
            yield piece
        elif word == "Tf":
            for piece in begun:
                if piece:
                    piece.font = piece.font or str(instruction.operands[0])


def _parts(pieces: Sequence[_Piece], name: str) -> list[tuple[list[_Piece], str]]:
    """Which pieces become one, and what each says, in the order of its glyphs; nothing where that is unsure."""
    if not pieces:
        return []
    if not any(bidirectional(letter) in RIGHT_TO_LEFT for letter in name):
        return [(list(pieces), name)]
    # What has another font than the letters is a space; the word that comes first is drawn last.
    words: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.font == pieces[0].font:
            words[-1].append(piece)
        else:
            words.append([])
    said = [word[::-1] for word in reversed(name.split())]
    return list(zip(words, said, strict=True)) if len(words) == len(said) and all(words) else []


def _merged(instructions: Sequence[Instruction], parts: Sequence[tuple[list[_Piece], str]]) -> list[Instruction]:
    merged: list[Instruction] = []
    done = 0
    for pieces, said in parts:
        drawn = [instructions[piece.start : piece.end + 1] for piece in pieces]
        merged += [*instructions[done : pieces[0].start], *_as_one(drawn, said)]
        done = pieces[-1].end + 1
    return [*merged, *instructions[done:]]


def _as_one(drawn: Sequence[Sequence[Instruction]], said: str) -> Iterator[Instruction]:
    """One text object, set where the first piece was, that draws all pieces and says one thing.

    Inside the text object, since poppler looks there for where the words are.
    """
    first = [str(one.operator) for one in drawn[0]].index("BT")
    yield from drawn[0][: first + 1]
    yield _instruction("BDC", pikepdf.Name.Span, pikepdf.Dictionary(ActualText=pikepdf.String(said)))
    x, y = _origin(drawn[0])
    for piece in drawn:
        right, down = _origin(piece)[0] - x, y - _origin(piece)[1]
        for one in piece:
            word = str(one.operator)
            if word == "Tm":
                *turned, along, below = one.operands
                yield _instruction("Tm", *turned, along + right, below + down)
            elif word in ("Tr", "Tf", "Tj", "TJ"):
                yield one
    yield from (_instruction(word) for word in ("EMC", "ET", "Q", "EMC"))


def _origin(piece: Sequence[Instruction]) -> tuple[Decimal, Decimal]:
    """Where a piece is set; below it, y grows downward."""
    moved = next(one.operands for one in piece if str(one.operator) == "cm")
    return Decimal(moved[4]), Decimal(moved[5])


def _instruction(operator: str, *operands: Any) -> Instruction:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


def _tell(opened: pikepdf.Pdf, kept: Sequence[int], gone: set[int], name: str) -> None:
    """Put one element that says the name where the pieces were, in the tree of what the page says."""
    page, tree = opened.pages[0], list(opened.Root.StructTreeRoot.ParentTree.Nums)
    elements = tree[tree.index(page.StructParents) + 1]
    around = elements[kept[0]]
    said = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Span, P=around, Pg=page.obj)
    said.K, said.ActualText = pikepdf.Array(kept), pikepdf.String(name)
    element = opened.make_indirect(said)
    around.K = pikepdf.Array(
        [element if kid == kept[0] else kid for kid in around.K if kid not in gone and kid not in kept[1:]]
    )
    for number in kept:
        elements[number] = element
