"""How time becomes hours, in a pool or for one requirement alone: values, caps, and caps that overlap."""

from __future__ import annotations

from cecto.requirements import document as doc
from cecto.requirements.english.wording import Wording


def value_phrase(rule: doc.ValueRule, wording: Wording) -> str:
    """What an entry is worth by a rule."""
    worth = "the time logged" if rule.minutes is None else wording.time(rule.minutes)
    per = {"entry": "", "item": " per item", "item-and-year": " per item and year"}[rule.per]
    first = f", only the first time of each {rule.first_only}" if rule.first_only else ""
    return f"{wording.phrase(rule.where)}: {worth}{per}{first}{_stated(rule.source)}"


def cap_phrase(cap: doc.Limit, wording: Wording) -> str:
    """What a cap lets through."""
    return f"{cap.title}: at most {wording.time(cap.at_most)}{wording.that(cap.where)}{_stated(cap.source)}"


def _stated(source: str) -> str:
    return f" ({source})" if source else ""


_OVERLAPS = {
    "flow": ["all of these caps hold, and of the time under several of them the most that fits counts"],
    "either": ["time under several caps is charged to one of them, so that the most counts"],
}


def overlaps(allocate: str) -> list[str]:
    """What holds where caps overlap; nothing where they may not."""
    return _OVERLAPS.get(allocate, [])


def own_phrases(node: doc.Hours, wording: Wording) -> list[str]:
    """What a requirement says of its hours by itself, beside its pool."""
    said = [f"the same {kind} counts once" for kind in node.distinct]
    said += [value_phrase(rule, wording) for rule in node.value]
    said += [f"at most {wording.time(cap.at_most)}{wording.that(cap.where)}" for cap in node.limits]
    return [*said, *overlaps(node.allocate)]
