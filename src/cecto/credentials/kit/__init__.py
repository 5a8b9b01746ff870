"""What outlives the server: a kit to check one certificate offline, and the public files of the whole register.

A kit holds the canonical statements that were signed, so that its one-file checker needs no JSON-LD.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from cecto.credentials import codes, contexts, queries
from cecto.credentials.canonical import JSON, canonicalize
from cecto.credentials.files import zipped
from cecto.credentials.models import CredentialVersion
from cecto.credentials.signing import NotReadyToIssue
from cecto.credentials.transcript.record import members_of

README = """Verification kit for the certificate {code}
{line}

1. Open a terminal in this folder and run:   python3 check.py
2. Compare the fingerprints it prints with those you get from another source, or give them:
   python3 check.py --key FINGERPRINT
3. Somebody shows you a PDF, a badge, a token or a signed JSON? This says whether it holds this certificate:
   python3 check.py FILE
4. It was not revoked on the day of the list in this kit. A newer list is in kit/ of the program's public files:
   python3 check.py --list FOLDER

certificate.pdf     the certificate. How it looks is not signed: compare it with what check.py prints
credential.json     the signed document (Open Badges 3.0, W3C Verifiable Credential 2.0)
transcript.json     the signed transcript, if one was made (1EdTech CLR 2.0); member-*.json are what is inside it
status-list.json    the issuer's signed list of revoked certificates, as of when this kit was made
did.json            the issuer's public keys ({did})
*.nq                the statements that were signed, in canonical form (W3C RDF Dataset Canonicalization)
contexts/           what the terms of the documents mean
check.py            the checker: plain Python, no other software, no network
MANIFEST.txt        the day this kit was made, and the SHA-256 of every other file in it
"""


OURS = re.compile(r"^from cecto\.credentials\.kit\.(\w+) import .*\n", re.MULTILINE)


def standalone(name: str) -> bytes:
    """Return one of this folder's modules as a program of one file: what it imports from here is put in its place."""
    return OURS.sub(lambda found: _body(found[1]), _source(name)).encode()


def _source(name: str) -> str:
    return files(__package__).joinpath(f"{name}.py").read_text("utf-8")


def _body(name: str) -> str:
    return _source(name).replace("from __future__ import annotations\n", "")


def signed_files(name: str, document: JSON) -> dict[str, bytes]:
    """Return a signed document and the statements that its signature covers, as NAME.json, NAME.nq, NAME-proof.nq."""
    unsigned = {term: value for term, value in document.items() if term != "proof"}
    options = {term: value for term, value in document["proof"].items() if term != "proofValue"}
    return {
        f"{name}.json": json.dumps(document, ensure_ascii=False, indent=2).encode(),
        f"{name}.nq": canonicalize(unsigned).encode(),
        f"{name}-proof.nq": canonicalize({**options, "@context": document["@context"]}).encode(),
    }


def shared_files() -> dict[str, bytes]:
    """Return what every kit and the public export have in common. Raises NotReadyToIssue."""
    listed = queries.published_list()
    if listed is None:
        raise NotReadyToIssue("No status list is published yet. Run: cecto init")
    return {
        **signed_files("status-list", json.loads(listed.document)),
        "did.json": json.dumps(queries.did_document(), indent=2).encode(),
        "check.py": standalone("check"),
        **{f"contexts/{name}": contexts.raw(url) for url, (name, _) in contexts.PINNED.items()},
        "contexts/index.json": json.dumps({url: name for url, (name, _) in contexts.PINNED.items()}, indent=2).encode(),
    }


def _transcript_files(version: CredentialVersion) -> dict[str, bytes]:
    """The transcript and each credential inside it; nothing when none was made."""
    made = queries.sound_transcript(version)
    if made is None:
        return {}
    document = json.loads(made.document)
    members = {f"member-{number}": one for number, one in enumerate(members_of(document), start=1)}
    named = {"transcript": document, **members}
    return {name: content for stem, one in named.items() for name, content in signed_files(stem, one).items()}


def kit_of(version: CredentialVersion, *, on: date) -> bytes:
    """Return the verification kit of a version as a zip file, made on a day. Raises NotReadyToIssue."""
    title = f"Verification kit for the certificate {codes.printed(version.code)}"
    readme = README.format(code=codes.printed(version.code), line="=" * len(title), did=queries.did_document()["id"])
    packed = {
        "README.txt": readme.encode(),
        "certificate.pdf": queries.certificate_pdf(version),
        **signed_files("credential", json.loads(version.document)),
        **_transcript_files(version),
        **shared_files(),
    }
    return zipped({**packed, "MANIFEST.txt": _manifest(packed, on)})


def _manifest(packed: Mapping[str, bytes], on: date) -> bytes:
    """The day, the SHA-256 of every file, and the SHA-256 of all that, so that no byte can change unseen."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(packed.items())]
    text = "".join([f"{on}\n", *lines])
    return f"{text}{hashlib.sha256(text.encode()).hexdigest()}\n".encode()
