"""Every kind of document that we sign, read by a JSON-LD processor of another family: the very same graph.

pyld (ours) and jsonld (of every verifier in the other tests here) are one family, and forgive an identifier that is no
URI. jsonld-streaming-parser with `strictValues` is another, and stops at one.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from cecto.credentials import contexts, proofs, status_list
from cecto.credentials.canonical import canonicalize
from cecto.credentials.tokens.jwt import claims_of
from cecto.credentials.transcript.record import members_of
from tests.credentials.sample import AWARDED, CHECKED, DID, LIST_URL, Registry, badge
from tests.credentials.transcript.test_record import transcript
from tests.interop.test_verifiers import FOLDER, Json
from tools.node import install, node

pytestmark = pytest.mark.xdist_group("interop")


def read(documents: dict[str, Json]) -> dict[str, Json]:
    """The canonical statements of each document, or what the processor said."""
    install(FOLDER)
    question = {"contexts": {url: json.loads(contexts.raw(url)) for url in contexts.PINNED}, "documents": documents}
    done = subprocess.run(
        [str(node()), "graph.mjs"],
        cwd=FOLDER,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Json] = json.loads(done.stdout)
    return answers


def kinds() -> dict[str, Json]:
    """One of each kind, as it is signed: without its proof."""
    whole = transcript(Registry(), valid_until=CHECKED.replace(year=2031))
    signed = {
        "certificate": badge(),
        "certificate that ends, in any script": badge(
            holder="王小明 محمد\nZoë \u200d🙂 <&> \"'\\", valid_until=CHECKED.replace(year=2031)
        ),
        "certificate without hours": badge(minutes=None, started=None, ended=None, term=""),
        "transcript": whole,
        **{f"part {number} of it": member for number, member in enumerate(members_of(whole))},
        "status list": status_list.build(LIST_URL, issuer=DID, revoked=[5, 77], valid_from=AWARDED),
        "content of a token": {
            name: value
            for name, value in claims_of(Registry().sign(badge())).items()
            if name not in ("iss", "jti", "nbf", "exp")
        },
    }
    options = {name: value for name, value in Registry().sign(badge())["proof"].items() if name != "proofValue"}
    bare = {name: {term: part for term, part in one.items() if term != "proof"} for name, one in signed.items()}
    return {**bare, "options of a proof": {"@context": badge()["@context"], **options}}


def test_every_kind_is_the_same_graph_to_another_family() -> None:
    documents = kinds()
    wrong = {
        name: answer.get("said", "another graph")
        for name, answer in read(documents).items()
        if answer.get("statements") != canonicalize(documents[name])
    }
    assert wrong == {}


def test_it_would_notice_what_we_once_signed() -> None:
    """A second # in the identifiers of a part's results: this processor stops there, and Java's Titanium drops them."""
    document = badge()
    described = document["credentialSubject"]["achievement"]["resultDescription"]
    described[0]["id"] = f"{described[0]['id']}#contact-hours"
    assert "statements" not in read({"twice": document})["twice"]


@pytest.mark.parametrize("wrong", ["https://a.example/#a#b", "https://a.example/a b"])
def test_we_refuse_what_it_refuses(wrong: str) -> None:
    document = badge()
    document["credentialSubject"]["achievement"]["id"] = wrong
    with pytest.raises(ValueError, match="URI"):
        proofs.sign(document, signer=Registry().signer, method=Registry().method, created=AWARDED)
    assert "statements" not in read({"it": document})["it"]
