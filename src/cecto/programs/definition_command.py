"""Definitions at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cecto import requirements
from cecto.definitions import examples, examples_schema, schema, shipped
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.programs import actions, queries, trial
from cecto.programs import drafting_command as drafting
from cecto.programs.drafts import Draft
from cecto.requirements.problems import DefinitionErrors, Problem
from cecto.requirements.trials.checking import WANTED

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Verbs = _SubParsersAction[ArgumentParser]

BY = Actor.command("definition")
MAX_BYTES = 1024 * 1024
SCHEMA_HELP = (
    "Print the JSON Schema of definitions. An editor completes and checks a definition whose first line is "
    "“# yaml-language-server: $schema=ADDRESS”, where ADDRESS is /schemas/definition.json on this site or a copy of "
    "what this prints; a file of example persons likewise, with /schemas/examples.json."
)


class DefinitionCommand(BaseCommand):
    """`cecto definition new|next|lint|publish|explain|try|schema|list`; what looks at classes is added by another."""

    help = "Check, try, compare, publish or explain what a program requires."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The subcommands."""
        self.add_verbs(parser.add_subparsers(dest="verb", required=True))

    def add_verbs(self, verbs: Verbs) -> None:
        """new, next, lint, publish, explain, try, schema, list."""
        drafting.add_new(verbs.add_parser("new", help="write a first definition from a dozen answers"))
        drafting.add_next(verbs.add_parser("next", help="write next year’s definition from this year’s"))
        for verb, does in [("lint", "find what is wrong"), ("publish", "publish for good, with the text's SHA-256")]:
            sub = verbs.add_parser(verb, help=does)
            sub.add_argument("files", nargs="*", type=Path, metavar="FILE")
            sub.add_argument("--shipped", action="store_true", help="the definitions that ship with the product")
            if verb == "publish":
                sub.add_argument("--program-name", help="introduces a program that is not known here yet")
                sub.add_argument("--reason", default="", help="why; everybody can read it with the definition")
                sub.add_argument("--time-zone", default="America/New_York", help="of the program that is introduced")
        explain = verbs.add_parser("explain", help="say it in plain English")
        explain.add_argument("file", type=Path, metavar="FILE")
        tried = verbs.add_parser("try", help="audit example persons, without a database")
        tried.add_argument("file", type=Path, metavar="FILE")
        tried.add_argument("persons", type=Path, metavar="PERSONS.yaml")
        tried.add_argument("--format", choices=["text", "json"], default="text")
        asked = verbs.add_parser("schema", help="the JSON Schema, for editors", description=SCHEMA_HELP)
        asked.add_argument("--examples", action="store_true", help="the one of files of example persons")
        verbs.add_parser("list", help="every published definition")

    def handle(self, *, verb: str, **options: Any) -> None:
        """Do what the subcommand says."""
        self.doing()[verb](options)

    def doing(self) -> dict[str, Callable[[dict[str, Any]], None]]:
        """What each subcommand does."""
        return {
            "new": lambda options: drafting.new(options, self.stdout),
            "next": self._next,
            "lint": self._lint,
            "publish": self._publish,
            "explain": self._explain,
            "try": self._try,
            "schema": lambda options: self.stdout.write(examples_schema() if options["examples"] else schema()),
            "list": self._list,
        }

    def _next(self, options: dict[str, Any]) -> None:
        word = options["definition"]
        try:
            source = Path(word) if Path(word).is_file() else queries.definition_called(word)
        except queries.NoSuchDefinition as error:
            raise CommandError(f"There is no file “{word}”, and no published definition is called so.") from error
        drafting.following(options, source, self.stdout)

    def _lint(self, options: dict[str, Any]) -> None:
        texts = _texts(options)
        # A draft may be checked before its example persons are written.
        problems = [each for one in texts for each in (one.problems() if one.examples else one.faults())]
        self._say(problems)
        if problems:
            raise CommandError(f"{len(problems)} to mend.")
        self.stdout.write(f"{len(texts)} without a fault. Next: cecto definition publish FILE")
        self._name_untested(texts)

    def _publish(self, options: dict[str, Any]) -> None:
        texts = _texts(options)
        try:
            published = _publish(texts, options)
        except (actions.PublishRefused, actions.UnknownTimeZone) as error:
            raise CommandError(str(error)) from error
        for line in published:
            self.stdout.write(line)
        self.stdout.write("Next: cecto class create --help, or for a class under way cecto definition move --help")

    def _say(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))

    def _name_untested(self, texts: Iterable[Draft]) -> None:
        for one in texts:
            if not one.examples:
                self.stdout.write(
                    f"{one.name} has no example persons, and is not published without. Write {WANTED} into "
                    f"{one.examples_name} beside it: they are its tests."
                )

    def _explain(self, options: dict[str, Any]) -> None:
        path = options["file"]
        try:
            self.stdout.write(requirements.explain(requirements.parse(read(path), name=path.name)))
        except DefinitionErrors as error:
            raise CommandError(str(error)) from error

    def _try(self, options: dict[str, Any]) -> None:
        path, persons = options["file"], options["persons"]
        try:
            definition = requirements.parse(read(path), name=path.name)
            examples = requirements.read_examples(read(persons), name=persons.name, definition=definition)
            tried = requirements.try_examples(requirements.compile(definition), examples)
        except DefinitionErrors as error:
            raise CommandError(str(error)) from error
        self.stdout.write(trial.as_json(tried) if options["format"] == "json" else trial.as_text(tried))
        wrong = sum(bool(one.differences) for one in tried)
        if wrong:
            raise CommandError(f"{wrong} of {len(tried)} persons come out otherwise than expected.")

    def _list(self, _: dict[str, Any]) -> None:
        for row in queries.definitions():
            self.stdout.write(f"{row.key}  {row.sha256[:12]}  {row.program.code}/{row.track}  {row}")


@transaction.atomic
def _publish(texts: list[Draft], options: dict[str, Any]) -> list[str]:
    return [_publish_one(one, options) for one in texts]


def _publish_one(draft: Draft, options: dict[str, Any]) -> str:
    name, zone = options["program_name"], options["time_zone"]
    known = set(queries.definitions().values_list("sha256", flat=True))
    row = actions.publish_definition(
        draft=draft,
        reason=options["reason"],
        introduced=actions.Introduction(name, zone) if name else None,
        by=BY,
        at=clock.now(),
    )
    verb = "Published already" if row.sha256 in known else "Published"
    return f"{verb}: {row} ({row.program.code}/{row.track})\n  key {row.key}\n  SHA-256 {row.sha256}"


def _texts(options: dict[str, Any]) -> list[Draft]:
    """Every file named, and the shipped ones when asked for, with the example persons beside each."""
    drafts = [_with_examples(Draft(path.name, read(path)), path.parent) for path in options["files"]]
    if options["shipped"]:
        drafts += [Draft(name, text, examples(name)) for name, text in shipped()]
    if not drafts:
        raise CommandError("Name a definition file, or say --shipped for those that ship with the product.")
    return drafts


def _with_examples(draft: Draft, folder: Path) -> Draft:
    found = folder / draft.examples_name
    return replace(draft, examples=read(found)) if found.is_file() else draft


def read(path: Path) -> str:
    """The text of a definition or of example persons. Raises CommandError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{path} is larger than 1 MB; a definition is a short text.")
        return Draft.read(path.name, path.read_bytes()).text
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8 text. Save it as UTF-8 and try again.") from error
