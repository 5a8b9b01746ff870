"""What each leaf asks for, in plain English, for `explain`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.english.amounts import dollars, listed, number
from cecto.requirements.english.phrases import link, span, window_phrase
from cecto.requirements.english.poolphrases import own_phrases
from cecto.requirements.english.wording import Wording


def _target(at_least: int | None, at_most: int | None, say: Callable[[int], str]) -> str:
    return f"at least {say(at_least)}" if at_least is not None else f"at most {say(at_most or 0)}"


def _hours(node: doc.Hours, wording: Wording) -> str:
    target = _target(node.at_least, node.at_most, wording.time)
    pool = f" of “{wording.pool(node.pool)}”" if node.pool else ""
    shared = wording.unshared(node)
    own = "".join(f"; {said}" for said in [*own_phrases(node, wording), *_while_empty(node.vacuous)])
    return f"{target}{pool}{wording.that(node.where)}{window_phrase(node.window)}{shared}{own}."


def _while_empty(vacuous: str) -> list[str]:
    """What an empty record means, where the definition says it."""
    return [f"while nothing is on record it is {'done' if vacuous == 'met' else 'not done'}"] if vacuous else []


def _count(node: doc.Count, wording: Wording) -> str:
    kinds = dict(node.where.words).get("kind", frozenset()) if node.where else frozenset()
    target = _target(node.at_least, node.at_most, lambda count: wording.counted(count, node.where))
    credited = f", each credited at least {node.credited}%" if node.credited else ""
    points = f", each with at least {number(node.scored, 'point')}" if node.scored else ""
    judged = f", each with the verdict “{node.outcome}”" if not kinds or "verdict" in kinds else ""
    verdict = judged if kinds or node.outcome != "pass" else ""
    empty = "".join(f"; {said}" for said in _while_empty(node.vacuous))
    return f"{target}{credited}{points}{verdict}{window_phrase(node.window)}{empty}."


def _absences(node: doc.Absences, wording: Wording) -> str:
    most = f"at most {number(node.at_most, node.of)}" if node.at_most else f"no {node.of}"
    missed = f"one is missed when less than {node.credited}% of it is credited" if node.credited else ""
    excused = "excused absences count too" if node.excused == "in" else "excused absences do not count"
    tail = "; ".join(part for part in (missed, excused) if part)
    return f"{most}{wording.that(node.where)}{window_phrase(node.window)} may be missed; {tail}."


def _each(node: doc.Each, wording: Wording) -> str:
    how = f"is credited at least {node.credited}%" if node.of in {"session", "event"} else "is accepted"
    empty = "".join(f"; {said}" for said in _while_empty(node.vacuous if node.vacuous == "met" else ""))
    return f"every {wording.flagged(node.of, node.where)} {how}{window_phrase(node.window)}{empty}."


def _together(node: doc.Together, wording: Wording) -> str:
    comma = "," if node.where else ""
    return (
        f"at least {number(node.at_least, 'session')}{wording.that(node.where)}{comma} in which both this person and "
        f"{link(node.link)}, as linked on that day, are credited at least {node.both_at_least}%"
        f"{window_phrase(node.window)}."
    )


def _which(node: doc.Leaf, wording: Wording) -> str:
    """What else a leaf of its own kind of fact asks for: its filter and its window, with commas."""
    where = f",{wording.that(node.where)}" if node.where else ""
    return f"{where}{window_phrase(node.window)}"


def _verdict(node: doc.Verdict, wording: Wording) -> str:
    judges = number(node.panel, "judge")
    return f"{judges} must give “{node.of}” the verdict “{node.outcome}”{_which(node, wording)}."


def _credential(node: doc.Credential, wording: Wording) -> str:
    valid = " and valid" if node.valid else ""
    return f"the credential “{node.credential}” is held{valid}{_which(node, wording)}."


_DENOMINATORS = {
    "taken": "the time of the sessions whose attendance is final",
    "to-date": "the time offered to date",
    "all": "all the time the class offers",
    "event": "the whole time of the event",
}
_EXCUSED = {
    "in": "Excused absences count as missed.",
    "out": "Excused absences are left out.",
    "as-present": "Excused absences count as present.",
}


def _rate(node: doc.Rate, wording: Wording) -> str:
    against = f"{_DENOMINATORS[node.denominator]}{wording.that(node.where)}{window_phrase(node.window)}"
    return f"at least {node.at_least}% of {against} credited. {_EXCUSED[node.excused]}"


def _score(node: doc.Score, wording: Wording) -> str:
    tries = f", the best of the first {number(node.attempts, 'attempt')}" if node.attempts else ""
    low, high = node.scale
    scale = f", on a scale of {low} to {high:,}"
    return f"at least {node.at_least:,} points in “{node.of}”{scale}{tries}{_which(node, wording)}."


def _attest(node: doc.Attest, wording: Wording) -> str:
    who = "the person" if node.by == "self" else f"the {node.by.replace('-', ' ')}"
    times = "" if node.at_least == 1 else f", by {node.at_least} different people"
    return f"“{node.document}” signed by {who}{times}{_which(node, wording)}."


def _linked(node: doc.Linked, wording: Wording) -> str:
    return f"{number(node.at_least, 'person', 'people')} on file as {link(node.link)}{_which(node, wording)}."


def _years(node: doc.Years, wording: Wording) -> str:
    return f"at least {span(node.at_least)} of “{node.of}”{_which(node, wording)}."


def _held(node: doc.Held, wording: Wording) -> str:
    return f"{listed(f'“{word}”' for word in node.any_of)} on file{_which(node, wording)}."


def _paid(node: doc.Paid, wording: Wording) -> str:
    of = f" of “{node.of}”" if node.of else ""
    return f"at least {dollars(node.at_least)} paid{of}{_which(node, wording)}."


_LEAVES: dict[type[doc.Node], Callable[[Any, Wording], str]] = {
    doc.Hours: _hours,
    doc.Count: _count,
    doc.Absences: _absences,
    doc.Each: _each,
    doc.Together: _together,
    doc.Verdict: _verdict,
    doc.Credential: _credential,
    doc.Rate: _rate,
    doc.Score: _score,
    doc.Attest: _attest,
    doc.Linked: _linked,
    doc.Years: _years,
    doc.Held: _held,
    doc.Paid: _paid,
}


def leaf_sentence(leaf: doc.Node, wording: Wording) -> str:
    """What a leaf asks for, to follow its title and a colon."""
    return _LEAVES[type(leaf)](leaf, wording)
