#!/usr/bin/env python3
"""Ask the exported register for a code or a file, with nothing but Python 3.9 or newer and no server.

    python3 look_up.py 7K3M-9TQX-2B4F
    python3 look_up.py certificate.json

Run it in the exported folder. It says what the program's register held when it was exported: trust it as far as the
place you got the folder from. Whether the program's key signed a certificate, kit/check.py of its holder's kit proves.

Exit code: 0 valid or listed by the program, 1 anything else.
"""

# ruff: noqa: T201 - it talks to the person who runs it
# ruff: noqa: UP017 - it runs on older Pythons than the program
from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

Entry = Any
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def of_code(typed: str) -> str:
    """The SHA-256 of a code, however it is typed."""
    code = "".join(typed.upper().split()).replace("-", "").translate(LOOK_ALIKES)
    return hashlib.sha256(code.encode()).hexdigest()


def of_file(path: Path) -> str:
    """The SHA-256 of the RFC 8785 form of a signed document: the same however it is laid out."""
    document = json.loads(path.read_text("utf-8"))
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def found(register: Entry, asked: str) -> Entry:
    """The entry of a code or a file, or None."""
    if Path(asked).is_file():
        return register["versions"].get(of_file(Path(asked)))
    entries = [*register["versions"].values(), *register["recorded"]]
    return next((entry for entry in entries if entry["code_sha256"] == of_code(asked)), None)


def state_of(entry: Entry, now: datetime) -> str:
    """The state as exported, or expired where that has come since."""
    end = entry.get("valid_until")
    over = end is not None and now >= datetime.fromisoformat(end)
    return "expired" if over and entry["state"] == "valid" else str(entry["state"])


def told(entry: Entry) -> Iterator[str]:
    """What the register says besides the state."""
    if entry.get("retraction"):
        yield f"  It is listed no more: {entry['retraction']}"
    for name, value in entry.get("listed", {}).items():
        yield f"  {name.capitalize()}: {value}"


def main() -> int:
    """Look it up and say what is known."""
    parser = argparse.ArgumentParser(description="Ask the exported register for a code or a file.")
    parser.add_argument("asked", metavar="CODE|FILE", help="the code on a certificate, or its JSON file")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent)
    given = parser.parse_args()
    try:
        register = json.loads((given.folder / "register.json").read_text("utf-8"))
        entry = found(register, given.asked)
    except (OSError, ValueError, KeyError) as problem:
        print(f"This cannot be read: {problem}.")
        return 1
    state = state_of(entry, datetime.now(timezone.utc)) if entry else "unknown"
    print(f"{state.upper()}, by the register of {register['issuer']} as of {register['as_of'][:10]}.")
    for line in told(entry) if entry else ():
        print(line)
    return 0 if state in ("valid", "listed") else 1


if __name__ == "__main__":
    sys.exit(main())
