"""Definitions written for their author to go on with: a first one from answers, and next year's from this year's."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.audits.forms.drafting import NewDefinitionForm, NextYearForm
from cecto.audits.views.publication import kept, of_another_program
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission
from cecto.programs.access import published_definition
from cecto.programs.drafts import Draft
from cecto.programs.models import Definition
from cecto.requirements import parse
from cecto.requirements.drafting.next_year import NextYear, NoNextYear, next_year
from cecto.requirements.drafting.writing import write_definition


@require_http_methods(["GET", "POST"])
@staff(Permission.PUBLISH)
def new(request: HttpRequest) -> HttpResponse:
    """A dozen questions; the definition written from the answers leads to its preview."""
    form = NewDefinitionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        written = write_definition(form.answers)
        draft = Draft(f"{form.answers.program}.yaml", written.definition, written.examples)
        elsewhere = of_another_program(draft, viewer(request))
        if not elsewhere:
            return redirect("audits:publication", *kept(draft))
        form.add_error("program", elsewhere)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "audits/new_definition.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.PUBLISH)
def following(request: HttpRequest, key: str) -> HttpResponse:
    """Next year's definition from a published one: what changed is told, and its preview follows."""
    found = published_definition(key)
    if not viewer(request).may(Permission.PUBLISH, found.program.code):
        raise Http404("This is a definition of another program.")
    form = NextYearForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = next_year(parse(found.text, name=found.key), found.examples, form.cleaned_data["first_day"])
        except NoNextYear as error:
            form.add_error("first_day", str(error))
        else:
            _tell(request, made)
            return redirect("audits:publication", *kept(_draft(found, made)))
    context = {
        "definition": found,
        "form": form,
        "crumbs": [*_crumbs(), (found.title, reverse("programs:definition", args=[found.key]))],
    }
    return render(request, "audits/next_year.html", context, status=422 if form.errors else 200)


def _draft(found: Definition, made: NextYear) -> Draft:
    return Draft(f"{found.program.code}-{found.track}.yaml", made.written.definition, made.written.examples)


def _tell(request: HttpRequest, made: NextYear) -> None:
    messages.info(request, " ".join(made.changes))
    if made.kept:
        messages.info(request, " ".join(made.kept))


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Definitions"), reverse("programs:definitions"))]
