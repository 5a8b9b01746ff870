"""What a definition must not be published with: well-formed, but ambiguous, unreachable or unchecked."""

from __future__ import annotations

from collections.abc import Callable

from cecto.requirements import document as doc
from cecto.requirements.linting.caps import CAP_CHECKS
from cecto.requirements.linting.dates import DATE_CHECKS
from cecto.requirements.linting.reach import REACH_CHECKS
from cecto.requirements.problems import Problem, Report, nearest
from cecto.requirements.reading import read

Check = Callable[[doc.Definition, Report], None]


def lint(text: str, *, name: str, previous: doc.Definition | None = None) -> list[Problem]:
    """Every problem of the text, of form and of sense, in reading order; empty when it may be published.

    With the `previous` version, also every id that it had and this one neither keeps nor moves. Example persons are
    checked by `check_examples`.
    """
    report = Report(name)
    definition = read(text, report)
    if definition is not None:
        for check in _CHECKS:
            check(definition, report)
        if previous is not None:
            _ids_kept(previous, definition, report)
    return sorted(set(report.problems))


def _competencies(definition: doc.Definition, report: Report) -> None:
    known = {code for code, _ in definition.competencies}
    if not known:
        return
    for owner, where in definition.filters():
        for key, words in where.words:
            for word in sorted(words - known) if key == "competency" else ():
                report.say(where.at, f"`{word}` is not among the competencies.", nearest(word, known), node=owner)


def _targets(definition: doc.Definition, report: Report) -> None:
    for node in definition.walk():
        if isinstance(node, doc.Hours | doc.Count):
            _one_target(node, report)
        if isinstance(node, doc.Each):
            _credited(node, report)
        if isinstance(node, doc.Group) and node.at_least > len(node.parts):
            text = f"It asks for {node.at_least} of {len(node.parts)} parts."
            report.say(node.at, text, f"Ask for at most {len(node.parts)}.", node=node.id)
        if isinstance(node, doc.Score) and not node.scale[0] <= node.at_least <= node.scale[1]:
            text = f"{node.at_least} is not on its scale of {node.scale[0]} to {node.scale[1]}."
            report.say(node.at, text, "Change the target or the scale.", node=node.id)


def _one_target(node: doc.Hours | doc.Count, report: Report) -> None:
    if (node.at_least is None) == (node.at_most is None):
        report.say(node.at, "It needs either `at_least` or `at_most`.", "Write one of them.", node=node.id)
    elif node.at_most is not None and not node.vacuous:
        advice = "Add `vacuous: open` or `vacuous: met`."
        report.say(node.at, "`at_most` does not say what an empty record means.", advice, node=node.id)


def _credited(node: doc.Each, report: Report) -> None:
    attended = node.of in {"session", "event"}
    if attended and not node.credited:
        report.say(node.at, "Each session must be credited how far?", "Add `credited: 100%`.", node=node.id)
    if not attended and node.credited:
        report.say(node.at, "Work is accepted or not.", "Leave `credited` out.", node=node.id)


# An exception of these kinds lowers a target or lets more count: on an upper bound it would do nothing, or harm.
_NOT_FOR_CEILINGS = ("lower", "extend")


def _ceilings(definition: doc.Definition, report: Report) -> None:
    for node in definition.walk():
        asked = node.waivable.kinds if node.waivable else ()
        ceiling = isinstance(node, doc.Absences) or (
            isinstance(node, doc.Hours | doc.Count) and node.at_most is not None
        )
        for kind in _NOT_FOR_CEILINGS if ceiling else ():
            if kind in asked:
                text = f"An exception of the kind `{kind}` does nothing to an upper bound."
                report.say(node.at, text, "Allow `exclude` or `waive` instead.", node=node.id)


def _titles(definition: doc.Definition, report: Report) -> None:
    for node in definition.walk():
        if not node.title:
            report.say(node.at, "It has no title for people to read.", "Add `title:`.", node=node.id)


def _whens(definition: doc.Definition, report: Report) -> None:
    for node in definition.walk():
        if (node.when is None) != (node.otherwise is None):
            text = "`when` and `otherwise` belong together."
            report.say(node.at, text, "Write both; `otherwise: not-applicable` is one answer.", node=node.id)


def _moves(definition: doc.Definition, report: Report) -> None:
    known = {node.id for node in definition.walk()}
    for old, new in definition.moves:
        if new not in known:
            report.say(definition.at, f"`moves` sends `{old}` to `{new}`, which is not here.", nearest(new, known))


def _units(definition: doc.Definition, report: Report) -> None:
    known = {node.id for node in definition.walk()}
    units = definition.award.units
    if units and units.of not in known:
        report.say(
            definition.at, f"The award's units are of `{units.of}`, which is not here.", nearest(units.of, known)
        )
    if units and not units.variable and not units.whole:
        report.say(definition.at, "The award is the same for everyone, but of how many hours?", "Add `whole:`.")


def _unit(definition: doc.Definition, report: Report) -> None:
    if definition.unit and not definition.unit.per:
        report.say(definition.at, "The unit is no time at all.", "Write `per: 60m`, or how long one is.")


def _positions(definition: doc.Definition, report: Report) -> None:
    named = set(definition.offices())
    for code, _ in definition.positions:
        if code not in named:
            report.say(definition.at, f"`positions` names `{code}`, which decides nothing here.", nearest(code, named))


def _ids_kept(previous: doc.Definition, definition: doc.Definition, report: Report) -> None:
    known = {node.id for node in definition.walk()}
    moved = {old for old, _ in definition.moves}
    for node in previous.walk():
        if node.id not in known | moved:
            text = f"`{node.id}` of version {previous.version} is gone; exceptions and decisions name it."
            report.say(definition.at, text, f"Add `{node.id}: its-new-id` to `moves`, or keep the id.")


_CHECKS: tuple[Check, ...] = (
    _competencies,
    _targets,
    _ceilings,
    _titles,
    _whens,
    _moves,
    _units,
    _unit,
    _positions,
    *CAP_CHECKS,
    *DATE_CHECKS,
    *REACH_CHECKS,
)
