"""The `cecto` command: every feature's commands behind one entry point."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cecto.config.settings")
    from cecto.config.commands import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
