#!/usr/bin/env python3
"""Ask the exported register for a code or a file, with nothing but Python 3.9 or newer and no server.

    python3 look_up.py 7K3M-9TQX-2B4F
    python3 look_up.py certificate.pdf

The code may be typed with any dashes, or as the whole address of its page; the file may be a PDF, a badge, a token or a
signed JSON. It says what the program's register held when it was exported: trust it as far as the place you got the
folder from. Whether the program's key signed a certificate, check.py of its holder's kit proves.

Exit code: 0 valid or listed by the program and, if it is a file, not changed around what was signed; 1 anything else.
"""

# ruff: noqa: T201 - it talks to the person who runs it
# ruff: noqa: UP017 - it runs on older Pythons than the program
from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from cecto.credentials.kit.reading import Refused, inside
from cecto.credentials.kit.sealed import NotOpened, code_in, name_and_key, opened

# What is said of a code or a file, and what somebody who spoiled the folder can make of it.
Entry = Any
FAULTS = (Refused, NotOpened, OSError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def of_code(folder: Path, typed: str) -> Entry:
    """The entry of a code, or None."""
    name, key = name_and_key(code_in(typed), read(folder / "verify" / "about.json")["salt"])
    file = folder / "verify" / "entries" / f"{name}.bin"
    return json.loads(opened(file.read_bytes(), key)) if file.is_file() else None


def of_file(folder: Path, path: Path) -> Entry:
    """The entry of a signed file, or None: by the hash of what is signed, however it is laid out.

    It says too whether a file with something around what was signed (PDF, badge) is one that was given out.
    """
    raw, register = path.read_bytes(), read(folder / "register.json")
    entry = of_signed(raw, register)
    alone = raw.lstrip()[:1] in (b"{", b"e")
    return entry and {**entry, "around": not alone and hashlib.sha256(raw).hexdigest() not in register["files"]}


def of_signed(raw: bytes, register: Any) -> Entry:
    """The entry of what is signed in a file, or None."""
    if raw[:64].lstrip().startswith(b"eyJ"):
        signed = raw.strip()
    else:
        signed = json.dumps(inside(raw), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    sha256 = hashlib.sha256(signed).hexdigest()
    return register["versions"].get(sha256) or register["documents"].get(sha256)


def read(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text("utf-8"))


def state_of(entry: Entry, now: datetime) -> str:
    """The state as exported, or expired where that has come since."""
    end = entry.get("valid_until", entry.get("ends"))
    over = end is not None and now >= datetime.fromisoformat(end)
    state = "expired" if over and entry["state"] == "valid" else str(entry["state"])
    return "part" if entry.get("part") and state == "valid" else state


def main() -> int:
    """Look it up and say what is known."""
    parser = argparse.ArgumentParser(description="Ask the exported register for a code or a file.")
    parser.add_argument("asked", metavar="CODE|FILE", help="the code on a certificate, its address, or a file")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent)
    given = parser.parse_args()
    try:
        register = read(given.folder / "register.json")
        is_file = Path(given.asked).is_file()
        entry = of_file(given.folder, Path(given.asked)) if is_file else of_code(given.folder, given.asked)
    except FAULTS as problem:
        print(f"This cannot be read: {ascii(str(problem))[1:-1]}.")
        return 1
    state = state_of(entry, datetime.now(timezone.utc)) if entry else "unknown"
    day = register["as_of"][:10]
    print(f"{state.upper()}, by the register of {register['issuer']} as of {day}.")
    if entry and entry.get("part"):
        print("  It is a part of a transcript, not the certificate.")
    if entry and entry.get("around"):
        print("  That is the signed file inside. This file is none that the register knows: it was changed, saved")
        print("  again, or given out when no hashes were kept. What it shows does not count.")
    for sentence in entry.get("sentences", ()) if entry else (f"What was issued after {day} is not known here.",):
        print(f"  {sentence}")
    for name, value in entry.get("facts", ()) if entry else ():
        print(f"  {name}: {value}")
    return 0 if state in ("valid", "listed") and not (entry and entry.get("around")) else 1


if __name__ == "__main__":
    sys.exit(main())
