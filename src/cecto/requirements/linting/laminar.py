"""What filters surely have in common: whether caps nest, keep apart, or may overlap."""

from __future__ import annotations

from cecto.requirements.parts import Filter


def laminar(first: Filter, second: Filter) -> bool:
    """Whether two filters are surely disjoint, or one surely holds the other."""
    return disjoint(first, second) or narrower(first, second) or narrower(second, first)


def disjoint(first: Filter, second: Filter) -> bool:
    """Whether surely nothing matches both: they ask for different words of one key; an activity has several tags."""
    words = dict(second.words)
    apart = any(key != "tag" and key in words and wanted.isdisjoint(words[key]) for key, wanted in first.words)
    return apart or _excludes(first, second) or _excludes(second, first)


def _excludes(first: Filter, second: Filter) -> bool:
    return first.none_of is not None and narrower(second, first.none_of)


def narrower(inner: Filter, outer: Filter) -> bool:
    """Whether all that matches `inner` surely matches `outer`."""
    simple = outer.dates is None and outer.none_of is None and not outer.all_of and not outer.any_of
    words, flags = dict(inner.words), dict(inner.flags)
    return inner == outer or (
        simple
        and all(key in words and words[key] <= wanted for key, wanted in outer.words)
        and all(flags.get(key) is wanted for key, wanted in outer.flags)
    )
