"""Pages for what people of a class bring: seen, recorded, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort
from cecto.coursework.credit.forms import BackgroundForm, TakeBackForm
from cecto.coursework.frame import people_of, work_crumbs
from cecto.foundation import clock, evidence
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.ledger.actions import LedgerError
from cecto.ledger.background import brought, record_background, take_back_background
from cecto.ledger.models import Background
from cecto.ledger.queries import background_of
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def background(request: HttpRequest, key: str) -> HttpResponse:
    """What people bring, and the form to record more of it."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    people, today = people_of(cohort), clock.today(cohort.program.time_zone)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BackgroundForm(*sent, people=people, today=today)
    if form.is_valid() and _recorded(request, form):
        return redirect("coursework:background", key)
    rows = background_of([one.pk for one in people], known_at=clock.now()).select_related("person")
    table = Table(_("What people bring"), _columns(), [_row(row, cohort) for row in rows])
    context = {"cohort": cohort, "form": form, "table": table, "crumbs": _crumbs(cohort)}
    return render(request, "coursework/credit/background.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def take_back(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """Take back what was recorded, with a reason."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    found = Background.objects.filter(pk=row, person__in=people_of(cohort), reverses=None).first()
    if found is None:
        raise Http404("There is no such fact about anybody in this class.")
    form, back = TakeBackForm(request.POST or None), reverse("coursework:background", args=[key])
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], viewer(request).actor
        try:
            take_back_background(background=found, reason=reason, by=by, at=clock.now())
        except LedgerError as error:
            messages.error(request, str(error))
        return redirect(back)
    context = {
        "heading": _("Take this back?"),
        "question": f"{found.person.name}: {found.get_kind_display()}, {found.of} {found.said}".rstrip(),
        "form": form,
        "submit": _("Take back"),
        "cancel": back,
        "crumbs": [*_crumbs(cohort), (_("What people bring"), back)],
    }
    return render(request, "ui/confirm.html", context, status=422 if request.method == "POST" else 200)


def _recorded(request: HttpRequest, form: BackgroundForm) -> bool:
    given = form.cleaned_data
    kind = Background.Kind(given["kind"])
    try:
        record_background(
            person=given["person"],
            kind=kind,
            of=given["of"],
            on=given["on"],
            **brought(kind, given["given"]),
            evidence_sha256=evidence.store(given["evidence"].read()) if given["evidence"] else "",
            by=viewer(request).actor,
            at=clock.now(),
        )
    except LedgerError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Recorded for %(name)s.") % {"name": given["person"].name})
    return True


def _columns() -> tuple[Column, ...]:
    names = [_("Person"), _("Kind"), _("Of what"), _("How much")]
    return (*map(Column, names), Column(_("Since"), Kind.DATE), Column(_("Change")))


def _row(row: Background, cohort: Cohort) -> list[Value]:
    back = Link(_("Take back"), reverse("coursework:take-back-background", args=[cohort.key, row.pk]))
    return [row.person.name, row.get_kind_display(), row.of, row.said, row.occurred_on, back]


def _crumbs(cohort: Cohort) -> list[tuple[str, str]]:
    return [*work_crumbs(cohort), (_("Make-ups and more"), reverse("coursework:credit", args=[cohort.key]))]
