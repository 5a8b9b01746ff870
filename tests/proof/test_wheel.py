"""The wheel alone is the whole product: in an empty environment it checks definitions and builds the demo."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKSHOP = ROOT / "docs" / "example" / "workshop.yaml"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = folder / "venv" / "bin" / "pip"
    subprocess.run([pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("cecto-*.whl")
    subprocess.run([pip, "install", "--quiet", wheel], check=True)
    return folder


def _cecto(environment: Path, *words: str | Path) -> str:
    surroundings = {**os.environ, "CECTO_HOME": str(environment / "home"), "DATABASE_URL": ""}
    command = [environment / "venv" / "bin" / "cecto", *words]
    return subprocess.check_output(command, env=surroundings, cwd=environment, text=True)


@pytest.mark.proof
def test_every_file_of_the_source_is_in_the_wheel(environment: Path) -> None:
    (wheel,) = environment.glob("cecto-*.whl")
    listed = subprocess.run(["git", "ls-files", "src"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    kept = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {f"src/{name}" for name in kept} == set(listed.splitlines())


@pytest.mark.proof
def test_an_installed_wheel_checks_a_definition_and_prints_the_schema(environment: Path) -> None:
    assert _cecto(environment, "definition", "lint", WORKSHOP).startswith("1 without a fault")
    assert '"$defs"' in _cecto(environment, "definition", "schema")


@pytest.mark.proof
def test_an_installed_wheel_builds_the_demo_and_finds_nothing_wrong(environment: Path) -> None:
    _cecto(environment, "demo", "--stage", "midyear")
    assert _cecto(environment, "doctor").splitlines()[-1] == "Sound."
