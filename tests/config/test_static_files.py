"""Static files are made once for each version of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from cecto.config.static_files import collect_static_files


@pytest.fixture
def root(tmp_path: Path, settings: Settings) -> Path:
    """Where static files go: a folder that does not exist yet."""
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path / "static"


def test_they_are_made_once_and_again_when_they_change(root: Path) -> None:
    assert collect_static_files() is True
    assert collect_static_files() is False
    (root / "made-from").write_text("another version")
    (root / "gone.css").touch()
    assert collect_static_files() is True
    assert not (root / "gone.css").exists()


def test_every_file_has_a_hashed_name_and_a_compressed_copy(root: Path, settings: Settings) -> None:
    hashing = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashing}
    collect_static_files()
    hashed = json.loads((root / "staticfiles.json").read_text())["paths"]["ui/ui.css"]
    assert hashed != "ui/ui.css"
    assert (root / f"{hashed}.br").stat().st_size < (root / hashed).stat().st_size
