"""One sheet of the escrow as plain text that any printer prints, twenty numbered words large enough to copy by hand."""

from __future__ import annotations

from datetime import datetime

from cecto.credentials.escrow import ENOUGH, SHEETS

SHEET = """
PASSPHRASE IN ESCROW                                        sheet {number} of {total}

{issuer}
{did}
Made on {day}. Earlier sheets are worth nothing any more: destroy them.

Whoever has {enough} of the {total} sheets can sign as the program. Keep this one in a sealed
envelope, in a safe that no holder of another sheet can open. Never photograph it,
never type it into anything but the program's own server.

{words}

To get the passphrase back, two holders bring their sheets to the server and run

    cecto key recover

and type the words, one sheet after the other. A misread word is told.

Holder: ______________________________     Date: ______________________________
"""


def sheet(words: str, *, number: int, issuer: str, did: str, at: datetime) -> str:
    """Return the text of a sheet; `words` are its words, parted by spaces."""
    numbered = [f"{place:>4}  {word:<12}" for place, word in enumerate(words.split(), start=1)]
    rows = ["".join(numbered[start : start + 4]).rstrip() for start in range(0, len(numbered), 4)]
    return SHEET.format(
        number=number,
        total=SHEETS,
        enough=ENOUGH,
        issuer=issuer,
        did=did,
        day=f"{at:%B %-d, %Y}",
        words="\n\n".join(rows),
    )
