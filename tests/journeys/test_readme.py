"""The README's main job, run as it is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def steps_of(page: Path) -> list[tuple[str, list[str]]]:
    """Each command of a page's console blocks, in order, with the lines it promises."""
    blocks = re.findall(r"^( *)```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    steps: list[tuple[str, list[str]]] = []
    for indent, block in blocks:
        for line in block.splitlines():
            words = line.removeprefix(indent)
            if words.startswith("$ "):
                steps.append((words[2:], []))
            elif words.strip():
                steps[-1][1].append(words)
    return steps


def test_the_main_job_runs_as_the_readme_says(tmp_path: Path) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CECTO_", "DATABASE_", "DJANGO_"))
    }
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {
        **kept,
        "PATH": path,
        "CECTO_HOME": str(tmp_path / "home"),
        "CECTO_URL": "https://cecto.example.org",
    }
    for command, promised in steps_of(ROOT / "README.md"):
        words = ["bash", "-c", command]
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        missing = [line for line in promised if line not in done.stdout]
        assert not missing, f"{command}\npromised {missing}, printed\n{done.stdout}"
