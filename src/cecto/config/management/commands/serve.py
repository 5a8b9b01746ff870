"""Serve the site."""

from __future__ import annotations

import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

FEWEST_THREADS = 6


class Command(BaseCommand):
    """`cecto serve [--port N] [--workers N] [--threads N]`: granian on 127.0.0.1."""

    help = "Serve the site on 127.0.0.1 (PORT, by default 8000)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.CECTO_PORT)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=8, help="how many requests a worker answers at once")

    def handle(self, *, host: str, port: int, workers: int, threads: int, **_: Any) -> None:
        """Bring this home up to date, then serve until stopped."""
        if threads < FEWEST_THREADS:
            raise CommandError(
                f"Give each worker at least {FEWEST_THREADS} threads: some may have to wait while others read."
            )
        _refuse_taken(host, port)
        call_command("init")
        self.stdout.write(f"Serving on http://{host}:{port}  (Ctrl-C ends it)")
        self.stdout.flush()
        Granian(
            "cecto.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            # Of which no more than a few wait to write while something holds them up: see sqlite_in_turn.
            blocking_threads=threads,
            respawn_failed_workers=True,
            workers_kill_timeout=3,  # a worker that two signals reach at once may never end by itself
            log_level=LogLevels.error,  # it would warn of more threads than cores, most of which only wait
        ).serve()


def _refuse_taken(host: str, port: int) -> None:
    """Raise CommandError when something listens there: the server itself would quietly share the port with it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Cannot serve on {host}:{port}: {error.strerror}. Choose another: PORT=8001") from error
