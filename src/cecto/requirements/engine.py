"""Which language of rules is read here, and which engine answers.

A published definition keeps its results: what would answer otherwise is another language, which a class moves to on
purpose. `ENGINE` changes with every change of what an audit answers, mended faults included, so that a decision whose
audit differs today can say whether facts, rules or the engine changed.
"""

from __future__ import annotations

LANGUAGE = 2
ENGINE = "2.1"
