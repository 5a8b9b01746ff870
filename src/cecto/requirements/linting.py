"""What a definition must not be published with: well-formed, but ambiguous, unreachable or unchecked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cecto.requirements import document as doc
from cecto.requirements.problems import Position, Problem, Report, nearest
from cecto.requirements.reading import read


def lint(text: str, *, name: str) -> list[Problem]:
    """Every problem of the text, of form and of sense, in reading order; empty when it may be published."""
    report = Report(name)
    definition = read(text, report)
    if definition is not None:
        for check in _CHECKS:
            check(definition, report)
    return sorted(set(report.problems))


def _filters(where: doc.Filter | None) -> Iterator[doc.Filter]:
    if where is None:
        return
    yield where
    for inner in (*where.all_of, *where.any_of, where.none_of):
        yield from _filters(inner)


def _all_filters(definition: doc.Definition) -> Iterator[tuple[str, doc.Filter]]:
    for name, pool in definition.pools:
        yield from ((name, found) for found in _filters(pool.where))
        for limit in pool.limits:
            yield from ((limit.id, found) for found in _filters(limit.where))
    for node in definition.require.walk():
        if isinstance(node, doc.Leaf):
            yield from ((node.id, found) for found in _filters(node.where))


def _competencies(definition: doc.Definition, report: Report) -> None:
    known = {code for code, _ in definition.competencies}
    if not known:
        return
    for owner, where in _all_filters(definition):
        for key, words in where.words:
            for word in sorted(words - known) if key == "competency" else ():
                report.say(where.at, f"`{word}` is not among the competencies.", nearest(word, known), node=owner)


def _targets(definition: doc.Definition, report: Report) -> None:
    for node in definition.require.walk():
        if isinstance(node, doc.Hours | doc.Count):
            _one_target(node, report)
        if isinstance(node, doc.Each) and node.of in {"session", "event"} and not node.credited:
            report.say(node.at, "Each session must be credited how far?", "Add `credited: 100%`.", node=node.id)
        if isinstance(node, doc.Group) and node.at_least > len(node.parts):
            text = f"It asks for {node.at_least} of {len(node.parts)} parts."
            report.say(node.at, text, f"Ask for at most {len(node.parts)}.", node=node.id)


def _one_target(node: doc.Hours | doc.Count, report: Report) -> None:
    if (node.at_least is None) == (node.at_most is None):
        report.say(node.at, "It needs either `at_least` or `at_most`.", "Write one of them.", node=node.id)
    elif node.at_most is not None and not node.vacuous:
        advice = "Add `vacuous: open` or `vacuous: met`."
        report.say(node.at, "`at_most` does not say what an empty record means.", advice, node=node.id)


def _overlaps(definition: doc.Definition, report: Report) -> None:
    owners: list[tuple[str, tuple[doc.Limit, ...]]] = [(name, pool.limits) for name, pool in definition.pools]
    hours = (node for node in definition.require.walk() if isinstance(node, doc.Hours))
    owners += [(node.id, node.limits) for node in hours]
    for owner, limits in owners:
        for first, second in _pairs(limits):
            if not laminar(first.where, second.where):
                text = f"The caps `{first.id}` and `{second.id}` may overlap without one holding the other."
                report.say(second.at, text, "Nest them or keep them apart.", node=owner)


def _pairs(limits: tuple[doc.Limit, ...]) -> Iterable[tuple[doc.Limit, doc.Limit]]:
    return ((first, second) for i, first in enumerate(limits) for second in limits[i + 1 :])


def laminar(first: doc.Filter, second: doc.Filter) -> bool:
    """Whether two filters are surely disjoint, or one surely holds the other."""
    return disjoint(first, second) or narrower(first, second) or narrower(second, first)


def disjoint(first: doc.Filter, second: doc.Filter) -> bool:
    """Whether nothing can match both: they ask for different words of one key, tags aside."""
    words = dict(second.words)
    return any(key != "tag" and key in words and wanted.isdisjoint(words[key]) for key, wanted in first.words)


def narrower(inner: doc.Filter, outer: doc.Filter) -> bool:
    """Whether all that matches `inner` surely matches `outer`."""
    simple = outer.dates is None and outer.none_of is None and not outer.all_of and not outer.any_of
    words, flags = dict(inner.words), dict(inner.flags)
    return inner == outer or (
        simple
        and all(key in words and words[key] <= wanted for key, wanted in outer.words)
        and all(flags.get(key) is wanted for key, wanted in outer.flags)
    )


def _unreachable(definition: doc.Definition, report: Report) -> None:
    """A floor above the cap that surely holds everything it reads."""
    pools = dict(definition.pools)
    for node in definition.require.walk():
        if not isinstance(node, doc.Hours) or node.at_least is None:
            continue
        pool = pools.get(node.pool)
        limits = (*node.limits, *(pool.limits if pool else ()))
        for limit in limits:
            if node.where and narrower(node.where, limit.where) and limit.at_most < node.at_least:
                text = f"It can never be met: the cap `{limit.id}` lets less through."
                report.say(node.at, text, "Raise the cap or lower the target.", node=node.id)


def _titles(definition: doc.Definition, report: Report) -> None:
    for node in definition.require.walk():
        if not node.title:
            report.say(node.at, "It has no title for people to read.", "Add `title:`.", node=node.id)


def _whens(definition: doc.Definition, report: Report) -> None:
    for node in definition.require.walk():
        if (node.when is None) != (node.otherwise is None):
            text = "`when` and `otherwise` belong together."
            report.say(node.at, text, "Write both; `otherwise: not-applicable` is one answer.", node=node.id)


def _windows(definition: doc.Definition, report: Report) -> None:
    owners: list[tuple[str, doc.Window | None, Position]] = [(n, p.window, p.at) for n, p in definition.pools]
    leaves = (node for node in definition.require.walk() if isinstance(node, doc.Leaf))
    owners += [(leaf.id, leaf.window, leaf.at) for leaf in leaves]
    for owner, window, at in owners:
        if window and window.start == window.end:
            report.say(at, "Its window is empty.", "The second date is the day after the last.", node=owner)


_CHECKS = (_competencies, _targets, _overlaps, _unreachable, _titles, _whens, _windows)
