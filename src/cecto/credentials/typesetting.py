"""PDF by typst: PDF/A-3a for the archive, PDF/UA-1 for screen readers, set with the fonts that ship in the package.

Text goes in as data, never as markup: `&`, `<`, `#` and `$` in a name are just letters. The same input gives the same
bytes. A template is named for good, like certificate-1, since what was issued names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Literal
from unicodedata import category

import typst
from fontTools.ttLib import TTFont

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
FONTS = Path(str(files(__package__).joinpath("fonts")))
LAST_RESORT = "Droid Sans Fallback"
LONGEST_WORD = 36
BREAKABLE = re.compile(rf"\S{{{LONGEST_WORD},}}")
NOT_TEXT = {"Cc", "Cf", "Co", "Cn", "Cs", "So"}
SIGNS = set("©®™℠°№")
JOINERS = {"\u200d", "\u200c", "\u200b"}
# typst's compiler cannot be used by two threads at once.
_ONE_AT_A_TIME = Lock()


class CannotPrint(ValueError):
    """The document cannot be set as asked; the message says which text and why."""


def set_pdf(template: str, told: Mapping[str, Any], *, at: datetime, **inputs: str) -> bytes:
    """Set one PDF. `told` reaches the template as JSON; `at` is written as the creation date, to the second."""
    fonts = {"fallback-fonts": fallback_families()}
    try:
        with _ONE_AT_A_TIME:
            pdf = _compiler().compile(
                input=_template(template),
                format="pdf",
                sys_inputs={"told": json.dumps({**told, **fonts}, ensure_ascii=False), **inputs},
                pdf_standards=STANDARDS,
                timestamp=at.replace(microsecond=0),
            )
    except typst.TypstError as error:
        raise CannotPrint(f"it cannot be set: {error.message}") from error
    if not isinstance(pdf, bytes):
        raise CannotPrint("typst made no single PDF of it")
    return pdf


def set_picture(template: str, told: Mapping[str, Any], *, form: Literal["png", "svg"], **inputs: str) -> bytes:
    """Set a template of one page as a picture; a PNG has three dots for each point."""
    fonts = {"fallback-fonts": fallback_families()}
    with _ONE_AT_A_TIME:
        picture = _compiler().compile(
            input=_template(template),
            format=form,
            ppi=216,
            sys_inputs={"told": json.dumps({**told, **fonts}, ensure_ascii=False), **inputs},
        )
    if not isinstance(picture, bytes):
        raise CannotPrint("typst made no single picture of it")
    return picture


def refuse_unshowable(words: Iterable[str]) -> None:
    """Raise CannotPrint for letters that no bundled font has."""
    missing = sorted(set("".join(words)) - _covered() - JOINERS)
    if missing:
        shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:5])
        raise CannotPrint(f"no bundled font can show {shown}: write the text without it or add a font")


def breakable(text: str) -> str:
    """Allow line breaks inside words that are longer than any line."""
    return BREAKABLE.sub(_with_breaks, text)


def _with_breaks(word: re.Match[str]) -> str:
    letters = word.group()
    return "\u200b".join(letters[start : start + 12] for start in range(0, len(letters), 12))


@cache
def _template(name: str) -> bytes:
    if not re.fullmatch(r"[a-z]+-\d+", name):
        raise CannotPrint(f"{name!r} is not a template")
    found = files(__package__).joinpath("printed", f"{name}.typ")
    if not found.is_file():
        raise CannotPrint(f"{name!r} is not a template of this version of the program")
    return found.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def fallback_families() -> list[str]:
    """Families for what a face lacks, the one with the most ideographs last."""
    families = {family for family in _fonts().families() if family.startswith("Noto Sans ")}
    return ["EB Garamond", *sorted(families), LAST_RESORT]


@cache
def _covered() -> frozenset[str]:
    """What the fonts can show and people are named with: no control or unassigned characters, no pictures.

    None either that is not seen and turns others around.
    """
    letters = (chr(point) for point in _code_points(sorted(FONTS.glob("*.ttf"))))
    return frozenset(one for one in letters if category(one) not in NOT_TEXT or one in SIGNS) - {"\ufeff"}


def _code_points(paths: Iterable[Path]) -> Iterable[int]:
    for path in paths:
        with TTFont(path, lazy=True) as font:
            yield from font.getBestCmap()
