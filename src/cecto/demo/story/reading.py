"""Reading the CSV files of the story."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of the story, in its order."""
    text = (files("cecto.demo.story") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
