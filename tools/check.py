"""The fast checks, two at a time: `python tools/check.py`. Prints what each found and what to run to mend it."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


@dataclass(frozen=True)
class Check:
    """One command, and what someone can do when it complains."""

    title: str
    command: tuple[str, ...]
    remedy: str


CHECKS = [
    Check("types", ("mypy", "src", "tests", "tools", "benchmarks"), "mend the types it names"),
    Check("shapes", ("pytest", "-q", "-p", "no:cacheprovider", "tests/shape"), "see tests/shape"),
    Check("folders", ("lint-imports", "--no-cache"), "import only from folders above: see docs/architecture.md"),
    Check("lint", ("ruff", "check", "--quiet", "."), "make format mends most"),
    Check("format", ("ruff", "format", "--check", "--quiet", "."), "make format"),
    Check("templates", ("djlint", "--lint", "--quiet", "src"), "mend the lines it names"),
]


def main() -> int:
    """Run every check; 0 when all are clean, 1 otherwise."""
    with ThreadPoolExecutor(2) as pool:
        clean = list(pool.map(_run, CHECKS))
    return 0 if all(clean) else 1


def _run(check: Check) -> bool:
    started = time.monotonic()
    program, *arguments = check.command
    done = subprocess.run([BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode == 0:
        print(f"check {check.title}: clean ({seconds:.0f} s)", flush=True)
        return True
    print(f"{done.stdout}{done.stderr}\ncheck {check.title}: FAILED ({seconds:.0f} s): {check.remedy}", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main())
