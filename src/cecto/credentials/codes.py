"""The short code printed on a certificate: ten random symbols and two that check them, `7K3M-Q9TD-W2XA`.

Symbols are Crockford's Base32 (no I, L, O, U; lower case and the look-alikes are read as what they resemble). A code
is a word of the Reed-Solomon code [12, 10] over GF(32) = GF(2)[x]/(x^5 + x^2 + 1): with a = x, the symbols v0 … v11
satisfy  sum v_i a^i = 0  and  sum v_i a^2i = 0. Any two columns of these equations are independent (a^i differ for
i < 31), so the distance is 3: every error in one or two symbols is caught, any transposition among them, without
looking anything up. Other errors pass with a chance of 1 in 1024. Ten symbols are 50 random bits.
"""

from __future__ import annotations

import secrets
from unicodedata import category, normalize

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
# The dashes that are letters by their category: what keyboards in Japan and China write for one.
DASH_LETTERS = "\u30fc\u4e00"
DATA_SYMBOLS = 10
LENGTH = 12


class CodeMistyped(ValueError):
    """The text is no code of ours; the message says what to look at."""


def _powers() -> list[int]:
    """a^0 … a^30."""
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    return powers


POWERS = _powers()
LOGS = {value: exponent for exponent, value in enumerate(POWERS)}


def _times(left: int, right: int) -> int:
    return POWERS[(LOGS[left] + LOGS[right]) % 31] if left and right else 0


def _syndromes(values: list[int]) -> tuple[int, int]:
    """The two sums over the positions given, counted from the left; both are zero for a whole code."""
    first = second = 0
    for position, value in enumerate(values):
        first ^= _times(value, POWERS[position % 31])
        second ^= _times(value, POWERS[2 * position % 31])
    return first, second


def _checks(values: list[int]) -> list[int]:
    """Solve the two equations for the last two symbols."""
    first, second = _syndromes(values)
    x, y = POWERS[DATA_SYMBOLS], POWERS[DATA_SYMBOLS + 1]
    x2, y2 = _times(x, x), _times(y, y)
    inverse = POWERS[-LOGS[_times(x, y2) ^ _times(y, x2)] % 31]
    before_last = _times(_times(first, y2) ^ _times(second, y), inverse)
    last = _times(_times(first, x2) ^ _times(second, x), inverse)
    return [before_last, last]


def complete(data: str) -> str:
    """Append the two check symbols to ten symbols of the alphabet."""
    values = [VALUES[symbol] for symbol in data]
    if len(values) != DATA_SYMBOLS:
        raise ValueError(f"a code has {DATA_SYMBOLS} free symbols, not {len(values)}")
    return data + "".join(ALPHABET[value] for value in _checks(values))


def new() -> str:
    """Draw a new code, as stored: twelve symbols without hyphens."""
    return complete("".join(secrets.choice(ALPHABET) for _ in range(DATA_SYMBOLS)))


def printed(code: str) -> str:
    """Write a stored code in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read(typed: str) -> str:
    """Return the stored form of what a person typed, without touching a database. Raises CodeMistyped."""
    text = "".join(one for one in normalize("NFKC", typed) if not _parts_groups(one)).upper().translate(LOOK_ALIKES)
    if len(text) != LENGTH:
        raise CodeMistyped(f"Check the code: it has {LENGTH} letters and numbers, and this has {len(text)}.")
    if not set(text) <= VALUES.keys() or _syndromes([VALUES[symbol] for symbol in text]) != (0, 0):
        raise CodeMistyped(f"Check the code: it has {LENGTH} letters and numbers, and one is wrong.")
    return text


def _parts_groups(symbol: str) -> bool:
    """Whether a symbol only parts the groups of a code: spaces, dashes and other signs, and what cannot be seen."""
    return symbol in DASH_LETTERS or category(symbol)[0] in "CPSZ"
