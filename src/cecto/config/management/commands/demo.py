"""`cecto demo`: the class of 2015-16 with invented people, at a moment of its year, in this home."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.demo.building import NotADemo, build, built_stage
from cecto.demo.guide import guide
from cecto.demo.stages import STAGES
from cecto.demo.year.world import Event


class Command(BaseCommand):
    """Builds the demo unless it stands there already, and prints a sign-in link for each role."""

    help = "Build a demo class of invented people at a moment of its year, and print who can sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        moments = "; ".join(f"{stage.name}: {stage.words}" for stage in STAGES.values())
        parser.add_argument("--stage", choices=list(STAGES), help=f"where in the year (first time: midyear). {moments}")
        parser.add_argument("--fresh", action="store_true", help="build it anew even if it stands there already")

    def handle(self, *args: object, **options: Any) -> None:
        standing = built_stage()
        stage = STAGES[options["stage"]] if options["stage"] else standing or STAGES["midyear"]
        if options["fresh"] or stage != standing:
            try:
                build(stage, told=self._tell)
            except NotADemo as error:
                raise CommandError(str(error)) from error
        for line in guide(stage):
            self.stdout.write(line)

    def _tell(self, event: Event, number: int, total: int) -> None:
        self.stderr.write(f"[{number:>3}/{total}] {event.at:%b %-d, %Y}  {event.words}")
