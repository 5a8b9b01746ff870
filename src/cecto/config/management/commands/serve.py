"""Serve the site."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`cecto serve [--port N] [--workers N]`: granian on 127.0.0.1."""

    help = "Serve the site on 127.0.0.1 (PORT, by default 8000)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.CECTO_PORT)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *, host: str, port: int, workers: int, **_: Any) -> None:
        """Bring the database up to date, then hand this process to granian."""
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Serving on http://{host}:{port}  (Ctrl-C ends it)")
        self.stdout.flush()
        os.execv(sys.executable, granian(host=host, port=port, workers=workers))


def granian(*, host: str, port: int, workers: int) -> list[str]:
    """The command line that serves the site: durable writes want few threads, so two per worker."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "2",
        "--respawn-failed-workers",
        "--log-level",
        "warning",
        "cecto.config.wsgi:application",
    ]
