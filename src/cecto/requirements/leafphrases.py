"""What each leaf asks for, in plain English, for `explain`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.phrases import amount, filter_phrase, link, listed, minutes, span, window_phrase


def _hours(node: doc.Hours) -> str:
    target = (
        f"at least {minutes(node.at_least)}" if node.at_least is not None else f"at most {minutes(node.at_most or 0)}"
    )
    pool = f", counted in “{node.pool}”" if node.pool else ""
    shared = ", not shared with the other requirements of its group" if node.use else ""
    caps = "".join(
        f"; of which {filter_phrase(cap.where)} counts for at most {minutes(cap.at_most)}" for cap in node.limits
    )
    return f"{target} of {filter_phrase(node.where)}{pool}{window_phrase(node.window)}{shared}{caps}."


def _count(node: doc.Count) -> str:
    target = f"at least {node.at_least}" if node.at_least is not None else f"at most {node.at_most}"
    credited = f", each credited at least {node.credited}%" if node.credited else ""
    return f"{target} sessions or items of {filter_phrase(node.where)}{credited}{window_phrase(node.window)}."


def _each(node: doc.Each) -> str:
    how = f"credited at least {node.credited}%" if node.of in {"session", "event"} else "accepted"
    return f"every {node.of} of {filter_phrase(node.where)} {how}{window_phrase(node.window)}."


def _together(node: doc.Together) -> str:
    return (
        f"at least {amount(node.at_least, 'session')} of {filter_phrase(node.where)} where both this person and "
        f"{link(node.link)}, as linked on that day, are credited at least {node.both_at_least}%"
        f"{window_phrase(node.window)}."
    )


def _verdict(node: doc.Verdict) -> str:
    return (
        f"{amount(node.panel, 'judge')} must give “{node.of}” the verdict “{node.outcome}”{window_phrase(node.window)}."
    )


def _credential(node: doc.Credential) -> str:
    return f"the credential “{node.credential}” is held{' and valid' if node.valid else ''}."


_DENOMINATORS = {
    "taken": "the time of the sessions settled",
    "to-date": "the time offered to date",
    "all": "all the time the class offers",
    "event": "the whole time of the event",
}
_EXCUSED = {
    "in": "Excused absences count as missed.",
    "out": "Excused absences leave the reckoning.",
    "as-present": "Excused absences count as present.",
}


def _rate(node: doc.Rate) -> str:
    what = f" of {filter_phrase(node.where)}" if node.where else ""
    against = f"{_DENOMINATORS[node.denominator]}{what}{window_phrase(node.window)}"
    return f"at least {node.at_least}% of {against} credited. {_EXCUSED[node.excused]}"


def _score(node: doc.Score) -> str:
    tries = f", the best of the first {amount(node.attempts, 'attempt')}" if node.attempts else ""
    low, high = node.scale
    return f"at least {node.at_least} of {low} to {high} points in “{node.of}”{tries}{window_phrase(node.window)}."


def _attest(node: doc.Attest) -> str:
    return f"“{node.document}” attested by {node.by}, at least {amount(node.at_least, 'time')}."


def _linked(node: doc.Linked) -> str:
    return f"linked to {link(node.link)}, at least {node.at_least}."


def _years(node: doc.Years) -> str:
    return f"at least {span(node.at_least)} of {node.of}."


def _held(node: doc.Held) -> str:
    return f"{listed(node.any_of)} held."


def _paid(node: doc.Paid) -> str:
    return f"at least ${node.at_least:,} paid{f' of {node.of}' if node.of else ''}."


_LEAVES: dict[type[doc.Node], Callable[[Any], str]] = {
    doc.Hours: _hours,
    doc.Count: _count,
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


def leaf_sentence(leaf: doc.Node) -> str:
    """What a leaf asks for, to follow its title and a colon."""
    return _LEAVES[type(leaf)](leaf)
