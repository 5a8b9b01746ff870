"""`python -m tools.schema`: write the JSON Schema of definitions again, after the vocabulary has changed."""

from __future__ import annotations

import json
from pathlib import Path

from cecto.requirements.schema import json_schema

SCHEMA = Path(__file__).resolve().parent.parent / "src/cecto/definitions/schema.json"


def main() -> None:
    """Write it."""
    SCHEMA.write_text(json.dumps(json_schema(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
