"""The requirement language: read a definition, check it, audit a person's facts against it, say it in plain English.

Owns: the YAML vocabulary, its lint, the one evaluator, and the sentences. Reads: only what it is given.
Promises: pure functions. No Django, no clock, no I/O; equal arguments give equal answers, in any order of entries.

To read it in an evening: facts (what is known of a person), results (what is answered), parts, nodes and document (a
definition as read), language/ (from YAML to those), linting/, compiling and filters, preparing and scheduling (facts
made ready), minutes/ (what time is worth and where it counts), leaves/ (each way to measure), combining and auditing,
projection; then renewing, comparing, moving, supposing, risk and awarding; english/ and trials/.
"""

from cecto.requirements.auditing import audit, audit_admission
from cecto.requirements.awarding import awarded_tenths
from cecto.requirements.comparing import Change, Comparison, compare, differences
from cecto.requirements.compiling import Rules
from cecto.requirements.compiling import compile_definition as compile  # noqa: A004  the word of the contract
from cecto.requirements.document import Definition
from cecto.requirements.english.explaining import explain
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
from cecto.requirements.idle import idle_exceptions
from cecto.requirements.linting.checks import lint
from cecto.requirements.moving import audit_under_way, moved
from cecto.requirements.problems import DefinitionErrors, Problem
from cecto.requirements.reading import parse
from cecto.requirements.renewing import RenewalAudit, audit_cycle, audit_renewal, cycle_dates
from cecto.requirements.results import Audit, Closer, Ignored, Reason, Result, Status, Unused, Used
from cecto.requirements.risk import Risk, risk
from cecto.requirements.schema import examples_schema, json_schema
from cecto.requirements.trials.checking import check_examples
from cecto.requirements.trials.reading import read_examples
from cecto.requirements.trials.trying import Tried, try_examples

__all__ = [
    "Absence",
    "Activity",
    "Audit",
    "Background",
    "Change",
    "Closer",
    "Coming",
    "Comparison",
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
    "RenewalAudit",
    "Result",
    "Risk",
    "Rules",
    "Status",
    "Tried",
    "Unused",
    "Used",
    "audit",
    "audit_admission",
    "audit_cycle",
    "audit_renewal",
    "audit_under_way",
    "awarded_tenths",
    "check_examples",
    "compare",
    "compile",
    "cycle_dates",
    "differences",
    "examples_schema",
    "explain",
    "idle_exceptions",
    "json_schema",
    "lint",
    "moved",
    "parse",
    "read_examples",
    "risk",
    "try_examples",
]
