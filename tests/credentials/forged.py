"""What forgers, printers, mail programs and wallets make of a certificate's files, and what others issue."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2

from cecto.credentials import baking
from cecto.credentials.handed.files import given
from cecto.credentials.models import CredentialVersion, Token, Transcript
from cecto.credentials.multikey import multibase_decode, multibase_encode
from cecto.credentials.tokens.jwt import ORDER
from cecto.credentials.transcript.record import members_of
from tests.credentials.made import BY, LATER
from tests.credentials.sample import Registry, badge

# The order of the group of Ed25519 (RFC 8032 §5.1): adding it to S gives another signature that some verifiers take.
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493
Files = Iterator[tuple[str, bytes]]
NO_BADGE = baking.PNG + b"".join(
    baking._chunk(kind, content)
    for kind, content in [
        (b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    ]
)


def edited(pdf: bytes, edit: Callable[[pikepdf.Pdf], object], **saved: Any) -> bytes:
    """A PDF after an edit, saved as a library saves it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        edit(opened)
        opened.save(out, **saved)
    return out.getvalue()


def attached(*contents: str) -> Callable[[pikepdf.Pdf], None]:
    """The edit that puts these in the place of what is attached."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        for number, content in enumerate(contents):
            name = f"certificate-{number}.json"
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content.encode(), filename=name)

    return edit


def noted(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[100, 300, 500, 360],
        Contents="Mallory Forger",
        DA="/Helv 24 Tf",
    )
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def drawn(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].contents_add(content, prepend=False)


PRINTED_OVER = {
    "the name": drawn(b"q 1 1 1 rg 100 300 400 60 re f Q BT /F1 24 Tf 120 320 Td (Mallory) Tj ET"),
    "the hours": drawn(b"q 1 1 1 rg 100 200 400 20 re f Q"),
    "the day": drawn(b"q 1 1 1 rg 60 60 120 20 re f Q"),
    "the QR code": drawn(b"q 0 0 0 rg 690 40 60 60 re f Q"),
    "a note over it": noted,
    "nothing left": lambda pdf: pdf.pages[0].__setitem__("/Contents", pikepdf.Stream(pdf, b"")),
    "a script": lambda pdf: pdf.Root.__setitem__(
        "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    ),
    "upside down": lambda pdf: pdf.pages[0].__setitem__("/Rotate", 180),
}
SAVED: dict[str, dict[str, Any]] = {
    "linearized": {"linearize": True},
    "packed": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "unpacked": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "for editors": {"qdf": True},
    "uncompressed": {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.all},
}


def pdfs_around(one: CredentialVersion, other: CredentialVersion) -> Files:
    """The credential is whole, the paper around it is another."""
    pdf = given(one, "pdf", by=BY, at=LATER)
    for name, edit in PRINTED_OVER.items():
        yield f"printed over: {name}", edited(pdf, edit)
    for name, how in SAVED.items():
        yield f"saved again: {name}", edited(pdf, lambda _: None, **how)
    yield "attached twice", edited(pdf, attached(one.document, one.document))
    yield "the paper of another", edited(given(other, "pdf", by=BY, at=LATER), attached(one.document))
    blank = pikepdf.new()
    blank.add_blank_page()
    attached(one.document)(blank)
    out = BytesIO()
    blank.save(out)
    yield "a blank page", out.getvalue()
    with pypdfium2.PdfDocument(pdf) as opened:
        out = BytesIO()
        opened.save(out)
    yield "saved by a browser", out.getvalue()
    yield "spaces before", b"  \n" + pdf
    yield "cut at its end", pdf[:-40]
    yield "an archive behind", pdf + given(one, "kit", by=BY, at=LATER)
    yield "one bit", pdf[:2000] + bytes([pdf[2000] ^ 1]) + pdf[2001:]


def pictures_around(one: CredentialVersion, other: CredentialVersion, token: Token) -> Files:
    """The credential is whole, the picture or the archive around it is another."""
    png, svg = (given(one, form, by=BY, at=LATER) for form in ("png", "svg"))
    document = one.document.encode()
    yield "PNG: another picture", baking.bake_png(NO_BADGE, document)
    yield "PNG: more behind", png + b"x"
    yield "PNG: cut", png[:-12]
    yield "PNG: a word more", png[:33] + baking._chunk(b"tEXt", b"Comment\0Doctor") + png[33:]
    yield "PNG: a pixel", png[:-30] + bytes([png[-30] ^ 1]) + png[-29:]
    yield "PNG: twice", baking.bake_png(png, document)
    packed = b"openbadgecredential\0\1\0\0\0" + zlib.compress(document)
    yield "PNG: packed", NO_BADGE[:33] + baking._chunk(b"iTXt", packed) + NO_BADGE[33:]
    yield "PNG: a token", baking.bake_png(NO_BADGE, token.text.encode())
    yield "SVG: a word more", svg.replace(b"</svg>", b"<text>Doctor</text></svg>")
    yield "SVG: a script", svg.replace(b"</svg>", b"<script>alert(1)</script></svg>")
    yield "SVG: another picture", baking.bake_svg(b"<svg><circle r='5'/></svg>", document)
    named = f'<svg><openbadges:credential verify="{token.text}"></openbadges:credential></svg>'
    yield "SVG: a token", named.encode()
    yield "kit: packed again", repacked(one, {})
    yield "kit: another paper", repacked(one, {"certificate.pdf": given(other, "pdf", by=BY, at=LATER)})
    yield "kit: a remark", given(one, "kit", by=BY, at=LATER)[:-2] + b"\5\0hello"


def repacked(one: CredentialVersion, changes: dict[str, bytes]) -> bytes:
    """A kit with other files of these names in it."""
    out = BytesIO()
    with ZipFile(BytesIO(given(one, "kit", by=BY, at=LATER))) as kit, ZipFile(out, "w") as again:
        for name in {*kit.namelist(), *changes}:
            again.writestr(name, changes.get(name) or kit.read(name))
    return out.getvalue()


def laid_out_otherwise(one: CredentialVersion, token: Token, transcript: Transcript) -> Files:
    """The same words, not the same bytes: alone or in what a wallet hands over."""
    text, document = one.document, json.loads(one.document)
    envelope = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{token.text}"}
    yield "a mark of byte order", b"\xef\xbb\xbf" + text.encode()
    yield "a line more", text.encode() + b"\n"
    yield "spaces before", b"  " + text.encode()
    yield "in ASCII", json.dumps(document).encode()
    yield "a token and a line", token.text.encode() + b"\n"
    yield "an envelope", json.dumps(envelope).encode()
    yield "a transcript", json.dumps(json.loads(transcript.document)).encode()
    for name, held in {"JSON": document, "a token": token.text, "an envelope": envelope}.items():
        for many in (held, [held]):
            presentation = {"type": ["VerifiablePresentation"], "verifiableCredential": many}
            yield f"presented: {name} in {type(many).__name__}", json.dumps(presentation).encode()
    vp = {"iss": "did:key:z6Mk", "vp": {"type": "VerifiablePresentation", "verifiableCredential": [document]}}
    yield "presented as a token", token_of({"alg": "EdDSA"}, vp)


def token_of(header: dict[str, Any], payload: object, signature: bytes = b"") -> bytes:
    """A compact token of these parts; a payload of bytes is taken as it is."""
    content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    parts = (json.dumps(header).encode(), content, signature)
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


def _put(**parts: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.update(parts)


def _taken(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.pop(name)


def _proof(**parts: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["proof"].update(parts)


def _status(**parts: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["credentialStatus"].update(parts)


def _malleated(document: dict[str, Any]) -> None:
    raw = multibase_decode(document["proof"]["proofValue"])
    s = int.from_bytes(raw[32:], "little") + ED25519_ORDER
    document["proof"]["proofValue"] = multibase_encode(raw[:32] + s.to_bytes(32, "little"))


def _otherwise_written(document: dict[str, Any]) -> None:
    raw = multibase_decode(document["proof"]["proofValue"])
    document["proof"]["proofValue"] = "u" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no subject": _taken("credentialSubject"),
    "an empty subject": _put(credentialSubject={}),
    "a subject of null": _put(credentialSubject=None),
    "a subject of text": _put(credentialSubject="x"),
    "two subjects": lambda document: document.update(credentialSubject=[document["credentialSubject"]] * 2),
    "no type": _taken("type"),
    "a type of text": _put(type="VerifiableCredential"),
    "a type of a number": _put(type=5),
    "its type by its other name": lambda document: document.update({"@type": document.pop("type")}),
    "another title": _put(name="Doctor"),
    "more hours": lambda document: document["credentialSubject"].update(creditsEarned=999),
    "evidence": _put(evidence=[{"type": ["Evidence"], "name": "x"}]),
    "another end of its id": lambda document: document.update(id=document["id"] + "#x"),
    "no issuer": _taken("issuer"),
    "an issuer of a number": _put(issuer=3),
    "a list of issuers": lambda document: document.update(issuer=[document["issuer"]]),
    "a list of proofs": lambda document: document.update(proof=[document["proof"]]),
    "two proofs": lambda document: document.update(proof=[document["proof"]] * 2),
    "an empty proof": _put(proof={}),
    "a proof of text": _put(proof="x"),
    "a proof of another kind": _proof(type="Ed25519Signature2020"),
    "a proof of another suite": _proof(cryptosuite="eddsa-jcs-2022"),
    "a proof for signing in": _proof(proofPurpose="authentication"),
    "a proof of another day": _proof(created="2016-01-01T00:00:00Z"),
    "a proof by another key": _proof(verificationMethod="did:web:evil.example#key"),
    "a proof of ones": _proof(proofValue="z" + "1" * 88),
    "a proof with an end": _proof(expires="2099-01-01T00:00:00Z"),
    "a malleated proof": _malleated,
    "a proof in another base": _otherwise_written,
    "a digest that is not the file's": _put(
        relatedResource=[{"id": "https://www.w3.org/ns/credentials/v2", "digestSRI": f"sha256-{'A' * 43}="}]
    ),
    "no place in the list": _taken("credentialStatus"),
    "another place in the list": _status(statusListIndex="1"),
    "another list": _status(statusListCredential="https://evil.example/1"),
    "a later end": _put(validUntil="2099-01-01T00:00:00Z"),
    "an end long ago": _put(validUntil="2001-01-01T00:00:00Z"),
    "a beginning to come": _put(validFrom="2099-01-01T00:00:00Z"),
    "a beginning of no day": _put(validFrom="yesterday"),
    "a further context": lambda document: document["@context"].append("https://evil.example/context"),
    "a context of its own": lambda document: document["@context"].append({"name": "https://evil.example/name"}),
    "contexts in another order": lambda document: document["@context"].reverse(),
    "no context": _taken("@context"),
    "a fraction": _put(x=0.1),
    "an endless number": _put(x="1e400"),
    "a letter that turns the line": _put(name="\u202eoD"),
}


def changed_inside(one: CredentialVersion, other: CredentialVersion, token: Token, transcript: Transcript) -> Files:
    """What was signed says something else, or something more."""
    for name, change in CHANGES.items():
        document = json.loads(one.document)
        change(document)
        yield name, json.dumps(document, ensure_ascii=False).replace('"1e400"', "1e400").encode()
    changed = json.dumps({**json.loads(one.document), "name": "Doctor"})
    yield "letters of two parts", one.document.replace("ë", "e\u0308").encode()
    yield "changed in a PNG", baking.bake_png(NO_BADGE, changed.encode())
    yield "changed in an SVG", baking.bake_svg(b"<svg></svg>", changed.encode())
    yield "changed in a kit", repacked(one, {"credential.json": changed.encode()})
    yield "two in a PNG", baking.bake_png(given(one, "png", by=BY, at=LATER), other.document.encode())
    yield (
        "two in a presentation",
        json.dumps(
            {"type": "VerifiablePresentation", "verifiableCredential": [json.loads(one.document), json.loads(changed)]}
        ).encode(),
    )
    yield from _transcripts(json.loads(transcript.document), json.loads(other.document))
    yield from _tokens(token)


def _transcripts(whole: dict[str, Any], other: dict[str, Any]) -> Files:
    parts = members_of(whole)
    for name, held in {"less": parts[:-1], "of another's": [other, *parts[1:]]}.items():
        subject = {**whole["credentialSubject"], "verifiableCredential": held}
        yield f"a transcript: {name}", json.dumps({**whole, "credentialSubject": subject}).encode()
    yield "a part changed", json.dumps({**parts[1], "name": "x"}).encode()


def _tokens(token: Token) -> Files:
    written = [base64.urlsafe_b64decode(part + "==") for part in token.text.split(".")]
    header, payload, signature = json.loads(written[0]), written[1], written[2]
    headers: dict[str, dict[str, Any]] = {
        "unsigned": {"alg": "none"},
        "unsigned under our key": {"alg": "none", "kid": header["kid"]},
        "of a secret": {"alg": "HS256", "kid": header["kid"]},
        "another key": {**header, "kid": "did:web:evil.example#key"},
        "a list of keys": {**header, "kid": [1]},
        "no key": {"alg": "ES256"},
        "its own key": {**header, "jwk": {"kty": "EC"}},
        "a rule of its own": {**header, "crit": ["b64"], "b64": False},
    }
    for name, said in headers.items():
        yield f"a token: {name}", token_of(said, payload, b"" if said["alg"] == "none" else signature)
    s = ORDER - int.from_bytes(signature[32:])
    yield "a token: malleated", token_of(header, payload, signature[:32] + s.to_bytes(32))
    yield "a token: another title", token_of(header, {**json.loads(payload), "name": "Doctor"}, signature)
    yield "a token: padded", token.text.encode() + b"="
    yield "a token: cut", token.text[:-1].encode()
    yield "a token: of two parts", token.text.rpartition(".")[0].encode()
    yield "a token: with more to disclose", token.text.encode() + b"~"
    yield "a token: with a foreign letter", token.text.encode() + "é".encode()


def unreadable(one: CredentialVersion, token: Token) -> Files:
    """What can be read in two ways or not at all, and what is no certificate."""
    text, pdf = one.document, given(one, "pdf", by=BY, at=LATER)
    for name, value in {
        "5,000 digits": "9" * 5000,
        "-5,000 digits": "-" + "9" * 5000,
        "2^53 + 1": "9007199254740993",
        "no number": "NaN",
        "endless": "-Infinity",
        "half a character": '"\\ud800"',
        "a zero": '"\\u0000"',
        "nested": "[" * 1000 + "]" * 1000,
        "bottomless": "[" * 100_000 + "]" * 100_000,
    }.items():
        yield f"a value: {name}", text.replace("{", f'{{"x": {value},', 1).encode()
    yield "half a character as a name", text.replace("{", '{"\\udfff": 1,', 1).encode()
    yield "half a character raw", text.encode().replace(b"Zo", b"Zo\xed\xa0\x80", 1)
    yield "a name twice", text.replace("{", '{"name": "x", "name": "y",', 1).encode()
    for coding in ("utf-16", "utf-16-be", "utf-32"):
        yield coding, text.encode(coding)
    yield "two in lines", f"{text}\n{text}".encode()
    yield "a list", f"[{text}]".encode()
    yield "a page", f"<html>{text}".encode()
    yield "nothing attached", edited(pdf, attached())
    yield "a password", edited(pdf, lambda _: None, encryption=pikepdf.Encryption(owner="x", user=""))
    yield "words before a PDF", b"words\n" + pdf
    yield "half a PDF", pdf[: len(pdf) // 2]
    yield "a picture", NO_BADGE
    yield "a kit cut", given(one, "kit", by=BY, at=LATER)[:-30]
    yield "a name of a kit that is no text", _with_broken_name()
    yield "a token: quoted", f'"{token.text}"'.encode()
    yield "a token: a list", token_of({"alg": "ES256"}, [1])
    yield "a token: bottomless", token_of({"alg": "ES256"}, b"[" * 5000)
    yield "a token: nothing", b"eyJ"
    yield "nothing", b""
    yield "words", b"hello"
    yield "too large", pdf + b" " * (4 * 1024 * 1024)


def _with_broken_name() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("ä.json", "{}")
    return out.getvalue().replace("ä".encode(), b"\xff\xfe")


def of_others() -> Files:
    """Genuine badges of other issuers, in every form, with values that ours never hold."""
    named = {"id": "https://evil.example/1", "issuer": {"id": "did:web:evil.example", "type": ["Profile"]}}
    signed = Registry().sign(badge() | named)
    values = {"a fraction": "24.5", "endless": "1e400", "many digits": "9" * 5000, "an escape": '"\\u001b"'}
    for name, value in values.items():
        yield f"with {name}", json.dumps({**signed, "x": "VALUE"}).replace('"VALUE"', value).encode()
    content = json.dumps({**signed, "score": 24.5, "serial": 2**60}).encode()
    yield "in a PNG", baking.bake_png(NO_BADGE, content)
    yield "in an SVG", baking.bake_svg(b"<svg></svg>", content)
    yield "of data model 1.1", json.dumps({**signed, "issuer": "https://evil.example"}).encode()
    yield "with a type by its other name", json.dumps({**signed, "credentialSubject": {"@type": "x"}}).encode()
    yield "a token", token_of({"alg": "RS256"}, {"iss": "https://evil.example", "vc": signed}, b"x" * 256)
    hosted = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://evil.example/awards/1"}
    yield "of Open Badges 2.0", json.dumps({**hosted, "badge": "https://evil.example/badges/1"}).encode()
    yield "of 2.0, whole", json.dumps({**hosted, "badge": {"issuer": {"id": "https://evil.example"}}}).encode()
    address = baking._chunk(b"tEXt", b"openbadges\0https://evil.example/awards/1")
    yield "of 2.0, in a PNG", NO_BADGE[:33] + address + NO_BADGE[33:]
    yield "of 2.0, in an SVG", b'<svg><openbadges:assertion verify="https://evil.example/awards/1"/></svg>'


def unknown_here() -> Files:
    """What names us as its issuer and is nothing we know, and what names nobody."""
    strange = Registry(seed=b"\x09" * 32).sign(badge() | {"id": f"https://cecto.example.org/credentials/{'B' * 22}"})
    yield "signed by somebody else as us", json.dumps(strange).encode()
    yield "an empty document", b"{}"
    yield "a document of something else", b'{"hello": "world"}'
    yield "an empty presentation", b'{"type": "VerifiablePresentation", "verifiableCredential": []}'
    yield "in a graph", json.dumps({"@graph": [strange]}).encode()
    yield "a token of nonsense", token_of({"alg": "ES256"}, {"vc": {"id": 7}, "iss": [1], "jti": {}}, b"x")
