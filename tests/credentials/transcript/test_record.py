"""The learner record by itself: what it says, how it is signed, and what a verifier sees when a part is changed."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from cecto.credentials import open_badge
from cecto.credentials.transcript import record
from cecto.credentials.transcript.record import Part
from cecto.credentials.verifying import Outcome, State, verify
from cecto.credentials.wellformed import is_uri
from tests.credentials.sample import ACHIEVEMENT, AWARDED, CHECKED, COMPETENCIES, ISSUER, Registry, award

SCHEMAS = Path(__file__).parents[1] / "schemas"
SCHEMA = SCHEMAS / "ob_v3p0_achievementcredential_schema.json"
CLR = jsonschema_rs.validator_for(json.loads((SCHEMAS / "clr_v2p0_clrcredential_schema.json").read_text()))
PARTS = [
    Part("c-security", "Security", "At least 6 contact hours.", 460, 360, COMPETENCIES[0]),
    Part("project", "Best-practice project", "Met."),
]
SECURITY, WHOLE = 201, 299


def transcript(registry: Registry, **changes: Any) -> dict[str, Any]:
    """A signed record of one award and two parts."""
    earned = award(**changes)
    members = [registry.sign(open_badge.build(earned, ISSUER))]
    for number, part in enumerate(PARTS):
        one = record.part_award(earned, part, at=AWARDED, list_index=SECURITY + number)
        members.append(registry.sign(open_badge.build(one, ISSUER)))
    return registry.sign(record.build(earned, members, ISSUER, at=AWARDED, list_index=WHOLE))


def judged(document: dict[str, Any], registry: Registry) -> Outcome:
    """What a verifier says of it."""
    return verify(document, did_document=registry.did_document, find_list=registry.status_list, at=CHECKED)


@pytest.mark.parametrize("changes", [{}, {"minutes": None}, {"valid_until": CHECKED.replace(year=2029)}])
def test_it_is_what_1edtech_asks_for(changes: dict[str, Any]) -> None:
    """`association.type` was once a list, and no transcript conformed."""
    document = transcript(Registry(), **changes)
    assert [error.message for error in CLR.iter_errors(document)] == []
    document["credentialSubject"]["association"][0]["type"] = ["Association"]
    assert not CLR.is_valid(document)


def identifiers(value: object) -> list[str]:
    """Every id in a document, and what refers to one."""
    if isinstance(value, list):
        return [found for part in value for found in identifiers(part)]
    if not isinstance(value, dict):
        return []
    named = [value[name] for name in ("id", "resultDescription", "sourceId", "targetId") if name in value]
    return [one for one in named if isinstance(one, str)] + identifiers(list(value.values()))


def test_every_identifier_in_it_is_a_uri_of_its_own() -> None:
    """Java's Titanium drops what has a second # in its identifier."""
    document = transcript(Registry())
    found = identifiers(document)
    assert [one for one in found if one.count("#") > 1 or not is_uri(one)] == []
    described = [
        one["id"]
        for member in record.members_of(document)
        for one in member["credentialSubject"]["achievement"].get("resultDescription", ())
    ]
    assert len(described) == len(set(described)) == 4
    assert f"{ACHIEVEMENT.id}#c-security/contact-hours" in described


def test_every_member_is_an_open_badge_signed_by_itself() -> None:
    registry = Registry()
    members = record.members_of(transcript(registry))
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()))
    assert [error.message for member in members for error in validator.iter_errors(member)] == []
    assert [judged(member, registry).state for member in members] == [State.VALID] * 3
    assert [one["credentialSubject"]["achievement"]["achievementType"] for one in members] == [
        "Certification",
        "Competency",
        "Achievement",
    ]


def test_parts_say_their_own_hours_and_belong_to_the_award() -> None:
    document = transcript(Registry())
    _, security, project = record.members_of(document)
    assert [one["value"] for one in security["credentialSubject"]["result"]] == ["7.66", "0.76"]
    assert "result" not in project["credentialSubject"]
    assert [(one["sourceId"], one["targetId"]) for one in document["credentialSubject"]["association"]] == [
        (f"{ACHIEVEMENT.id}#c-security", ACHIEVEMENT.id),
        (f"{ACHIEVEMENT.id}#project", ACHIEVEMENT.id),
    ]
    places = [one["credentialStatus"]["statusListIndex"] for one in [document, *record.members_of(document)]]
    assert places == ["299", "77123", "201", "202"]


def test_a_record_holds_with_all_its_members() -> None:
    outcome = judged(transcript(Registry()), Registry())
    assert (outcome.state, outcome.checks[-1].name) == (State.VALID, "members")
    assert outcome.checks[-1].sentence == "Each of the 3 credentials in it holds by itself."


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("credentialSubject", "verifiableCredential", 1, "credentialSubject", "result", 0, "value"), "999"),
        (("credentialSubject", "verifiableCredential", 0, "credentialSubject", "identifier", 0, "identityHash"), "Me"),
        (("credentialSubject", "association", 0, "sourceId"), "https://elsewhere.example/x"),
        (("credentialSubject", "identifier", 0, "identityHash"), "Me"),
    ],
    ids=["hours of a member", "name in a member", "what belongs to what", "name"],
)
def test_nothing_in_it_can_be_changed(path: tuple[str | int, ...], value: str) -> None:
    document = copy.deepcopy(transcript(Registry()))
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert judged(document, Registry()).state is State.ALTERED


def test_a_member_of_somebody_else_is_found_even_when_the_whole_is_signed() -> None:
    registry, stranger = Registry(), Registry(seed=b"\x08" * 32)
    document = transcript(registry)
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    bare = {name: value for name, value in record.members_of(document)[1].items() if name != "proof"}
    unsigned["credentialSubject"]["verifiableCredential"][1] = stranger.sign(bare)
    outcome = judged(registry.sign(unsigned), registry)
    assert (outcome.state, outcome.checks[-1].name) == (State.ALTERED, "members")


@pytest.mark.parametrize("index", [SECURITY, 77_123, WHOLE], ids=["a part", "the award", "the whole"])
def test_it_falls_with_any_member(index: int) -> None:
    document = transcript(Registry())
    assert judged(document, Registry(revoked=[index])).state is State.REVOKED


@pytest.mark.parametrize(
    "document", [{}, {"type": "ClrCredential"}, {"type": ["ClrCredential"], "credentialSubject": 5}]
)
def test_other_documents_have_no_members(document: dict[str, Any]) -> None:
    assert record.members_of(document) == []
