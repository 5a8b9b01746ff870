"""A definition in plain English, as a committee would sign it (Markdown)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.phrases import (
    amount,
    condition,
    filter_phrase,
    link,
    listed,
    minutes,
    point,
    span,
    window_phrase,
)


def explain(definition: doc.Definition) -> str:
    """The rules as a Markdown document: what is required, how time is credited, who decides."""
    sections = [
        f"# {definition.title}",
        f"{definition.program}, track {definition.track}, "
        f"catalogue {definition.catalogue}, version {definition.version}.",
        "## What is required",
        *_node(definition.require, 0),
        "## How time is credited",
        *(f"- {line}" for line in _policy(definition.policy)),
        *_pools(definition),
        "## The award",
        *(f"- {line}" for line in _award(definition.award)),
        f"\nText hash (SHA-256): `{definition.sha256}`",
    ]
    return "\n".join(sections) + "\n"


def _node(node: doc.Node, depth: int) -> list[str]:
    indent = "  " * depth
    lines = [
        f"{indent}- **{node.title or node.id}** (`{node.id}`): {_measure(node)}{_conditional(node)}{_waivable(node)}"
    ]
    for child in node.children:
        label = [f"{indent}  - Instead:"] if child is node.otherwise else []
        lines += label + _node(child, depth + 1 + bool(label))
    return lines


def _measure(node: doc.Node) -> str:
    if isinstance(node, doc.Group):
        return {"all": "all of these.", "any": "any one of these."}.get(
            node.word, f"at least {node.at_least} of these."
        )
    return _LEAVES[type(node)](node)


def _hours(node: doc.Hours) -> str:
    target = (
        f"at least {minutes(node.at_least)}" if node.at_least is not None else f"at most {minutes(node.at_most or 0)}"
    )
    pool = f", counted in “{node.pool}”" if node.pool else ""
    caps = "".join(
        f"; of which {filter_phrase(cap.where)} counts for at most {minutes(cap.at_most)}" for cap in node.limits
    )
    return f"{target} of {filter_phrase(node.where)}{pool}{window_phrase(node.window)}{caps}."


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


_LEAVES: dict[type[doc.Node], Callable[[Any], str]] = {
    doc.Hours: _hours,
    doc.Count: _count,
    doc.Each: _each,
    doc.Together: _together,
    doc.Verdict: _verdict,
    doc.Credential: _credential,
}


def _conditional(node: doc.Node) -> str:
    if node.when is None:
        return ""
    end = " Otherwise it is not asked." if node.otherwise == "not-applicable" else ""
    return f" Asked only of those {condition(node.when)}.{end}"


def _waivable(node: doc.Node) -> str:
    may = node.waivable
    if may is None:
        return ""
    kinds = f" ({listed(may.kinds)})" if may.kinds else ""
    second = f", with the second signature of {may.second}" if may.second else ""
    return f" Exceptions{kinds} may be granted by {listed(may.by)}{second}."


def _policy(policy: doc.Policy) -> list[str]:
    lines = [_partial(policy.partial)]
    if policy.late_grace:
        lines.append(f"Missing up to {minutes(policy.late_grace)} of a segment costs nothing.")
    for where, step in (("Each entry", policy.rounding.each), ("Each total", policy.rounding.total)):
        if step > 1:
            lines.append(f"{where} is rounded down to a multiple of {minutes(step)}.")
    lines.append(_makeup(policy.makeup))
    return lines


def _partial(percent: int) -> str:
    if percent == 0:
        return "Time attended is credited minute by minute."
    if percent == 100:
        return "A segment is credited only when attended in full."
    return f"Attending at least {percent}% of a segment credits all of it; less credits nothing."


def _makeup(makeup: doc.MakeUp | None) -> str:
    if makeup is None:
        return "Missed time cannot be made up."
    kinds = f" by {listed(makeup.kinds)}" if makeup.kinds else ""
    until = f", before {point(makeup.until)}" if makeup.until else ""
    within = f", within {span(makeup.within)}" if makeup.within else ""
    return f"Missed time may be made up{kinds}, up to {makeup.ratio}% of the minutes missed{until}{within}."


def _pools(definition: doc.Definition) -> list[str]:
    lines = []
    for name, pool in definition.pools:
        lines.append(f"- “{name}” holds {filter_phrase(pool.where)}{window_phrase(pool.window)}.")
        lines += [
            f"  - {cap.title}: at most {minutes(cap.at_most)} of {filter_phrase(cap.where)}." for cap in pool.limits
        ]
    return lines


def _award(award: doc.Award) -> list[str]:
    second = f", with the second signature of {award.second}" if award.second else ""
    valid = (
        f"It is valid for {span(award.valid)}." if award.valid and award.valid != doc.Span() else "It does not expire."
    )
    return [f"{award.title or award.credential} (`{award.credential}`), decided by {award.decided_by}{second}.", valid]
