"""What `make test` runs: checks, tests on SQLite, journeys in a browser, tests on PostgreSQL. All, whichever fail."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
PYTEST = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadfile"]

STEPS = {
    "checks": [PYTHON, "tools/check.py"],
    "tests on SQLite": [*PYTEST, "-m", "not proof and not journey"],
    # In processes of their own: a started browser leaves an event loop running, in which Django refuses the database.
    "journeys": [*PYTEST, "-m", "journey and not proof"],
    "tests on PostgreSQL": [PYTHON, "tools/postgres.py", *PYTEST, "-m", "not proof and not journey"],
}


def main() -> int:
    """Run every step and say how each went; 0 when all passed, 1 otherwise."""
    outcomes = {title: _run(title, command) for title, command in STEPS.items()}
    print()
    for title, (passed, seconds) in outcomes.items():
        print(f"{title}: {'passed' if passed else 'FAILED'} in {seconds:.0f} s")
    return 0 if all(passed for passed, _ in outcomes.values()) else 1


def _run(title: str, command: list[str]) -> tuple[bool, float]:
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    return code == 0, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
