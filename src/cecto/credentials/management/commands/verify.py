"""`cecto verify FILE|CODE|ADDRESS…`: is this certificate real? The same answer as the page gives."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.credentials.answers import facts_of, told, words_for
from cecto.credentials.examining import Answer, examine_file, examine_word
from cecto.credentials.models import CredentialVersion
from cecto.credentials.uploads import LARGEST
from cecto.credentials.verifying import State
from cecto.foundation import clock
from cecto.foundation.patterns import expanded


class Command(BaseCommand):
    """`cecto verify FILE|CODE|ADDRESS…`. Exit code 0 only if all are valid and each file is the very one given out."""

    help = "Say whether certificates (files, codes or addresses of their pages) are real and valid."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look at."""
        parser.add_argument(
            "asked",
            nargs="+",
            metavar="FILE|CODE|ADDRESS",
            help="a certificate’s file, its code, or its page’s address",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help="text (default) or JSON")

    def handle(self, *, asked: list[str], **options: Any) -> None:
        """Tell all; refuse (exit code 1) when one is not valid, or is another file than was given out."""
        at = clock.now()
        answers = [_answer(word, at) for word in expanded(asked)]
        if options["format"] == "json":
            self.stdout.write(json.dumps([told(one) for one in answers], ensure_ascii=False, indent=2))
        else:
            for one in answers:
                self._tell(one)
        wrong = sum(not one.valid for one in answers)
        if wrong:
            raise CommandError(_refusal(wrong, len(answers)))

    def _tell(self, answer: Answer) -> None:
        style = self.style.SUCCESS if answer.valid else self.style.ERROR
        self.stdout.write(f"{answer.what}: {style(words_for(answer).heading + '.')} {answer.sentence}")
        for check in answer.checks:
            mark = self.style.SUCCESS("yes") if check.passed else self.style.ERROR("no ")
            self.stdout.write(f"  {mark}  {check.name:10} {check.sentence}")
        if answer.version:
            self.stdout.write(f"  {_facts(answer.version)}")


def _refusal(wrong: int, count: int) -> str:
    if wrong == 1:
        return f"1 of {count} is not a valid certificate as we gave it out."
    return f"{wrong} of {count} are not valid certificates as we gave them out."


def _answer(word: str, at: datetime) -> Answer:
    """A file if there is one of that name, else a code or an address."""
    path, kind = Path(word), _kind_of(word)
    try:
        if kind == "file":
            return _of_file(path, word, at)
    except OSError as error:
        return Answer(word, State.UNREADABLE, f"It cannot be read: {error}.")
    if kind == "folder":
        return Answer(word, State.UNREADABLE, f"This is a folder. Name its files: cecto verify {path}/*.pdf")
    if path.suffix.lower() in {".pdf", ".json", ".png", ".svg", ".jwt", ".zip"} and "://" not in word:
        return Answer(word, State.UNREADABLE, "There is no such file.")
    return examine_word(word, at=at)


def _kind_of(word: str) -> str:
    """Whether something of that name is here: a file or a folder; a word that can name neither is none."""
    path = Path(word)
    try:
        return "file" if path.is_file() else "folder" if word and path.is_dir() else ""
    except (OSError, ValueError):
        return ""


def _of_file(path: Path, word: str, at: datetime) -> Answer:
    with path.open("rb") as file:
        return examine_file(file.read(LARGEST + 1), what=word, at=at)


def _facts(version: CredentialVersion) -> str:
    facts = facts_of(version)
    signers = "; ".join(facts.signers)
    said = [f"{facts.holder}, {facts.title}", facts.of_class, facts.hours, facts.awarded, f"Signed by {signers}"]
    return f"{version.printed_code}: {'. '.join(filter(None, said))}."
