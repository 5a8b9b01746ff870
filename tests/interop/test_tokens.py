"""Our tokens before jose, which is not ours: taken as issued, refused when forged."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from cecto.credentials import queries
from tests.credentials import made
from tests.credentials.tokens.test_making import forged, token
from tests.interop.test_verifiers import FOLDER
from tools.node import install, node

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("interop")]


def asked(tokens: dict[str, str]) -> dict[str, Any]:
    """What jose says of each token, with the DID document as published."""
    install(FOLDER)
    question = json.dumps({"did": queries.did_document(), "tokens": tokens})
    done = subprocess.run(
        [str(node()), "token.mjs"], cwd=FOLDER, input=question, capture_output=True, text=True, timeout=60, check=True
    )
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def test_jose_takes_what_was_issued_and_no_forgery() -> None:
    version = made.issued()
    text = token(version).text
    answers = asked({"issued": text, **forged(text)})
    # Signatures written otherwise hold for jose, as they may: the content is what was signed. We alone take one form.
    taken = [name for name, answer in answers.items() if answer["verified"]]
    assert taken[0] == "issued"
    assert all(answers[name]["payload"] == answers["issued"]["payload"] for name in taken)
    assert len(taken) <= 3
    assert answers["issued"]["payload"]["credentialSubject"] == json.loads(version.document)["credentialSubject"]
