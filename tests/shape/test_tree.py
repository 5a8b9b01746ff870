"""Tests mirror the product's folders, so that everyone knows where a test is."""

from __future__ import annotations

from tests.shape.source import PACKAGE, ROOT

BESIDE = {"access", "benchmarks", "interop", "journeys", "proof", "shape", "tools"}


def test_every_folder_of_tests_mirrors_one_of_the_product() -> None:
    tests = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and list(path.rglob("test_*.py"))}
    product = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert tests - BESIDE - product == set()


def test_every_feature_says_what_it_owns() -> None:
    features = [path.parent for path in PACKAGE.glob("*/models.py")]
    silent = [f.name for f in features if '"""' not in (f / "__init__.py").read_text()]
    assert silent == []
