"""The two pages of an import, for any kind of file."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cecto.classes.importing.forms import Acceptance, FileForm
from cecto.classes.importing.kinds import FileKind, P, PreviewChanged, W
from cecto.classes.importing.stored import StoredFile
from cecto.foundation import clock, evidence
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.tables import download
from cecto.people.access import staff, viewer

Upload = Callable[[HttpRequest, str], HttpResponse]
Preview = Callable[[HttpRequest, str, str], HttpResponse]


def pages(kind: FileKind[P, W]) -> tuple[Upload, Preview]:
    """The page that takes a file of this kind and the page that shows what it would do, for those who may."""

    @require_http_methods(["GET", "POST"])
    @staff(kind.permission)
    def upload(request: HttpRequest, key: str) -> HttpResponse:
        return _upload(request, kind.reach(viewer(request), key), kind)

    @require_http_methods(["GET", "POST"])
    @staff(kind.permission)
    def preview(request: HttpRequest, key: str, token: str) -> HttpResponse:
        place = kind.reach(viewer(request), key)
        return _preview(request, place, StoredFile.of(token, place.key), kind)

    return upload, preview


def _upload(request: HttpRequest, place: W, kind: FileKind[P, W]) -> HttpResponse:
    """Choose a file; one that can be read leads to its preview."""
    form = FileForm(_posted(request), request.FILES or None, label=kind.label, row=kind.row)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            kind.look(content, file.name, place, clock.now())
        except SheetRefused as refused:
            for problem in refused.first():
                form.add_error("file", problem)
        else:
            stored = StoredFile(place.key, evidence.store(content), file.name)
            return redirect(kind.preview, place.key, stored.token)
    context = {
        "place": place,
        "cohort": place,
        "form": form,
        "kind": kind,
        "crumbs": kind.crumbs(place),
        **_words(kind, place),
    }
    return render(request, "classes/importing/upload.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, place: W, file: StoredFile, kind: FileKind[P, W]) -> HttpResponse:
    """What the file would do; accepting does it, unless something has changed since it was shown."""
    form = Acceptance(_posted(request))
    refusals: tuple[type[Exception], ...] = (PreviewChanged, *kind.refusals)
    if request.method == "POST" and form.is_valid():
        try:
            said = kind.accept(file, place, form.cleaned_data["fingerprint"], viewer(request).actor, clock.now())
        except refusals as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect(kind.after, place.key)
    try:
        shown = kind.look(evidence.load(file.sha256), file.name, place, clock.now())
    except SheetRefused as refused:
        messages.error(request, str(refused))
        return redirect(kind.upload, place.key)
    table = kind.table(shown)
    context = _shown(shown, place, kind) | {"table": table, "refused": form if form.errors else None}
    answer = download(request, table)
    return answer or render(request, "classes/importing/preview.html", context, status=422 if form.errors else 200)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, an empty form included; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _shown(shown: P, place: W, kind: FileKind[P, W]) -> dict[str, object]:
    again = reverse(kind.upload, args=[place.key])
    return {
        "place": place,
        "cohort": place,
        "kind": kind,
        "preview": shown,
        "summary": kind.summary(shown),
        "button": kind.button(shown),
        "form": Acceptance(initial={"fingerprint": shown.fingerprint}),
        "again": again,
        "crumbs": [*kind.crumbs(place), (kind.title, again)],
    }


def _words(kind: FileKind[P, W], place: W) -> dict[str, str]:
    names = {"name": place.name, "zone": place.time_zone}
    return {"lead": str(kind.lead) % names, "note": str(kind.note) % names}
