"""A definition in plain English, as a committee would sign it (Markdown)."""

from __future__ import annotations

from cecto.requirements import document as doc
from cecto.requirements.leafphrases import leaf_sentence
from cecto.requirements.phrases import (
    condition,
    filter_phrase,
    listed,
    minutes,
    ordinal,
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
        *_admission(definition),
        "## How time is credited",
        *(f"- {line}" for line in _policy(definition.policy)),
        *_pools(definition),
        "## The award",
        *(f"- {line}" for line in _award(definition.award)),
        *_renewal(definition.renewal),
        f"\nText hash (SHA-256): `{definition.sha256}`",
    ]
    return "\n".join(sections) + "\n"


def _node(node: doc.Node, depth: int) -> list[str]:
    indent = "  " * depth
    said = f"{_measure(node)}{_conditional(node)}{_waivable(node)}{_failing(node)}"
    lines = [f"{indent}- **{node.title or node.id}** (`{node.id}`): {said}"]
    for child in node.children:
        label = [f"{indent}  - Instead:"] if child is node.otherwise else []
        lines += label + _node(child, depth + 1 + bool(label))
    return lines


def _measure(node: doc.Node) -> str:
    if isinstance(node, doc.Group):
        return {"all": "all of these.", "any": "any one of these."}.get(
            node.word, f"at least {node.at_least} of these."
        )
    return leaf_sentence(node)


def _conditional(node: doc.Node) -> str:
    if node.when is None:
        return ""
    end = " Otherwise it is not asked." if node.otherwise == "not-applicable" else ""
    return f" Asked only of those {condition(node.when)}.{end}"


def _failing(node: doc.Node) -> str:
    if node.on_fail is None:
        return ""
    return f" When it can no longer be met, {node.on_fail.decided_by} decides: {listed(node.on_fail.outcomes)}."


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
    credited = "is credited as if attended" if policy.excused == "credited" else "is not credited"
    lines.append(f"Time missed with an excused absence {credited}.")
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
        lines += [f"  - {line}" for line in _values(pool)]
        lines += [
            f"  - {cap.title}: at most {minutes(cap.at_most)} of {filter_phrase(cap.where)}." for cap in pool.limits
        ]
        if pool.allocate == "flow":
            lines.append("  - Time under several caps is charged to one of them, so that the most counts.")
    return lines


def _values(pool: doc.Pool) -> list[str]:
    lines = [f"The same {kind} counts once." for kind in pool.distinct]
    for rule in pool.value:
        worth = "the time logged" if rule.minutes is None else minutes(rule.minutes)
        per = {"entry": "", "item": " per item", "item-and-year": " per item and year"}[rule.per]
        first = f", only the first time of each {rule.first_only}" if rule.first_only else ""
        lines.append(f"{filter_phrase(rule.where).capitalize()} is worth {worth}{per}{first}.")
    return lines


def _admission(definition: doc.Definition) -> list[str]:
    return ["## For admission", *_node(definition.admission, 0)] if definition.admission else []


def _renewal(renewal: doc.Renewal | None) -> list[str]:
    if renewal is None:
        return []
    return ["## Renewal", *(f"- {line}" for line in _cycle(renewal)), *_node(renewal.require, 0)]


def _cycle(renewal: doc.Renewal) -> list[str]:
    day = renewal.cycle.fixed
    year = "of the award's year" if renewal.cycle.year == "award-year" else "after the award"
    start = f"{ordinal(day)} {year}" if day else "the award"
    lines = [f"Every {span(renewal.cycle.length)}, from {start}."]
    if renewal.applies_when:
        lines.append(f"Asked only of those {condition(renewal.applies_when)}.")
    if renewal.opens != doc.NO_TIME:
        lines.append(f"May be asked for {span(renewal.opens)} before the end.")
    if renewal.grace != doc.NO_TIME:
        lines.append(f"May be settled until {span(renewal.grace)} after the end.")
    lines.append(
        f"Up to {minutes(renewal.over)} of surplus go on to the next." if renewal.over else "No surplus goes on."
    )
    if renewal.back != doc.NO_TIME:
        lines.append(f"What is done within {span(renewal.back)} after the end may count for it, and then not again.")
    again = renewal.on_lapse.reinstate_within
    later = f"; it may be reinstated within {span(again)}" if again else ""
    return [*lines, f"Without renewal the award becomes {renewal.on_lapse.status}{later}."]


def _award(award: doc.Award) -> list[str]:
    second = f", with the second signature of {award.second}" if award.second else ""
    valid = (
        f"It is valid for {span(award.valid)}." if award.valid and award.valid != doc.NO_TIME else "It does not expire."
    )
    lines = [f"{award.title or award.credential} (`{award.credential}`), decided by {award.decided_by}{second}.", valid]
    if award.units:
        whose = "each person's own time" if award.units.variable else f"{minutes(award.units.whole)} for everyone"
        lines.append(f"One {award.units.name} per {minutes(award.units.per)}, of {whose}, rounded down to tenths.")
    if award.record:
        kept = f"Kept for {award.record.keep_years} years after its calendar year"
        lines.append(f"{kept}: {', '.join(award.record.fields)}.")
    return lines
