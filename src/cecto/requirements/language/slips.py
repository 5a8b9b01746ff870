"""What a writer probably meant where YAML stops: its own errors in plain words, at the place to change."""

from __future__ import annotations

import re
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from cecto.requirements.problems import Position


class Slip(NamedTuple):
    """Where, what is wrong, and what to write instead."""

    at: Position
    message: str
    advice: str


_TEXT_AND_COLON = re.compile(r"^(?P<before>\s*(?:- )?[\w.-]+: +)(?P<text>[^'\"\[{|>].*: .*|[^'\"\[{|>].*:)$")
_NO_SPACE = re.compile(r"^(?P<before>\s*(?:- )?)(?P<key>[a-z_]+):(?P<value>[^\s:].*)$")
_HYPHEN = re.compile(r"^(?P<before>\s*)-(?P<key>[A-Za-z_]+: )")


def slip_of(error: Exception, text: str) -> Slip:
    """The slip behind an error of the YAML reader in `text`."""
    if isinstance(error, ReaderError):
        return _odd_character(text)
    if not isinstance(error, MarkedYAMLError):
        return Slip(Position(1, 1), "This file cannot be read.", "Save it as plain UTF-8 text.")
    lines = text.splitlines() or [""]
    mark = error.problem_mark or error.context_mark
    begun = error.context_mark or mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = (begun.line, begun.column) if begun else (line, column)
    return _found(str(error.problem or error.context or ""), lines, (line, column), opened)


Spot = tuple[int, int]


def _at(spot: Spot) -> Position:
    return Position(spot[0] + 1, spot[1] + 1)


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _found(said: str, lines: list[str], spot: Spot, opened: Spot) -> Slip:
    for number in (opened[0], spot[0], *_before(lines, spot[0])):
        column = _line(lines, number).find("\u00a0")
        if column >= 0:
            return Slip(_at((number, column)), "Here is a no-break space.", "Type an ordinary space.")
    if "cannot start any token" in said or "undefined alias" in said:
        return _bad_start(said, lines, spot)
    if "mapping values" in said or "could not find expected" in said:
        return _colon(lines, spot, opened)
    if "expected ',' or" in said:
        return _in_brackets(said, lines, spot, opened)
    return _block(said, lines, spot, opened)


def _bad_start(said: str, lines: list[str], spot: Spot) -> Slip:
    if "'\\t'" in said:
        return Slip(_at(spot), "This line is indented with a tab.", "Indent with spaces.")
    first = _line(lines, spot[0])[spot[1] : spot[1] + 1] or "this"
    return Slip(_at(spot), f"A text cannot begin with `{first}`.", f"Put the text in quotes: '{first}…'.")


def _colon(lines: list[str], spot: Spot, opened: Spot) -> Slip:
    """A colon where none can be: in a text, without a space, or on a line indented too far."""
    for number in dict.fromkeys((opened[0], spot[0], *_before(lines, spot[0]))):
        line = _line(lines, number)
        if (found := _NO_SPACE.match(line)) is not None:
            written = f"{found['key']}:{found['value'].split(' ')[0]}"
            place = (number, len(found["before"]))
            return Slip(
                _at(place), f"`{written}` has no space after its colon.", f"Write `{written.replace(':', ': ', 1)}`."
            )
        if (found := _HYPHEN.match(line)) is not None:
            place = (number, len(found["before"]))
            return Slip(
                _at(place),
                f"`-{found['key'].strip()}` has no space after its hyphen.",
                f"Write `- {found['key'].strip()}`.",
            )
    line = _line(lines, spot[0])
    if (found := _TEXT_AND_COLON.match(line)) is not None:
        quoted = found["text"].replace("'", "''")
        place = (spot[0], len(found["before"]))
        return Slip(
            _at(place),
            "This text has a colon in it, which YAML reads as a second key.",
            f"Put it in quotes: '{quoted}'.",
        )
    if not line.strip() or ":" not in line:
        return Slip(_at(opened), f"`{_line(lines, opened[0]).strip()}` has no colon after it.", "Write `key: value`.")
    indent = len(line) - len(line.lstrip())
    return Slip(
        _at((spot[0], indent)),
        "This line is indented further than the line above, which has its value already.",
        "Start both in the same column.",
    )


def _before(lines: list[str], number: int) -> list[int]:
    """The nearest line above that says something."""
    above = [at for at in range(number - 1, -1, -1) if _line(lines, at).strip()]
    return above[:1]


def _in_brackets(said: str, lines: list[str], spot: Spot, opened: Spot) -> Slip:
    bracket = _line(lines, opened[0])[opened[1] : opened[1] + 1]
    closing = {"{": "}", "[": "]"}.get(bracket, "}")
    got = said.rsplit("got ", 1)[-1].strip("'.")
    if got in {"}", "]"}:
        return Slip(
            _at(spot), f"`{got}` stands where `{closing}` is needed.", f"Close the `{bracket}` first: `{closing}{got}`."
        )
    if spot[0] != opened[0]:
        return Slip(_at(opened), f"The `{bracket}` is not closed.", f"Write `{closing}` where it ends.")
    before = _line(lines, opened[0])[: spot[1]].rstrip()
    word = re.split(r"[\s,{\[]", before)[-1]
    if got == ":":
        return Slip(
            _at((spot[0], len(before) - len(word))),
            f"`{word}` is followed by a colon, but the text before it has not ended.",
            f"Put a comma before `{word}` if it is a key, or the whole text in quotes if the colon belongs to it.",
        )
    return Slip(
        _at(spot), "Something is missing before this.", f"Write a comma, or `{closing}` where the `{bracket}` ends."
    )


def _block(said: str, lines: list[str], spot: Spot, opened: Spot) -> Slip:
    if "end of stream" in said:
        quote = _line(lines, opened[0])[opened[1] : opened[1] + 1]
        return Slip(_at(opened), f"The quote {quote} is not closed.", f"Write {quote} where the text ends.")
    if "another document" in said:
        return Slip(
            _at(spot), "`---` begins a second document, and a file holds one.", "Take it out, or split the file."
        )
    if "escape character" in said:
        return Slip(_at(spot), "In double quotes a backslash begins a special character.", "Use single quotes.")
    if "line break" in said or "indentation indicators" in said:
        return Slip(_at(spot), "A text that begins with | or > goes on in the lines below.", "Put it in quotes.")
    if "sequence entries" in said:
        return Slip(
            _at(spot), "A list begins on the line below its key.", "Write `- ` under the key, or put a text in quotes."
        )
    if "<scalar>" in said or "found '['" in said or "found '{'" in said:
        return _after_its_end(lines, spot)
    if "<block end>" in said:
        return Slip(
            _at(spot),
            "This line is not in the column of the lines it belongs with.",
            "Start it in the same column as the keys above that stand beside it.",
        )
    return Slip(_at(spot), "YAML cannot read on from here.", "Look at the indentation, colons and quotes just before.")


def _after_its_end(lines: list[str], spot: Spot) -> Slip:
    before = _line(lines, spot[0])[: spot[1]].rstrip()
    ends = before[-1:]
    if ends in {"]", "}"}:
        begins = "[" if ends == "]" else "{"
        return Slip(_at(spot), f"A text that begins with `{begins}` ends at `{ends}`.", "Put the whole text in quotes.")
    if ends == "'":
        return Slip(
            _at(spot), "The text has ended at the quote before this.", "Write an apostrophe in single quotes twice: ''."
        )
    return Slip(_at(spot), "The text has ended at the quote before this.", "Put the whole text in one pair of quotes.")


def _odd_character(text: str) -> Slip:
    for number, line in enumerate(text.split("\n")):
        for column, symbol in enumerate(line):
            if not symbol.isprintable() and symbol not in "\t\r":
                message = f"Here is a character that cannot be seen (U+{ord(symbol):04X})."
                return Slip(_at((number, column)), message, "Delete it.")
    return Slip(Position(1, 1), "The file has characters that are no text.", "Save it as plain UTF-8 text.")
