"""A definition in plain English, as a committee would sign it (Markdown)."""

from __future__ import annotations

from datetime import timedelta

from cecto.requirements import document as doc
from cecto.requirements.english.amounts import day, hours, listed, opening
from cecto.requirements.english.leafphrases import leaf_sentence
from cecto.requirements.english.phrases import condition, ordinal, point, span, window_phrase
from cecto.requirements.english.poolphrases import cap_phrase, overlaps, value_phrase
from cecto.requirements.english.wording import Wording


def explain(definition: doc.Definition) -> str:
    """The rules as a Markdown document: for whom, what is required, how time is credited, who decides, what renews it.

    Where the definition says by whom a rule is stated (`source`), that stands below the rule.
    """
    wording = Wording(definition)
    sections = [
        f"# {definition.title}",
        f"Program {definition.program}, track {definition.track}, "
        f"catalogue {definition.catalogue}, version {definition.version}.",
        "## Whom it is for",
        *(f"- {line}" for line in _whom(definition)),
        "## What is required",
        *_node(definition.require, wording, 0),
        *_admission(definition, wording),
        "## How time is credited",
        *(f"- {line}" for line in _policy(definition, wording)),
        *_source(definition.policy.source, 0),
        *(line for name, pool in definition.pools for line in _pool(name, pool, wording)),
        "## The award",
        *(f"- {line}" for line in _award(definition.award, wording)),
        *_source(definition.award.source, 0),
        *_renewal(definition.renewal, wording),
        f"\nSHA-256 of the text: `{definition.sha256}`",
    ]
    return "\n".join(sections) + "\n"


def _whom(definition: doc.Definition) -> list[str]:
    lines = [f"{opening(classes_phrase(definition.classes or doc.DateRange()))}.", _UNDER_WAY[definition.under_way]]
    lines += [f"What was granted on `{old}` is granted on `{new}`." for old, new in definition.moves]
    if definition.reads:
        lines.append(f"Sessions and work are read in the words of the program “{definition.reads}”.")
    if definition.source:
        lines.append(f"Sources: {definition.source}.")
    if any(mark in definition.text for mark in _MARKS):
        lines.append(f"{'; '.join(said for mark, said in _MARKS.items() if mark in definition.text)}.")
    return lines


_UNDER_WAY = {
    "stay": "People under way when a class moves to it keep the rules they began with.",
    "move": "People under way when a class moves to it come under it.",
    "better-of-both": "People under way when a class moves to it keep the rules they began with, or come under it, "
    "whichever leaves them better off.",
}
_MARKS = {
    "[S]": "[S] is stated by a source",
    "[P]": "[P] is policy that the program sets itself",
    "[I]": "[I] is inferred",
}


def classes_phrase(classes: doc.DateRange) -> str:
    """Which classes rules are for: classes that start from one day through another, or of any year."""
    if not (classes.start or classes.before):
        return "classes of any year"
    start = f" from {day(classes.start)}" if classes.start else ""
    before = f" through {day(classes.before - timedelta(days=1))}" if classes.before else ""
    return f"classes that start{start}{before}"


def _source(source: str, depth: int) -> list[str]:
    return [f"{'  ' * (depth + 1)}- Source: {source}"] if source else []


def _node(node: doc.Node, wording: Wording, depth: int) -> list[str]:
    indent = "  " * depth
    said = f"{_measure(node, wording)}{_conditional(node)}{_waivable(node, wording)}{_failing(node, wording)}"
    lines = [f"{indent}- **{node.title or node.id}** (`{node.id}`): {said}", *_source(node.source, depth)]
    for child in node.children:
        label = [f"{indent}  - Instead:"] if child is node.otherwise else []
        lines += label + _node(child, wording, depth + 1 + bool(label))
    return lines


def _measure(node: doc.Node, wording: Wording) -> str:
    if not isinstance(node, doc.Group):
        return leaf_sentence(node, wording)
    return {"all": "all of these.", "any": "any one of these."}.get(node.word, f"at least {node.at_least} of these.")


def _conditional(node: doc.Node) -> str:
    if node.when is None:
        return ""
    end = " It is not required of others." if node.otherwise == "not-applicable" else ""
    return f" Asked of those {condition(node.when)}.{end}"


_EXCEPTIONS = {
    "waive": "waive it",
    "lower": "lower the target",
    "accept": "count another item",
    "exclude": "not count an item",
    "revalue": "change what an item is worth",
    "extend": "extend the deadline",
    "replace": "use another requirement",
}


def _waivable(node: doc.Node, wording: Wording) -> str:
    may = node.waivable
    if may is None:
        return ""
    what = listed([_EXCEPTIONS[kind] for kind in may.kinds]) if may.kinds else "grant any exception"
    second = f"; {wording.position(may.second)} co-signs" if may.second else ""
    return f" {opening(listed(map(wording.position, may.by)))} may {what}{second}."


def _failing(node: doc.Node, wording: Wording) -> str:
    if node.on_fail is None:
        return ""
    outcomes = listed(word.replace("-", " ") for word in node.on_fail.outcomes)
    return f" When it can't be met, {wording.position(node.on_fail.decided_by)} decides: {outcomes}."


def _policy(definition: doc.Definition, wording: Wording) -> list[str]:
    policy = definition.policy
    lines = [_partial(policy.partial)]
    if definition.unit:
        lines.insert(0, f"Time is counted in {definition.unit.plural}: one is {hours(definition.unit.per)}.")
    if policy.late_grace:
        lines.append(f"Missing up to {wording.time(policy.late_grace)} of a part costs nothing.")
    credited = "is credited as if attended" if policy.excused == "credited" else "is not credited"
    lines.append(f"Time missed with an excused absence {credited}.")
    for where, step in (("Each item", policy.rounding.each), ("Each total", policy.rounding.total)):
        if step > 1:
            lines.append(f"{where} is rounded down to a multiple of {wording.time(step)}.")
    lines.append(_makeup(policy.makeup))
    return lines


def _partial(percent: int) -> str:
    if percent == 0:
        return "Time attended is credited minute by minute."
    if percent == 100:
        return "A part of a session is credited only when attended in full."
    return f"Attending at least {percent}% of a part of a session credits all of it; less credits nothing."


def _makeup(makeup: doc.MakeUp | None) -> str:
    if makeup is None:
        return "Missed time cannot be made up."
    kinds = f" by {listed(sorted(makeup.kinds))}" if makeup.kinds else ""
    until = f", until {point(makeup.until)}" if makeup.until else ""
    within = f", within {span(makeup.within)} of the session" if makeup.within else ""
    source = f" ({makeup.source})" if makeup.source else ""
    return f"Missed time may be made up{kinds}, up to {makeup.ratio}% of the time missed{until}{within}{source}."


def _pool(name: str, pool: doc.Pool, wording: Wording) -> list[str]:
    what = wording.that(pool.where) or " of every kind"
    lines = [f"- “{opening(wording.pool(name))}” is time{what}{window_phrase(pool.window)}.", *_source(pool.source, 0)]
    lines += [f"  - The same {kind} counts once." for kind in pool.distinct]
    lines += [f"  - {opening(value_phrase(rule, wording))}." for rule in pool.value]
    lines += [f"  - {cap_phrase(cap, wording)}." for cap in pool.limits]
    return lines + [f"  - {opening(said)}." for said in overlaps(pool.allocate)]


def _admission(definition: doc.Definition, wording: Wording) -> list[str]:
    return ["## For admission", *_node(definition.admission, wording, 0)] if definition.admission else []


def _award(award: doc.Award, wording: Wording) -> list[str]:
    second = f"; {wording.position(award.second)} signs too" if award.second else ""
    title = award.title or award.credential
    lines = [f"{title} (`{award.credential}`), decided by {wording.position(award.decided_by)}{second}."]
    expires = award.valid is not None and award.valid != doc.NO_TIME
    lines.append(f"It is valid for {span(award.valid)}." if award.valid and expires else "It does not expire.")
    if award.units:
        whose = "each person's own time" if award.units.variable else f"{wording.time(award.units.whole)} for everyone"
        lines.append(f"One {award.units.name} per {wording.time(award.units.per)}, of {whose}, rounded down to tenths.")
    if award.record:
        kept = f"Kept for {award.record.keep_years} years after its calendar year"
        lines.append(f"{kept}: {', '.join(award.record.fields)}.")
        if award.record.release:
            lines.append("The record is given to others only when the person asks.")
    return lines


def _renewal(renewal: doc.Renewal | None, wording: Wording) -> list[str]:
    if renewal is None:
        return []
    lines = [f"- {line}" for line in _cycle(renewal, wording)]
    return ["## Renewal", *lines, *_source(renewal.source, 0), *_node(renewal.require, wording, 0)]


def _cycle(renewal: doc.Renewal, wording: Wording) -> list[str]:
    on = renewal.cycle.fixed
    year = "of the award's year" if renewal.cycle.year == "award-year" else "after the award"
    lines = [f"Every {span(renewal.cycle.length)}, from {f'{ordinal(on)} {year}' if on else 'the award'}."]
    if renewal.applies_when:
        lines.append(f"Asked only of those {condition(renewal.applies_when)}.")
    if renewal.opens != doc.NO_TIME:
        lines.append(f"It may be renewed from {span(renewal.opens)} before the end of a cycle.")
    if renewal.grace != doc.NO_TIME:
        lines.append(f"What was done by the end of a cycle may be recorded until {span(renewal.grace)} after it.")
    over = wording.time(renewal.over)
    lines.append(f"Up to {over} more than needed go on to the next cycle." if renewal.over else _NOTHING_GOES_ON)
    if renewal.back != doc.NO_TIME:
        lines.append(
            f"What is done within {span(renewal.back)} after the end may count for the cycle, and then only for it."
        )
    again = renewal.on_lapse.reinstate_within
    lapse = f"Without renewal the award becomes {renewal.on_lapse.status.replace('-', ' ')}."
    made_up = f" What is missing may be made up within {span(again)} after that, to reinstate it." if again else ""
    return [*lines, lapse + made_up]


_NOTHING_GOES_ON = "Nothing done beyond what is needed goes on to the next cycle."
