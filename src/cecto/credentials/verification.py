"""“Is this certificate real?”, for people: by code, by QR (the same address), or by file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cecto.credentials import codes, uploads
from cecto.credentials.badge import badge_png, badge_svg
from cecto.credentials.canonical import JSON
from cecto.credentials.files import file_name
from cecto.credentials.forms import CodeForm, FileForm
from cecto.credentials.kit import kit_of
from cecto.credentials.models import CredentialVersion, Statement
from cecto.credentials.queries import Found, certificate_pdf, found_by_code, found_by_file, versions
from cecto.credentials.sharing import linkedin_url
from cecto.credentials.throttle import at_most
from cecto.credentials.verifying import State
from cecto.foundation import clock
from cecto.people.access import viewer

_HEADINGS = {
    State.VALID: ("success", "This certificate is real and it holds"),
    State.NOT_YET_VALID: ("info", "This certificate is real, but not valid yet"),
    State.EXPIRED: ("warning", "This certificate is real, but it has expired"),
    State.REVOKED: ("error", "This certificate is real, but it was revoked"),
    State.SUPERSEDED: ("warning", "This certificate was replaced by a newer version"),
    State.UNRELEASED: ("warning", "This certificate was printed, but it is not released"),
    State.LISTED: ("info", "This award is listed by the program"),
    State.RETRACTED: ("warning", "This award is no longer listed by the program"),
    State.UNKNOWN: ("error", "This certificate is not ours"),
    State.ALTERED: ("error", "This file was changed after it was issued"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says: the state in words and color, and what was looked at."""

    found: Found
    tone: str
    heading: str
    checks: tuple[str, ...]
    document: JSON | None


@require_http_methods(["GET", "POST"])
@at_most(per_minute=60)
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file."""
    if request.method == "POST":
        return _file_answer(request)
    form = CodeForm(request.GET or None)
    if form.is_valid():
        return redirect("credentials:verify", codes.printed(form.cleaned_data["code"]))
    return _ask(request, form, FileForm(), status=422 if form.is_bound else 200)


@require_safe
@at_most(per_minute=60)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the registry knows of a code, as a page; as JSON when `?format=json` asks for it."""
    try:
        found = found_by_code(code, at=clock.now())
    except codes.CodeMistyped:
        return _ask(request, CodeForm({"code": code}), FileForm(), status=404)
    answer = _answer(found, ("The code’s check symbols fit.", "The program’s register was asked."))
    status = 404 if found.state is State.UNKNOWN else 200
    if request.GET.get("format") == "json":
        return _unlisted(JsonResponse(_as_json(answer), status=status))
    return _show(request, answer, status=status)


@require_safe
@at_most(per_minute=60)
def certificate(_request: HttpRequest, code: str) -> HttpResponse:
    """The PDF of a version, to those who have its code."""
    version = _version(code)
    return _attachment(certificate_pdf(version), "application/pdf", f"{file_name(version)}.pdf")


@require_safe
@at_most(per_minute=60)
def document(_request: HttpRequest, code: str) -> HttpResponse:
    """The signed JSON of a version, to those who have its code."""
    version = _version(code)
    return _attachment(version.document.encode(), "application/vc", f"{file_name(version)}.json")


@require_safe
@at_most(per_minute=60)
def badge(_request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The badge of a version with its credential inside, to those who have its code."""
    version = _version(code)
    drawn, media_type = (badge_png, "image/png") if form == "png" else (badge_svg, "image/svg+xml")
    return _attachment(drawn(version), media_type, f"{file_name(version)}-badge.{form}")


@require_safe
@at_most(per_minute=60)
def kit(_request: HttpRequest, code: str) -> HttpResponse:
    """Everything to check a version offline, to those who have its code."""
    version = _version(code)
    return _attachment(kit_of(version, on=clock.now().date()), "application/zip", f"{file_name(version)}-kit.zip")


def _file_answer(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found = found_by_file(form.cleaned_data["file"], at=clock.now())
        except uploads.Unreadable as error:
            form.add_error("file", f"This cannot be read as a certificate: {error}.")
        else:
            return _show(
                request,
                _answer(
                    found, ("The file’s content, whatever its layout, was compared with what the register holds.",)
                ),
            )
    return _ask(request, CodeForm(), form, status=422)


def _answer(found: Found, checks: tuple[str, ...]) -> Answer:
    tone, heading = _HEADINGS[found.state]
    document = json.loads(found.version.document) if found.version and not found.version.erased else None
    return Answer(found, tone, heading, (*checks, *_looked_at(found)), document)


def _looked_at(found: Found) -> Iterator[str]:
    """What the register was asked about a version, and what it said, each in a sentence."""
    if found.version is None:
        return
    start, end = found.version.valid_from, found.version.valid_until
    until = f"until {end:%B %-d, %Y}" if end else "without end"
    yield f"Its dates, as signed: valid from {start:%B %-d, %Y} {until}."
    if found.version.erased:
        yield "Its content was erased on the holder’s request. Its hash was kept, so a file of it is still known here."
    ended = hasattr(found.version, "revocation")
    yield f"The list of revocations: {'this version is on it' if ended else 'it is not on it'}."


def _show(request: HttpRequest, answer: Answer, status: int = 200) -> HttpResponse:
    context = {"answer": answer, "checked_at": clock.now(), "linkedin": _linkedin(request, answer.found)}
    return _unlisted(render(request, "credentials/verify.html", context, status=status))


def _linkedin(request: HttpRequest, found: Found) -> str:
    """The link that adds a valid certificate to a LinkedIn profile, for its holder only."""
    person, version = viewer(request).person, found.version
    if person is None or version is None or found.state is not State.VALID:
        return ""
    return linkedin_url(version) if version.credential.decision.enrollment.person_id == person.pk else ""


def _ask(request: HttpRequest, by_code: CodeForm, by_file: FileForm, *, status: int) -> HttpResponse:
    return render(request, "credentials/lookup.html", {"by_code": by_code, "by_file": by_file}, status=status)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _version(code: str) -> CredentialVersion:
    try:
        found = versions().filter(code=codes.read(code)).first()
    except codes.CodeMistyped as error:
        raise Http404(f"This is not quite a code: {error}.") from error
    if found is None:
        raise Http404("No certificate has this code.")
    if found.erased:
        raise Http404("The files of this certificate were erased on the holder’s request. It can be verified still.")
    return found


def _attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _unlisted(response)


def _as_json(answer: Answer) -> dict[str, object]:
    version, latest, recorded = answer.found.version, answer.found.latest, answer.found.recorded
    return {
        "state": str(answer.found.state),
        "sentence": answer.found.sentence,
        "code": version.code if version else recorded.award.code if recorded else None,
        "version": version.number if version else None,
        "superseded_by": latest.code if latest and version and latest.pk != version.pk else None,
        "checked_at": clock.now().isoformat(),
        "checks": list(answer.checks),
        "credential": answer.document,
        "listed": _listed(recorded) if recorded else None,
    }


def _listed(recorded: Statement) -> dict[str, str | None]:
    return {
        "name": recorded.name,
        "program": recorded.award.program.name,
        "class": recorded.class_label,
        "track": recorded.track,
        "district": recorded.organization.name if recorded.organization else None,
        "awarded": recorded.awarded,
        "source": recorded.source,
    }
