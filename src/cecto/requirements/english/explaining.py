"""A definition in plain English, as a committee would sign it (Markdown)."""

from __future__ import annotations

from cecto.requirements import document as doc
from cecto.requirements.english.leafphrases import leaf_sentence
from cecto.requirements.english.phrases import condition, listed, office, ordinal, point, span, window_phrase
from cecto.requirements.english.sentences import hours
from cecto.requirements.english.wording import Wording


def explain(definition: doc.Definition) -> str:
    """The rules as a Markdown document: what is required, how time is credited, who decides, what keeps it alive."""
    wording = Wording(dict(definition.competencies))
    sections = [
        f"# {definition.title}",
        f"Program {definition.program}, track {definition.track}, "
        f"catalogue {definition.catalogue}, version {definition.version}.",
        "## What is required",
        *_node(definition.require, wording, 0),
        *_admission(definition, wording),
        "## How time is credited",
        *(f"- {line}" for line in _policy(definition.policy)),
        *(line for name, pool in definition.pools for line in _pool(name, pool, wording)),
        "## The award",
        *(f"- {line}" for line in _award(definition.award)),
        *_renewal(definition.renewal, wording),
        f"\nSHA-256 of the text: `{definition.sha256}`",
    ]
    return "\n".join(sections) + "\n"


def _node(node: doc.Node, wording: Wording, depth: int) -> list[str]:
    indent = "  " * depth
    said = f"{_measure(node, wording)}{_conditional(node)}{_waivable(node)}{_failing(node)}"
    lines = [f"{indent}- **{node.title or node.id}** (`{node.id}`): {said}"]
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
    end = " Of others it is not asked." if node.otherwise == "not-applicable" else ""
    return f" Asked of those {condition(node.when)}.{end}"


_EXCEPTIONS = {
    "waive": "waive it",
    "lower": "lower the target",
    "accept": "accept another entry",
    "exclude": "exclude an entry",
    "revalue": "revalue an entry",
    "extend": "extend its time",
    "replace": "put another requirement in its place",
}


def _waivable(node: doc.Node) -> str:
    may = node.waivable
    if may is None:
        return ""
    what = listed([_EXCEPTIONS[kind] for kind in may.kinds]) if may.kinds else "grant any exception"
    second = f", with the second signature of {office(may.second)}" if may.second else ""
    who = listed(map(office, may.by))
    return f" {who[:1].upper()}{who[1:]} may {what}{second}."


def _failing(node: doc.Node) -> str:
    if node.on_fail is None:
        return ""
    return f" When it can no longer be met, {office(node.on_fail.decided_by)} decides: {listed(node.on_fail.outcomes)}."


def _policy(policy: doc.Policy) -> list[str]:
    lines = [_partial(policy.partial)]
    if policy.late_grace:
        lines.append(f"Missing up to {hours(policy.late_grace)} of a segment costs nothing.")
    credited = "is credited as if attended" if policy.excused == "credited" else "is not credited"
    lines.append(f"Time missed with an excused absence {credited}.")
    for where, step in (("Each entry", policy.rounding.each), ("Each total", policy.rounding.total)):
        if step > 1:
            lines.append(f"{where} is rounded down to a multiple of {hours(step)}.")
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
    kinds = f" by {listed(sorted(makeup.kinds))}" if makeup.kinds else ""
    until = f", before {point(makeup.until)}" if makeup.until else ""
    within = f", within {span(makeup.within)}" if makeup.within else ""
    return f"Missed time may be made up{kinds}, up to {makeup.ratio}% of the minutes missed{until}{within}."


def _pool(name: str, pool: doc.Pool, wording: Wording) -> list[str]:
    lines = [f"- “{name[:1].upper()}{name[1:]}” time is time{wording.that(pool.where)}{window_phrase(pool.window)}."]
    lines += [f"  - The same {kind} counts once." for kind in pool.distinct]
    lines += [f"  - {_value(rule, wording)}" for rule in pool.value]
    lines += [f"  - {cap.title}: at most {hours(cap.at_most)}{wording.that(cap.where)}." for cap in pool.limits]
    return lines + _LAPS[pool.allocate]


_LAPS = {
    "in-order": [],
    "flow": ["  - All of these caps hold, and of the time under several of them the most that fits counts."],
    "either": ["  - Time under several caps is charged to one of them, so that the most counts."],
}


def _value(rule: doc.ValueRule, wording: Wording) -> str:
    worth = "the time logged" if rule.minutes is None else hours(rule.minutes)
    per = {"entry": "", "item": " per item", "item-and-year": " per item and year"}[rule.per]
    first = f", only the first time of each {rule.first_only}" if rule.first_only else ""
    phrase = wording.phrase(rule.where)
    return f"{phrase[:1].upper()}{phrase[1:]}: {worth}{per}{first}."


def _admission(definition: doc.Definition, wording: Wording) -> list[str]:
    return ["## For admission", *_node(definition.admission, wording, 0)] if definition.admission else []


def _award(award: doc.Award) -> list[str]:
    second = f", with the second signature of {office(award.second)}" if award.second else ""
    title = award.title or award.credential
    lines = [f"{title} (`{award.credential}`), decided by {office(award.decided_by)}{second}."]
    expires = award.valid is not None and award.valid != doc.NO_TIME
    lines.append(f"It is valid for {span(award.valid)}." if award.valid and expires else "It does not expire.")
    if award.units:
        whose = "each person's own time" if award.units.variable else f"{hours(award.units.whole)} for everyone"
        lines.append(f"One {award.units.name} per {hours(award.units.per)}, of {whose}, rounded down to tenths.")
    if award.record:
        kept = f"Kept for {award.record.keep_years} years after its calendar year"
        lines.append(f"{kept}: {', '.join(award.record.fields)}.")
    return lines


def _renewal(renewal: doc.Renewal | None, wording: Wording) -> list[str]:
    if renewal is None:
        return []
    return ["## Renewal", *(f"- {line}" for line in _cycle(renewal)), *_node(renewal.require, wording, 0)]


def _cycle(renewal: doc.Renewal) -> list[str]:
    day = renewal.cycle.fixed
    year = "of the award's year" if renewal.cycle.year == "award-year" else "after the award"
    lines = [f"Every {span(renewal.cycle.length)}, from {f'{ordinal(day)} {year}' if day else 'the award'}."]
    if renewal.applies_when:
        lines.append(f"Asked only of those {condition(renewal.applies_when)}.")
    if renewal.opens != doc.NO_TIME:
        lines.append(f"May be asked for {span(renewal.opens)} before the end.")
    if renewal.grace != doc.NO_TIME:
        lines.append(f"May be settled until {span(renewal.grace)} after the end.")
    lines.append(
        f"Up to {hours(renewal.over)} of surplus go on to the next." if renewal.over else "No surplus goes on."
    )
    if renewal.back != doc.NO_TIME:
        lines.append(f"What is done within {span(renewal.back)} after the end may count for it, and then not again.")
    again = renewal.on_lapse.reinstate_within
    lapse = f"Without renewal the award becomes {renewal.on_lapse.status}."
    return [
        *lines,
        f"{lapse} What is missing may be made up within {span(again)}, to reinstate it." if again else lapse,
    ]
