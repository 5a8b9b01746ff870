"""What is awarded in hours and units is the definition's own amount: in certificate, credential, page, and letters."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client

from cecto import requirements
from cecto.audits.snapshot import audit_as_json
from cecto.certification.models import Decision, Effect, Signature
from cecto.classes.actions import begin_class
from cecto.credentials import actions
from cecto.credentials.letters.attendance import Attendance
from cecto.credentials.letters.letters import person_letter
from cecto.credentials.models import CredentialVersion
from cecto.credentials.open_badge import hours_text
from cecto.definitions import examples, shipped
from cecto.programs.actions import publish_definition
from cecto.programs.models import Definition
from cecto.requirements import Audit, awarded_tenths, parse, read_examples, try_examples
from cecto.requirements.document import Hours
from tests.classes import made as classes
from tests.credentials import made
from tests.credentials.made import AT, BY
from tests.programs.texts import draft, shipped_draft

pytestmark = pytest.mark.django_db
NAMES = [name for name, _ in shipped()]
EVENT = "iacet-ceu-2018"


def met(name: str, text: str = "") -> Audit:
    """The audit of the first example person who meets everything."""
    definition = parse(text or dict(shipped())[name], name=name)
    tried = try_examples(requirements.compile(definition), read_examples(examples(name), name=name))
    return next(one.audit for one in tried if one.audit and one.audit.status.satisfied)


def decided(definition: Definition, audit: Audit) -> Decision:
    """A decision in effect on that audit."""
    cohort = begin_class(
        program=definition.program,
        code="its-class",
        name="Its class",
        first_day=classes.FIRST,
        last_day=classes.LAST,
        tracks=[("Its track", definition)],
        by=BY,
        at=classes.AT,
    )
    enrollment = classes.enrolled(classes.person("Zoë Núñez"), cohort, definition.track)
    told: dict[str, Any] = {"audit": audit_as_json(audit, ()), "audit_sha256": "0" * 64, "known_at": AT}
    found = Decision.objects.create(
        enrollment=enrollment,
        definition=definition,
        offices=["program-director"],
        true_on=date(2016, 6, 15),
        proposed_by="test",
        proposed_at=AT,
        **told,
    )
    officer = classes.person("Eleanor Vance")
    Signature.objects.create(decision=found, office="program-director", person=officer, signed_at=AT)
    Effect.objects.create(decision=found, effective_on=date(2016, 6, 15), recorded_at=AT, **told)
    return Decision.objects.get(pk=found.pk)


def issued(definition: Definition, audit: Audit) -> CredentialVersion:
    return actions.issue(decision=decided(definition, audit), key=made.key(), by=BY, at=AT)


def amounts(version: CredentialVersion) -> dict[str, str]:
    """The results in the credential, by the end of their address."""
    subject = json.loads(version.document)["credentialSubject"]
    return {one["resultDescription"].rpartition("#")[2]: one["value"] for one in subject.get("result", ())}


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_program_tells_its_own_amount_everywhere(client: Client, name: str) -> None:
    definition = publish_definition(draft=shipped_draft(name), by=BY, at=classes.AT)
    audit, rules = met(name), parse(dict(shipped())[name], name=name)
    version, told = (issued(definition, audit), rules.award.units)
    hours = next((audit.root.find(node.id).value for node in rules.require.walk() if isinstance(node, Hours)), None)
    tenths = awarded_tenths(rules, audit)
    if told is not None:
        assert tenths is not None
        minutes, units = told.whole, f"{tenths // 10}.{tenths % 10} {told.name}"
    elif hours is None:
        assert amounts(version) == {}
        assert "contact hours" not in version.certificate["details"]
        return
    else:
        hundredths = hours * 100 // 600
        minutes, units = hours, f"{hundredths / 100:g} CEU"
    assert amounts(version) == {"contact-hours": hours_text(minutes), "ceu": units.split()[0]}
    line = f"{hours_text(minutes)} contact hours · {units}"
    assert line in version.certificate["details"]
    page = client.get(f"/verify/{version.code}").content.decode()
    assert f"<dt>Hours</dt><dd>{line.replace(' · ', ', ')}</dd>" in page


def test_the_event_s_six_tenths_are_on_its_papers() -> None:
    definition = publish_definition(draft=shipped_draft(EVENT), by=BY, at=classes.AT)
    version = issued(definition, met(EVENT))
    assert version.certificate["details"] == "Its class · 6.5 contact hours · 0.6 CEU"


def test_a_variable_award_is_the_person_s_own_and_its_unit_has_its_own_name() -> None:
    text = dict(shipped())[EVENT].replace("variable: false, whole: 6h 30m", "variable: true")
    text = text.replace("name: CEU", "name: credits").replace("per: 10h", "per: 5h")
    audit = met(EVENT, text)
    minutes = audit.root.find("attend").value
    shown = draft(text)
    definition = publish_definition(draft=type(shown)(shown.name, text, examples(EVENT)), by=BY, at=classes.AT)
    version = issued(definition, audit)
    tenths = minutes * 10 // 300
    line = f"{hours_text(minutes)} contact hours · {tenths // 10}.{tenths % 10}".removesuffix(".0")
    assert version.certificate["details"] == f"Its class · {line} credits"
    described = json.loads(version.document)["credentialSubject"]["achievement"]["resultDescription"]
    assert described[1]["name"] == "credits (5 contact hours)"


@pytest.mark.parametrize(("satisfied", "units"), [(True, "0.6"), (False, "0")])
def test_a_letter_tells_the_units_that_are_earned(satisfied: bool, units: str) -> None:
    definition = publish_definition(draft=shipped_draft(EVENT), by=BY, at=classes.AT)
    decision = decided(definition, met(EVENT))
    audit = cast("Audit", SimpleNamespace(status=SimpleNamespace(satisfied=satisfied)))
    seen = Attendance(
        enrollment=decision.enrollment,
        sessions=(),
        made_up=(),
        competencies={},
        rules=parse(dict(shipped())[EVENT], name=EVENT),
        audit=audit,
    )
    letter = person_letter(seen, recorded_on=date(2016, 6, 20))
    assert letter.totals == (("0", "contact hours"), (units, "renewal units (CEU)"))
    assert "ten contact hours are one" not in letter.explanation
