"""The requirement language: read a definition, check it, audit a person's facts against it, say it in plain English.

Owns: the YAML vocabulary, its lint, the one evaluator, and the sentences. Reads: only what it is given.
Promises: pure functions. No Django, no clock, no I/O; equal arguments give equal answers, in any order of entries.
"""

from cecto.requirements.auditing import audit
from cecto.requirements.compiling import Rules
from cecto.requirements.compiling import compile_definition as compile  # noqa: A004  the word of the contract
from cecto.requirements.document import Definition
from cecto.requirements.explaining import explain
from cecto.requirements.facts import (
    Absence,
    Activity,
    Background,
    Coming,
    Entry,
    ExceptionFact,
    Facet,
    Facts,
    Partner,
)
from cecto.requirements.linting import lint
from cecto.requirements.problems import DefinitionErrors, Problem
from cecto.requirements.reading import parse
from cecto.requirements.results import Audit, Closer, Ignored, Reason, Result, Status, Unused, Used

__all__ = [
    "Absence",
    "Activity",
    "Audit",
    "Background",
    "Closer",
    "Coming",
    "Definition",
    "DefinitionErrors",
    "Entry",
    "ExceptionFact",
    "Facet",
    "Facts",
    "Ignored",
    "Partner",
    "Problem",
    "Reason",
    "Result",
    "Rules",
    "Status",
    "Unused",
    "Used",
    "audit",
    "compile",
    "explain",
    "lint",
    "parse",
]
