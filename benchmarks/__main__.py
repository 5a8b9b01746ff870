"""`python -m benchmarks [NAME...]`: run the benchmarks of this folder, each in a process and a home of its own.

A benchmark is a module here with a `TITLE` and a `run(bench: Bench) -> None` (see harness/measure.py). It starts in an
empty, migrated database on SQLite, or on what `DATABASE_URL` names. Without names all of them run but
`audits_large`, and benchmarks/RESULTS.md is written, in which that one's section is kept; with names they are only
printed.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.measure import Bench
from benchmarks.harness.report import document, section

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
ONLY_WHEN_NAMED = {"audits_large"}  # minutes and gigabytes


def main(arguments: list[str]) -> int:
    """Run what is asked; 1 when a benchmark failed."""
    if arguments[:1] == ["--alone"]:
        return _alone(arguments[1], Path(arguments[2]))
    names = arguments or sorted(path.stem for path in HERE.glob("[a-z]*.py") if path.stem not in ONLY_WHEN_NAMED)
    measured = {name: found for name in names if (found := _in_a_process(name))}
    if not arguments and len(measured) == len(names):
        RESULTS.write_text(document(measured) + "".join(_written_before(name) for name in sorted(ONLY_WHEN_NAMED)))
    return 0 if len(measured) == len(names) else 1


def _written_before(name: str) -> str:
    """The section of a benchmark as RESULTS.md has it."""
    sections = re.split(r"(?m)^(?=## )", RESULTS.read_text())
    return "".join(f"\n{each.strip()}\n" for each in sections if f"`make bench ONLY={name}`" in each)


def _in_a_process(name: str) -> tuple[str, Bench] | None:
    print(f"benchmark {name} ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="cecto-bench-") as folder:
        results = Path(folder) / "results.json"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CECTO_")}
        command = [sys.executable, "-m", "benchmarks", "--alone", name, str(results)]
        done = subprocess.run(command, env={**kept, "CECTO_HOME": f"{folder}/home"}, cwd=HERE.parent, check=False)
        if done.returncode:
            print(f"benchmark {name}: FAILED", file=sys.stderr)
            return None
        title, figures = json.loads(results.read_text())
    bench = Bench.from_json(figures)
    print(section(name, title, bench), flush=True)
    return title, bench


def _alone(name: str, results: Path) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cecto.config.settings"
    import django
    from django.core.management import call_command

    from cecto.config.environment import make_home

    make_home()
    django.setup()
    call_command("migrate", verbosity=0)
    module = importlib.import_module(f"benchmarks.{name}")
    bench = Bench()
    module.run(bench)
    results.write_text(json.dumps([module.TITLE, bench.as_json()]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
