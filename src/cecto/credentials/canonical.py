"""A document's meaning as canonical text, refusing everything that would be signed over in silence.

JSON-LD drops what it cannot name: an undefined property, a type or identifier that is not an absolute URI. A signature
over the rest would look whole. `canonicalize` is RDFC-1.0 (W3C RDF Dataset Canonicalization) after a strict expansion
("safe mode", VC Data Integrity §2.4.1). Its cost grows fast with blank nodes: never call it on a stranger's upload
inside a web request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Lock
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from cecto.credentials import contexts
from cecto.credentials.wellformed import LARGEST_NUMBER, is_uri

# Control characters, which N-Quads writers escape differently, and halves of characters, which no UTF-8 holds.
UNLIKE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
JSON = dict[str, Any]
# pyld silently resolves a relative IRI, so it is given a base by which each of them is known again.
RELATIVE = "relative://refused/"
_CONTEXTS: dict[str, Any] = {}
# By the context that was active and the type's own: what comes of both, and the latter, so that no other takes its id.
_OF_TYPES: dict[tuple[str, int], tuple[JSON, Any]] = {}
MOST_KEPT = 500
# pyld keeps what it made of a context in a cache that two threads must not turn over at once.
_ONE_AT_A_TIME = Lock()


class Unsafe(ValueError):
    """Part of the document would be lost or be read differently elsewhere; the message names the part."""


class _SafeProcessor(jsonld.JsonLdProcessor):  # type: ignore[misc]
    """pyld's processor with the checks built into its one expansion."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        super().__init__(on_property_dropped=lambda name: self.lost.append(str(name)))

    def _process_context(self, active: JSON, local: Any, options: JSON, **how: Any) -> JSON:
        """Keep what a type's own context makes of another: pyld makes it anew for each node, half of all its work."""
        if how != {"propagate": False} or "_uuid" not in active:
            made: JSON = super()._process_context(active, local, options, **how)
            return made
        key = active["_uuid"], id(local)
        if key not in _OF_TYPES:
            if len(_OF_TYPES) >= MOST_KEPT:
                _OF_TYPES.clear()
            _OF_TYPES[key] = super()._process_context(active, local, options, **how), local
        return _OF_TYPES[key][0]

    def expand(self, input_: JSON, options: JSON) -> list[Any]:
        expanded: list[Any] = super().expand(input_, options)
        if self.lost:
            raise Unsafe(f"no context defines {_listed(self.lost)}")
        # Others drop what has an identifier that is no URI (Titanium, jsonld-streaming-parser); pyld keeps it.
        unlike = [found for found in _identifiers(expanded) if not is_uri(found) or found.startswith("relative:")]
        if unlike:
            raise Unsafe(f"not absolute URIs: {_listed(unlike)}")
        return expanded


def canonicalize(document: JSON) -> str:
    """Return the document's canonical N-Quads.

    Raises Unsafe when a part would be dropped, has an identifier that is no URI, is a number with a fraction or holds a
    character that is not written alike everywhere;
    contexts.UnknownContext for a context that is not pinned.
    """
    _refuse_ambiguous(document)
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": contexts.load,
        "contextResolver": ContextResolver(_CONTEXTS, contexts.load),
        "base": RELATIVE,
    }
    try:
        with _ONE_AT_A_TIME:
            quads: str = _SafeProcessor().normalize(document, options)
    except jsonld.JsonLdError as error:
        raise _cause(error) from error
    return quads


def _cause(error: BaseException) -> Exception:
    """The loader's own refusal if there is one in the chain, else what JSON-LD said."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, contexts.UnknownContext):
            return seen
        seen = seen.__cause__ or seen.__context__
    return Unsafe(f"the document is not valid JSON-LD: {error.args[0]}")


def _listed(names: list[str]) -> str:
    return ", ".join(sorted({repr(name) for name in names})[:5])


def _refuse_ambiguous(value: object) -> None:
    """Refuse what implementations write differently: 24.0 in Python and JavaScript, control characters in N-Quads."""
    if isinstance(value, float):
        raise Unsafe(f"the number {value} has a fraction: write it as text")
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Unsafe("a number is too large to be read alike everywhere: write it as text")
    if isinstance(value, str) and (found := UNLIKE.search(value)):
        raise Unsafe(f"a text holds the character U+{ord(found.group()):04X}, which is not written alike everywhere")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_ambiguous(part)
    elif isinstance(value, list):
        for part in value:
            _refuse_ambiguous(part)


def _identifiers(node: object) -> Iterator[str]:
    """Every @id, @type and property name of an expanded document, blank nodes aside."""
    if isinstance(node, list):
        for part in node:
            yield from _identifiers(part)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _named(name, value)


def _named(name: str, value: object) -> Iterator[str]:
    if name in ("@id", "@type"):
        texts = value if isinstance(value, list) else [value]
        yield from (str(text) for text in texts if not str(text).startswith(("_:", "@")))
    elif name != "@value":
        if not name.startswith("@"):
            yield name
        yield from _identifiers(value)
