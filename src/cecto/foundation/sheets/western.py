"""Text in one byte a letter: Windows' or the old Macintosh's, told by which of the two makes words of it.

Neither encoding marks itself. In the wrong one letters with accents become signs, or capitals inside a word.
"""

from __future__ import annotations

import re

WINDOWS, MACINTOSH = "cp1252", "mac_roman"
# A sign or a capital with an accent behind a small letter, a sign between letters, a small one before a capital.
_STRANGE = re.compile(
    r"(?<=[a-z])(?:[^\x00-\x7fªº°’´\w]|[À-ÖØ-ÞŠŒŽŸ])|(?<=[A-Za-z])[^\x00-\x7f’\w](?=[A-Za-z])|"
    r"[à-öø-ÿœ](?=[A-Z])|(?<=[A-Z])Ÿ(?=[a-z])|[^\x00-\x7f’“‘«¿¡\w](?=[a-z])"
)


def western_encoding(content: bytes) -> str:
    """The encoding that fits better; Windows' where both do."""
    strange = {name: _strangeness(content, name) for name in (WINDOWS, MACINTOSH)}
    return min(strange, key=lambda name: strange[name])


def _strangeness(content: bytes, encoding: str) -> int:
    try:
        return len(_STRANGE.findall(content.decode(encoding)))
    except UnicodeDecodeError:
        return len(content)
