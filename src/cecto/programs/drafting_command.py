"""`cecto definition new` and `next`: definitions written for their author to go on with."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto import requirements
from cecto.programs.drafts import Draft
from cecto.programs.models import Definition
from cecto.requirements.drafting.next_year import NextYear, NoNextYear, next_year
from cecto.requirements.drafting.questions import QUESTIONS, BadAnswer, Question, read_answers
from cecto.requirements.drafting.writing import Written, write_definition


def add_new(parser: ArgumentParser) -> None:
    """`new FILE`: what it may be told instead of asked."""
    keys = ", ".join(question.key for question in QUESTIONS)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="KEY=ANSWER", help=f"an answer, not to be asked: {keys}"
    )
    parser.add_argument("--defaults", action="store_true", help="ask nothing more: take the defaults for the rest")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def add_next(parser: ArgumentParser) -> None:
    """`next KEY`: which definition, for a class of which day, and where to."""
    parser.add_argument("definition", metavar="KEY", help="a published definition’s key or SHA-256, or a file")
    parser.add_argument("--first-day", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def new(options: dict[str, Any], out: OutputWrapper) -> None:
    """Ask, write the definition and its example persons beside it, and say what to do with them."""
    path: Path = options["file"]
    refuse_taken(path)
    given = _given(options["answer"])
    try:
        answers = read_answers(given if options["defaults"] else _asked(given, out))
    except BadAnswer as error:
        raise CommandError(str(error)) from error
    draft = save(path, write_definition(answers))
    if options["format"] == "json":
        out.write(json.dumps({"definition": str(path), "examples": draft.examples_name, "problems": _told(draft)}))
        return
    out.write(f"Written: {path} and {draft.examples_name} beside it.")
    out.write(f"Read it: cecto definition explain {path}. Check it: cecto definition lint {path}.")


def following(options: dict[str, Any], source: Definition | Path, out: OutputWrapper) -> None:
    """Write next year's definition and examples, and say what changed and what is left to look at."""
    path: Path = options["out"]
    refuse_taken(path)
    draft = _draft_of(source)
    try:
        made = next_year(draft.parsed(), draft.examples, options["first_day"])
    except requirements.DefinitionErrors as error:
        raise CommandError(str(error)) from error
    except NoNextYear as error:
        raise CommandError(str(error)) from error
    problems = _told(save(path, made.written))
    _say_next(made, path, problems, options, out)
    if problems:
        raise CommandError(f"{path} is written, but something is left to fix in it.")


def _say_next(made: NextYear, path: Path, problems: list[str], options: dict[str, Any], out: OutputWrapper) -> None:
    if options["format"] == "json":
        told = {"definition": str(path), "changes": made.changes, "kept": made.kept, "problems": problems}
        out.write(json.dumps(told, ensure_ascii=False))
        return
    out.write("\n".join((*made.changes, *made.kept, *problems)))
    out.write(f"Written: {path}. Next: cecto definition publish {path}")


def _draft_of(source: Definition | Path) -> Draft:
    if isinstance(source, Definition):
        return Draft(f"{source.key}.yaml", source.text, source.examples)
    beside = source.parent / Draft(source.name, "").examples_name
    return Draft.read(source.name, source.read_bytes(), beside.read_bytes() if beside.is_file() else b"")


def refuse_taken(path: Path) -> None:
    """Raises CommandError when the file, or that of its example persons, is there already or cannot be."""
    beside = path.parent / Draft(path.name, "").examples_name
    for one in (path, beside):
        if one.exists():
            raise CommandError(f"{one} is there already. Name another file.")
    if path.suffix not in {".yaml", ".yml"}:
        raise CommandError(f"{path} is not named as YAML. End its name in .yaml.")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent}.")


def save(path: Path, written: Written) -> Draft:
    """Write both files, the example persons beside the definition. Raises CommandError."""
    draft = Draft(path.name, written.definition, written.examples)
    try:
        path.write_text(written.definition, encoding="utf-8")
        if written.examples:
            (path.parent / draft.examples_name).write_text(written.examples, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    return draft


def _told(draft: Draft) -> list[str]:
    return [str(problem) for problem in draft.problems()]


def _given(written: list[str]) -> dict[str, str]:
    known = {question.key for question in QUESTIONS}
    pairs = {key: answer for key, _, answer in (one.partition("=") for one in written)}
    strange = [key for key in pairs if key not in known]
    if strange:
        raise CommandError(f"“{strange[0]}” is no question here. Known: {', '.join(sorted(known))}.")
    return pairs


def _asked(given: dict[str, str], out: OutputWrapper) -> dict[str, str]:
    """The answers given and those typed, each asked again until it can be read."""
    answers = dict(given)
    for question in QUESTIONS:
        if question.key not in answers:
            answers[question.key] = _ask(question, out)
    return answers


def _ask(question: Question, out: OutputWrapper) -> str:
    form = question.default or f"like {question.hint}"
    while True:
        out.write(f"{question.asks} [{form}]")
        line = sys.stdin.readline()
        if not line:
            raise CommandError("The questions are not answered to the end, so nothing is written.")
        answer = line.strip() or question.default
        try:
            question.read(answer)
        except BadAnswer as error:
            out.write(str(error))
        else:
            return answer
