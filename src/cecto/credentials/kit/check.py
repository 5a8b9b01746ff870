#!/usr/bin/env python3
"""Check a certificate with nothing but Python 3.9 or newer, offline, long after the site that issued it is gone.

    python3 check.py [--key FINGERPRINT] [--list FOLDER] [FILE]

Run it in the folder of the verification kit. It looks whether every file of the kit is as it was packed, whether the
program's key signed the statements in credential.nq (W3C Data Integrity, eddsa-rdfc-2022: Ed25519 over SHA-256 of the
canonical proof options and document), whether the JSON says exactly that, and whether the certificate was valid and not
revoked on the day of the program's list. What the list could not know, it does not say.

FILE is a PDF, a badge (PNG or SVG), a token or a signed JSON that somebody showed you: it says whether what is inside
is what this kit proves. How a file looks is signed nowhere: compare it with the lines that are printed here.

Whether the key is really the program's, no file in this folder can say. Get the key's fingerprint from somewhere else
(the program's office, a printed directory, another copy of did.json) and give it with --key; give --key once more for
each other key that it names. --list takes a newer list of revocations: kit/ of the program's public files.

Exit code: 0 valid and by the keys you named, 2 valid but you named no key, 1 anything else.
"""

# ruff: noqa: T201 - it talks to the person who runs it
# ruff: noqa: UP017 - it runs on older Pythons than the program
from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zlib
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from cecto.credentials.kit.curves import signed_by, signed_es256
from cecto.credentials.kit.reading import Document, Refused, attached, base64url, inside

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
# What the words of a document mean: under other contexts, the same words would say something else.
CONTEXTS = ([CREDENTIALS, BADGES], [CREDENTIALS], [CREDENTIALS, RECORDS, BADGES])
VOCABULARY = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
STATUS = "https://www.w3.org/ns/credentials/status#"
W3C = "https://www.w3.org/2018/credentials#"
LIST_BYTES = 131072 // 8
MANIFEST = "MANIFEST.txt"

# What a file that somebody spoiled can make of any of the checks.
FAULTS = (
    Refused,
    OSError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
# Statements as (subject, predicate, object).
Statements = Any


# --- Text forms ---------------------------------------------------------------------------------------------------

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
QUAD = re.compile(
    r'^(?:<([^>]*)>|(_:\S+)) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<[^>]*>|@\S+)?)(?: (_:\S+))? \.$'
)
ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def base58(text: str) -> bytes:
    """Decode multibase base-58-btc; each leading 1 stands for a zero byte."""
    number, digits = 0, text[1:]
    for symbol in digits:
        number = number * 58 + ALPHABET.index(symbol)
    zeros = len(digits) - len(digits.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def unescape(text: str) -> str:
    """Read an N-Quads literal."""

    def letter(match: re.Match[str]) -> str:
        found = match.group(1)
        return ESCAPES[found] if len(found) == 1 else chr(int(found[1:], 16))

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", letter, text)


def statements(text: str) -> Statements:
    """The statements of N-Quads as (subject, predicate, object). A graph with a name is told as the thing in it."""
    found: Statements = []
    held: dict[str, str] = {}
    for line in text.split("\n")[:-1]:
        match = QUAD.match(line)
        if not match:
            raise Refused(f"a statement cannot be read: {line[:60]}")
        named, unnamed, predicate, iri, blank, literal, graph = match.groups()
        subject = named or unnamed
        if graph and held.setdefault(graph, subject) != subject:
            raise Refused("a proof in it holds more than a proof")
        found.append((subject, predicate, unescape(literal) if literal is not None else iri or blank))
    return [(subject, predicate, held.get(said, said)) for subject, predicate, said in found]


# --- Is the JSON what was signed? ----------------------------------------------------------------------------------

# What the vocabularies call otherwise than the documents do; and the words whose values are names of vocabularies too.
WRITTEN = {
    "Criteria": "criteria",
    "AssociationType": "associationType",
    "AlignmentObject": "Alignment",
    "identifier-1": "identifier",
}
NAMED = ("type", "proofPurpose")


def short(iri: str) -> str:
    """The last part of an IRI: the word by which JSON says it."""
    last = re.split(r"[#/]", iri)[-1]
    return WRITTEN.get(last, last)


def digest(pairs: set[tuple[str, str]]) -> str:
    """What stands for a thing without a name: all that is said of it."""
    return "_:" + hashlib.sha256(repr(sorted(pairs)).encode("utf-8", "surrogatepass")).hexdigest()


def told_by_json(node: Document, told: list[tuple[str, str, str]]) -> str:
    """Add what a JSON object says, as (thing, word, value); return how the object is called."""
    if "@context" in node and node["@context"] not in CONTEXTS:
        raise Refused("its words are not read as the program signs them: the list of contexts was changed")
    pairs = {
        (word, told_by_json(value, told) if isinstance(value, dict) else text_of(value))
        for word, values in node.items()
        if word not in ("@context", "id")
        for value in (values if isinstance(values, list) else [values])
    }
    called = text_of(node["id"]) if "id" in node else digest(pairs)
    told.extend((called, word, value) for word, value in pairs)
    if "id" not in node:
        told.append((called, "", ""))
    return called


def text_of(value: Document) -> str:
    """A value as its statement writes it."""
    if value is None or isinstance(value, (float, list)):
        raise Refused(f"it holds {value!r}, which the program signs nowhere")
    return str(value).lower() if isinstance(value, bool) else str(value)


def told_by_statements(said: Statements) -> list[tuple[str, str, str]]:
    """What statements say, in the same form. Things without a name are counted, for two may be alike."""
    of: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value in said:
        word = short(predicate)
        of.setdefault(subject, []).append((word, short(value) if word in NAMED else value))
    called: dict[str, str] = {}

    def call(thing: str, above: tuple[str, ...] = ()) -> str:
        if not thing.startswith("_:") or thing not in of:
            return thing
        if thing in above:
            raise Refused("its statements go round in a circle")
        if thing not in called:
            called[thing] = digest({(word, call(value, (*above, thing))) for word, value in of[thing]})
        return called[thing]

    unnamed = [(call(subject), "", "") for subject in of if subject.startswith("_:")]
    return [(call(subject), word, call(value)) for subject, pairs in of.items() for word, value in pairs] + unnamed


def check_same(document: Document, said: Statements, name: str) -> None:
    """Prove that the JSON says what the statements say, all of it and nothing else."""
    told: list[tuple[str, str, str]] = []
    told_by_json(document, told)
    signed = told_by_statements(said)
    for these, those, how in ((told, signed, "says"), (signed, told, "does not say")):
        elsewhere = {one[1:] for one in those}
        # A thing without a name is another as soon as one of its parts is: that part first.
        for thing, word, value in sorted(
            set(these) - set(those), key=lambda one: (one[1:] in elsewhere, one[2][:2] == "_:")
        ):
            was = "was not signed" if how == "says" else "was signed"
            raise Refused(f"{name} {how} {word}: {shown(value)} of {shown(thing)}, which {was}")
    if sorted(one for one in told if not one[1]) != sorted(one for one in signed if not one[1]):
        raise Refused(f"{name} says something as often as it was not signed")


def shown(value: str) -> str:
    """A value for people; what has no name is called so."""
    return "something without a name" if value.startswith("_:") else ascii(value)[:80]


# --- Files --------------------------------------------------------------------------------------------------------

LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def check_files(folder: Path) -> str:
    """Prove that every file of the kit is as it was packed, this one too; return when that was."""
    text = (folder / MANIFEST).read_bytes().decode("ascii")
    *lines, last = text.splitlines(keepends=True)
    if last != hashlib.sha256("".join(lines).encode()).hexdigest() + "\n":
        raise Refused(f"{MANIFEST} was changed after this kit was made")
    made = lines[0].rstrip("\n")
    for line in lines[1:]:
        listed = LINE.fullmatch(line.rstrip("\n"))
        if listed is None or not (folder / listed[2]).is_file():
            raise Refused(f"{listed[2] if listed else MANIFEST} is missing")
        if hashlib.sha256((folder / listed[2]).read_bytes()).hexdigest() != listed[1]:
            raise Refused(f"{listed[2]} was changed after this kit was made")
    return made


def token_content(text: str, did: Document) -> Document:
    """The credential in a token, once its signature was proven."""
    header, payload, signature = text.split(".")
    kid = json.loads(base64url(header)).get("kid")
    keys = [entry["publicKeyJwk"] for entry in did["verificationMethod"] if entry["id"] == kid]
    if kid not in did["assertionMethod"] or len(keys) != 1:
        raise Refused("did.json does not vouch for the key of the token")
    if not signed_es256(
        base64url(keys[0]["x"]), base64url(keys[0]["y"]), f"{header}.{payload}".encode("ascii"), base64url(signature)
    ):
        raise Refused("the signature is not over the token")
    return {name: value for name, value in json.loads(base64url(payload)).items() if name not in CLAIMS}


CLAIMS = ("iss", "jti", "nbf", "exp")


def check_shown(file: Path, proven: dict[str, Document], did: Document) -> str:
    """Say which of the proven documents is in a file."""
    raw = file.read_bytes()
    if raw[:64].lstrip().startswith(b"eyJ"):
        said = token_content(raw.decode("ascii").strip(), did)
        bare = {name: {k: v for k, v in one.items() if k != "proof"} for name, one in proven.items()}
    else:
        said, bare = inside(raw), proven
    found = [name for name, one in bare.items() if one == said]
    if not found:
        raise Refused(f"what is inside {file.name} is not what this kit proves")
    return found[0]


# --- The checks ---------------------------------------------------------------------------------------------------


def check_signature(
    folder: Path, name: str, did: Document, keys: dict[bytes, list[str]]
) -> tuple[Document, Statements]:
    """Prove NAME.json and NAME.nq by the proof in it, and note by which key; return both."""
    document = json.loads((folder / f"{name}.json").read_text("utf-8"))
    options, content = (folder / f"{name}-proof.nq").read_bytes(), (folder / f"{name}.nq").read_bytes()
    proof = document["proof"]
    method = proof["verificationMethod"]
    listed = [entry for entry in did["verificationMethod"] if entry["id"] == method]
    if method not in did["assertionMethod"] or len(listed) != 1:
        raise Refused(f"did.json does not vouch for the key {method}")
    key = base58(listed[0]["publicKeyMultibase"])[2:]
    message = hashlib.sha256(options).digest() + hashlib.sha256(content).digest()
    if not signed_by(key, message, base58(proof["proofValue"])):
        raise Refused(f"the signature is not over {name}.nq")
    said = statements(content.decode("utf-8"))
    check_same({word: part for word, part in document.items() if word != "proof"}, said, f"{name}.json")
    named = {word: part for word, part in proof.items() if word != "proofValue"}
    check_same(named, statements(options.decode("utf-8")), f"the proof of {name}")
    if document["@context"] not in CONTEXTS:
        raise Refused("its words are not read as the program signs them: the list of contexts was changed")
    keys.setdefault(key, []).append(name)
    return document, own(said, document)


def own(said: Statements, document: Document) -> Statements:
    """The statements about a document itself, its subject and its status, not about credentials inside it."""
    if "ClrCredential" not in document["type"]:
        return said
    about = {document["id"], document["credentialStatus"]["id"]}
    return [statement for statement in said if statement[0] in about]


def one(said: Statements, predicate: str) -> str:
    """The object of the only statement with that predicate, or an empty text."""
    found = [statement[2] for statement in said if statement[1] == predicate]
    return str(found[0]) if len(found) == 1 else ""


def check_dates(said: Statements, now: datetime, what: str = "it") -> None:
    """Prove that today lies in the time it is valid."""
    start, end = one(said, W3C + "validFrom"), one(said, W3C + "validUntil")
    if start and now < instant(start):
        raise Refused(f"{what} is valid from {start} on")
    if end and now >= instant(end):
        raise Refused(f"{what} expired on {end}")


def instant(text: str) -> datetime:
    """An XML Schema dateTime in UTC."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def check_status(said: Statements, listed: Statements) -> None:
    """Prove that the bit of this credential is not set in the issuer's list."""
    index = int(one(said, STATUS + "statusListIndex"))
    named = one(said, STATUS + "statusListCredential")
    if (named, STATUS + "BitstringStatusListCredential") not in {(s, o) for s, _, o in listed}:
        raise Refused("the status list is another one than the certificate names")
    if one(said, W3C + "issuer") != one(listed, W3C + "issuer"):
        raise Refused("the status list is of another issuer")
    purposes = {o for _, p, o in [*said, *listed] if p == STATUS + "statusPurpose"}
    bits = zlib.decompressobj(wbits=31).decompress(base64url(one(listed, STATUS + "encodedList")[1:]), LIST_BYTES + 1)
    if purposes != {"revocation"} or len(bits) != LIST_BYTES or not 0 <= index < LIST_BYTES * 8:
        raise Refused("the status list cannot be read")
    if bits[index // 8] & (0x80 >> index % 8):
        raise Refused("it was revoked")


class Kit:
    """What was proven: documents and statements by name, keys, and the day of the newest list."""

    def __init__(self, folder: Path, newer: Path | None, now: datetime) -> None:
        self.made = check_files(folder)
        self.did = read(folder / "did.json")
        self.documents: dict[str, Document] = {}
        self.keys: dict[bytes, list[str]] = {}
        _, first = check_signature(folder, "status-list", self.did, self.keys)
        self.lists = [first]
        if newer:
            did = read(newer / "did.json")
            self.lists.append(check_signature(newer, "status-list", did, self.keys)[1])
        for listed in self.lists:
            check_dates(listed, now, "the list of revocations")
        self.as_of = max(one(listed, W3C + "validFrom") for listed in self.lists)
        self.said = self.prove(folder, "credential", now)
        if (folder / "transcript.json").exists():
            self.prove_transcript(folder, now)
        if attached((folder / "certificate.pdf").read_bytes()) != self.documents["credential"]:
            raise Refused("certificate.pdf holds another signed file than credential.json")

    def prove(self, folder: Path, name: str, now: datetime) -> Statements:
        """Prove one credential: signature, issuer, dates and status."""
        document, said = check_signature(folder, name, self.did, self.keys)
        if one(said, W3C + "issuer") != self.did["id"]:
            raise Refused("it names another issuer than did.json")
        check_dates(said, now)
        for listed in self.lists:
            check_status(said, listed)
        self.documents[name] = document
        return said

    def prove_transcript(self, folder: Path, now: datetime) -> None:
        """Prove the transcript and every credential inside it."""
        members = read(folder / "transcript.json")["credentialSubject"]["verifiableCredential"]
        for name in ["transcript", *(f"member-{number}" for number in range(1, len(members) + 1))]:
            try:
                self.prove(folder, name, now)
            except Refused as problem:
                raise Refused(f"{name}.json: {problem}") from problem
        if [self.documents[f"member-{number}"] for number in range(1, len(members) + 1)] != members:
            raise Refused("the member files are others than the credentials in transcript.json")


def read(path: Path) -> Document:
    """A JSON file."""
    return json.loads(path.read_text("utf-8"))


def fingerprint(key: bytes) -> str:
    """The SHA-256 of a key, in groups of eight."""
    digits = hashlib.sha256(key).hexdigest()
    return " ".join(digits[start : start + 8] for start in range(0, 64, 8))


def facts(said: Statements) -> Iterator[tuple[str, str]]:
    """What was signed, for a person to compare with the certificate before them."""
    award = next(s for s, p, o in said if o == VOCABULARY + "OpenBadgeCredential")
    names = {s: o for s, p, o in said if p == "https://schema.org/name"}
    yield "Holder", one(said, VOCABULARY + "identityHash")
    yield "Award", names.get(award, "")
    yield "Issuer", names.get(one(said, W3C + "issuer"), "")
    yield "Awarded", one(said, VOCABULARY + "awardedDate")[:10]
    for subject, predicate, described in said:
        if predicate == VOCABULARY + "resultDescription" and described in names:
            values = [o for s, p, o in said if s == subject and p == "https://schema.org/value"]
            if values:
                yield names[described], values[0]


def tell(kit: Kit) -> None:
    """Print what was proven, and of which day it is true."""
    for label, value in facts(kit.said):
        print(f"  {label}: {value}")
    members = len(kit.documents) - 2
    if members > 0:
        print(f"  Transcript: {members} credentials, each signed and not revoked on {kit.as_of[:10]}")
    print(f"  Not revoked on: {kit.as_of[:10]} (the program's list of {kit.as_of}; of later days it says nothing)")
    print(f"  Kit made on: {kit.made}")
    for key, names in kit.keys.items():
        print(f"  Key: {fingerprint(key)}")
        print(f"       signed {', '.join(names)}; listed as the program's until {kit.made}, when this kit was made")
    print("  Not signed: how certificate.pdf looks. It holds the signed file; compare it with the lines above.")


def verdict(kit: Kit, wanted: list[str]) -> int:
    """Say whether the keys are the ones that were named, and return the exit code."""
    day = kit.as_of[:10]
    if not wanted:
        print(f"VALID on {day}, if the key is the program's: compare it with one from another source, or give --key.")
        return 2
    others = [names for key, names in kit.keys.items() if hashlib.sha256(key).hexdigest() not in wanted]
    if others:
        print(f"NOT TRUSTED: {', '.join(others[0])} is signed by another key than you named.")
        return 1
    print(f"VALID on {day} and TRUSTED: signed by the key you named.")
    return 0


def main() -> int:
    """Run every check and say how it went."""
    parser = argparse.ArgumentParser(description="Check a certificate offline.")
    parser.add_argument("file", nargs="?", type=Path, help="a PDF, badge, token or JSON that somebody showed you")
    parser.add_argument("--key", action="append", default=[], metavar="FINGERPRINT", help="a key you trust")
    parser.add_argument("--list", type=Path, metavar="FOLDER", help="where a newer list of revocations is")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent)
    asked = parser.parse_args()
    try:
        kit = Kit(asked.folder, asked.list, datetime.now(timezone.utc))
        shown = check_shown(asked.file, kit.documents, kit.did) if asked.file else ""
    except (
        Refused,
        OSError,
        ArithmeticError,
        ValueError,
        LookupError,
        TypeError,
        zlib.error,
        RecursionError,
    ) as problem:
        print(f"NOT VALID: {ascii(str(problem)) if not str(problem).isprintable() else problem}.")
        return 1
    tell(kit)
    if shown:
        print(f"  Inside {asked.file.name}: {shown}.json, as signed. How the file looks is not signed.")
    return verdict(kit, [re.sub(r"[\s:]", "", key).lower() for key in asked.key])


if __name__ == "__main__":
    sys.exit(main())
