"""What PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) ask of a file, read by software that did not write it.

Not every clause: those that a program can check and that a screen reader or an archive stumbles over first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
# Fonts of these kinds stand inside another that carries the program, or draw themselves.
WITHOUT_FILE = {"/Type0", "/Type3"}


def faults(content: bytes) -> list[str]:
    """Everything that is missing or wrong, in words; empty for a file that passes."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [
            *_about_the_file(pdf),
            *_about_itself(pdf),
            *_about_fonts(pdf),
            *_about_structure(pdf),
            *_about_pages(pdf),
        ]


def tags(content: bytes) -> Counter[str]:
    """How often each kind of structure element stands in a file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return Counter(str(element.S) for element in _elements(pdf))


def _about_the_file(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "it does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "it names no language"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "a viewer shows its file name instead of its title"
    if pdf.is_encrypted:
        yield "it is encrypted"
    intents = [one for one in root.get("/OutputIntents", []) if "/DestOutputProfile" in one]
    if not intents:
        yield "it has no output intent with a color profile"


def _about_itself(pdf: Pdf) -> Iterator[str]:
    with pdf.open_metadata() as told:
        expected = {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
        yield from (f"{key} is {told.get(key)}" for key, value in expected.items() if str(told.get(key)) != value)
        if not str(told.get("dc:title", "")):
            yield "it has no title"
    for name, file in pdf.attachments.items():
        if not {"/AFRelationship", "/Desc"} <= set(file.obj.keys()):
            yield f"the attachment {name} does not say what it is"


def _about_fonts(pdf: Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, Dictionary) or item.get("/Type") != Name.Font:
            continue
        kind, name = str(item.Subtype), str(item.get("/BaseFont", ""))
        if kind not in WITHOUT_FILE and not _embedded(item):
            yield f"the font {name} is not embedded"
        if kind == "/Type0" and "/ToUnicode" not in item:
            yield f"text in {name} cannot be read out"


def _embedded(font: Dictionary) -> bool:
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.get("/FontDescriptor", Dictionary()).keys()))


def _about_structure(pdf: Pdf) -> Iterator[str]:
    if "/ParentTree" not in pdf.Root.get("/StructTreeRoot", Dictionary()):
        yield "its structure does not lead back from the page"
        return
    level = 0
    for element in _elements(pdf):
        kind = str(element.S)
        if kind in HEADINGS:
            found = HEADINGS.index(kind) + 1
            if found > level + 1:
                yield f"a heading {kind} follows one of level {level}"
            level = found
        if kind == "/Figure" and not str(element.get("/Alt", "")):
            yield "a figure has no words"
        if kind == "/TH" and "/Scope" not in _attributes(element):
            yield "the head of a table does not say what it heads"
    if level == 0:
        yield "it has no heading"


def _elements(pdf: Pdf) -> Iterator[Dictionary]:
    """Every structure element, in the order in which it is read out."""
    waiting = _kids(pdf.Root.StructTreeRoot)
    while waiting:
        element = waiting.pop(0)
        yield element
        waiting = [*_kids(element), *waiting]


def _kids(element: Object) -> list[Dictionary]:
    kids: Object = element.get("/K", pikepdf.Array())
    several = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in several if isinstance(kid, Dictionary) and "/S" in kid]


def _attributes(element: Dictionary) -> set[str]:
    own = element.get("/A", Dictionary())
    several = list(own) if isinstance(own, pikepdf.Array) else [own]
    return {key for one in several if isinstance(one, Dictionary) for key in map(str, one)}


def _about_pages(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if "/StructParents" not in page:
            yield f"page {number} has no tags"
        if "/Annots" in page and page.get("/Tabs") != Name.S:
            yield f"page {number} is not tabbed through in the order of its structure"
        yield from (f"page {number} draws {operator} outside every tag" for operator in _untagged(page))


def _untagged(page: pikepdf.Page) -> set[str]:
    """The operators that show text or pictures outside of any marked content."""
    depth, found = 0, set()
    for instruction in pikepdf.parse_content_stream(page):
        word = str(instruction.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(word, 0)
        if depth == 0 and word in {"Tj", "TJ", "'", '"', "Do", "sh", "BI"}:
            found.add(word)
    return found
