"""“Is this certificate real?”, for people: by code, by QR (the same address), or by file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from cecto.credentials import codes
from cecto.credentials.answers import as_json, facts_of, words_for
from cecto.credentials.examining import Answer, examine_code, examine_file
from cecto.credentials.files import file_name
from cecto.credentials.forms import CodeForm, FileForm
from cecto.credentials.handed.files import given
from cecto.credentials.models import CredentialVersion, Issuer
from cecto.credentials.queries import certificate_picture, mark_of, versions
from cecto.credentials.sharing import linkedin_url
from cecto.credentials.throttle import at_most
from cecto.credentials.verifying import State
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.access import viewer

BY = Actor("visitor", "")
# A picture with nothing attached may be kept for a while; what it shows changes only when the certificate ends.
PICTURE_KEPT = 300


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
    """What is known of a code, as a page; as JSON when `?format=json` asks for it."""
    try:
        answer = examine_code(code, at=clock.now())
    except codes.CodeMistyped as error:
        answer = Answer(code, State.UNREADABLE, str(error))
    status = 404 if answer.state in (State.UNKNOWN, State.UNREADABLE) else 200
    if request.GET.get("format") == "json":
        return _unlisted(JsonResponse(as_json(answer, at=clock.now()), status=status))
    if answer.state is State.UNREADABLE:
        return _ask(request, CodeForm({"code": code}), FileForm(), status=status)
    return _show(request, answer, status=status)


@require_safe
@at_most(per_minute=60)
def certificate(_request: HttpRequest, code: str) -> HttpResponse:
    """The PDF of a version, to those who have its code; marked once it is revoked or replaced."""
    version = _version(code)
    return _attachment(_given(version, "pdf"), "application/pdf", f"{file_name(version)}.pdf")


@require_safe
@at_most(per_minute=60)
@gzip_page
def picture(_request: HttpRequest, code: str) -> HttpResponse:
    """The certificate as a picture, to compare a paper with."""
    response = HttpResponse(certificate_picture(_version(code)), content_type="image/svg+xml")
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"private, max-age={PICTURE_KEPT}"
    return response


@require_safe
@at_most(per_minute=60)
def document(_request: HttpRequest, code: str) -> HttpResponse:
    """The signed JSON of a version, to those who have its code."""
    version = _version(code)
    return _attachment(version.document.encode(), "application/vc", f"{file_name(version)}.json")


@require_safe
@at_most(per_minute=60)
def badge(_request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The badge of a version with its credential inside, to those who have its code; none once it has ended."""
    version = _version(code, ended=False)
    media_type = "image/png" if form == "png" else "image/svg+xml"
    return _attachment(_given(version, form), media_type, f"{file_name(version)}-badge.{form}")


@require_safe
@at_most(per_minute=60)
def kit(_request: HttpRequest, code: str) -> HttpResponse:
    """Everything to check a version offline, to those who have its code; none once it has ended."""
    version = _version(code, ended=False)
    return _attachment(_given(version, "kit"), "application/zip", f"{file_name(version)}-kit.zip")


def _file_answer(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, CodeForm(), form, status=422)
    name = _shown_name(str(getattr(request.FILES["file"], "name", "")))
    answer = examine_file(form.cleaned_data["file"], what=name, at=clock.now())
    if request.GET.get("format") == "json":
        return _unlisted(JsonResponse(as_json(answer, at=clock.now())))
    if answer.state is State.UNREADABLE:
        form.add_error("file", answer.sentence)
        return _ask(request, CodeForm(), form, status=422)
    return _show(request, answer)


def _shown_name(name: str) -> str:
    """The file's name as its sender has it, without what cannot be shown, and short."""
    return "".join(letter for letter in name if letter.isprintable())[:80] or "your file"


def _show(request: HttpRequest, answer: Answer, status: int = 200) -> HttpResponse:
    version = answer.version
    context = {
        "answer": answer,
        "words": words_for(answer),
        "facts": facts_of(version) if version else None,
        "marked": bool(version and mark_of(version)),
        "checked_at": clock.now(),
        "contact": getattr(Issuer.objects.first(), "email", ""),
        "linkedin": _linkedin(request, answer),
    }
    return _unlisted(render(request, "credentials/verify.html", context, status=status))


def _linkedin(request: HttpRequest, answer: Answer) -> str:
    """The link that adds a valid certificate to a LinkedIn profile, for its holder only."""
    person, version = viewer(request).person, answer.version
    if person is None or version is None or not answer.valid:
        return ""
    return linkedin_url(version) if version.credential.decision.enrollment.person_id == person.pk else ""


def _ask(request: HttpRequest, by_code: CodeForm, by_file: FileForm, *, status: int) -> HttpResponse:
    return render(request, "credentials/lookup.html", {"by_code": by_code, "by_file": by_file}, status=status)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _version(code: str, *, ended: bool = True) -> CredentialVersion:
    """The version with that code, whose files can be given out; one that has ended only where `ended` allows it."""
    try:
        found = versions().filter(code=codes.read(code)).first()
    except codes.CodeMistyped as error:
        raise Http404(str(error)) from error
    if found is None:
        raise Http404("No certificate has this code.")
    if found.erased:
        raise Http404("The files of this certificate were erased on the holder’s request. It can be verified still.")
    if not ended and mark_of(found):
        raise Http404("This certificate was revoked or replaced, so there is no badge or kit of it.")
    return found


def _given(version: CredentialVersion, form: str) -> bytes:
    return given(version, form, by=BY, at=clock.now())


def _attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _unlisted(response)
