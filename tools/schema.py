"""`python -m tools.schema`: write the JSON Schemas again, after the vocabulary has changed."""

from __future__ import annotations

import json
from pathlib import Path

from cecto.requirements.schema import examples_schema, json_schema

FOLDER = Path(__file__).resolve().parent.parent / "src/cecto/definitions"
SCHEMAS = {"schema.json": json_schema, "examples.schema.json": examples_schema}


def main() -> None:
    """Write both."""
    for name, made in SCHEMAS.items():
        (FOLDER / name).write_text(json.dumps(made(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
