"""Publishing a definition: hand it in, read what it would mean, publish it with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cecto.audits import publication
from cecto.audits.comparing import comparison_table
from cecto.audits.forms.publication import HandInForm, PublishForm
from cecto.classes.importing.stored import StoredFile
from cecto.foundation import clock, evidence
from cecto.foundation.tables import Column, Table
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission, Viewer
from cecto.programs import trial
from cecto.programs.actions import Introduction, PublishRefused, UnknownTimeZone, publish_definition
from cecto.programs.drafts import Draft
from cecto.programs.markdown import as_html, rules_of
from cecto.programs.models import Definition
from cecto.requirements.problems import DefinitionErrors, Problem

_DEFINITION, _EXAMPLES = "definition", "examples"


@require_http_methods(["GET", "POST"])
@staff(Permission.PUBLISH)
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand in a definition with its example persons; text that can be read leads to the preview."""
    form = HandInForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        elsewhere = of_another_program(form.drafted, viewer(request))
        if not elsewhere:
            return redirect("audits:publication", *kept(form.drafted))
        form.add_error(_DEFINITION, elsewhere)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "audits/publish.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.PUBLISH)
def preview(request: HttpRequest, definition: str, examples: str) -> HttpResponse:
    """What publishing would mean: what is wrong, the rules in English, example persons, whose outcome would change."""
    draft = _handed_in(definition, examples)
    if of_another_program(draft, viewer(request)):
        raise Http404("This is a definition of another program.")
    shown = publication.preview(draft, viewer(request), at=clock.now())
    meaning = shown.meaning
    form = PublishForm(
        request.POST if request.method == "POST" else None, introduces=bool(meaning and meaning.introduces)
    )
    if form.is_valid() and (published := _published(request, draft, form)):
        return redirect("programs:definition", published.key)
    context = {
        "preview": shown,
        "meaning": meaning,
        "form": form if shown.ready else None,
        "problems": _problems(shown.problems, draft),
        "examples": trial.as_table(_("Example persons"), meaning.tried, whole=False) if meaning else None,
        "every": trial.as_table(_("Everything expected of them"), meaning.tried) if meaning else None,
        "otherwise": sum(bool(one.differences) for one in meaning.tried) if meaning else 0,
        "explained": as_html(rules_of(meaning.explained)) if meaning else "",
        "classes": [(one, _named(one)) for one in meaning.classes] if meaning else [],
        "again": HandInForm(auto_id="again_%s", initial=_as_text(draft)),
        "crumbs": [*_crumbs(), (_("Publish a definition"), reverse("audits:publish"))],
    }
    return render(request, "audits/publication.html", context, status=422 if form.errors else 200)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Definitions"), reverse("programs:definitions"))]


def of_another_program(draft: Draft, looking: Viewer) -> str:
    """Why the viewer may not publish this draft: it is another program's; empty when they may, or nobody can tell."""
    try:
        program = draft.parsed().program
    except DefinitionErrors:
        return ""
    if looking.may(Permission.PUBLISH, program):
        return ""
    mine = ", ".join(f"“{code}”" for code in looking.program_codes(Permission.PUBLISH))
    said = _("This is a definition of the program “%(program)s”; you publish those of %(mine)s.")
    return said % {"program": program, "mine": mine}


def kept(draft: Draft) -> tuple[str, str]:
    """The tokens that stand for a draft in the address of its preview, so that it can be left and found again."""
    definition = StoredFile(_DEFINITION, evidence.store(draft.text.encode()), draft.name)
    examples = StoredFile(_EXAMPLES, evidence.store(draft.examples.encode()), draft.examples_name)
    return definition.token, examples.token


def _handed_in(definition: str, examples: str) -> Draft:
    found, beside = StoredFile.of(definition, _DEFINITION), StoredFile.of(examples, _EXAMPLES)
    return Draft.read(found.name, evidence.load(found.sha256), evidence.load(beside.sha256))


def _published(request: HttpRequest, draft: Draft, form: PublishForm) -> Definition | None:
    found = form.cleaned_data
    name = found.get("program_name")
    at = clock.now()
    try:
        row = publish_definition(
            draft=draft,
            reason=found["reason"],
            introduced=Introduction(name, found["time_zone"]) if name else None,
            by=viewer(request).actor,
            at=at,
        )
    except UnknownTimeZone as error:
        form.add_error("time_zone", str(error))
        return None
    except PublishRefused as error:
        form.add_error(None, str(error))
        return None
    if row.published_at == at:
        messages.success(
            request, _("Published for good. No class is held to it yet: each is moved on its Versions page.")
        )
    else:
        messages.info(request, _("This very text was published already; nothing has changed."))
    return row


def _problems(problems: list[Problem], draft: Draft) -> Table:
    columns = (
        Column(_("Where")),
        Column(_("The line")),
        Column(_("Requirement")),
        Column(_("What is wrong")),
        Column(_("What to do")),
    )
    rows = [(_where(one, draft), _line(one, draft), one.node, one.message, one.suggestion) for one in problems]
    return Table(_("What to mend"), columns, rows)


def _line(problem: Problem, draft: Draft) -> str:
    """The beginning of the line that a problem is in: nobody should have to count lines."""
    text = draft.examples if problem.file == draft.examples_name else draft.text
    lines = text.splitlines()[problem.line - 1 : problem.line]
    return lines[0].strip()[:60] if lines else ""


def _where(problem: Problem, draft: Draft) -> str:
    file = _("Example persons") if problem.file == draft.examples_name else _("Definition")
    place = _("%(file)s, line %(line)d, column %(column)d")
    return place % {"file": file, "line": problem.line, "column": problem.column}


def _named(one: publication.InClass) -> Table | None:
    """Who and what, for those who may see records; others are told the numbers."""
    title = _("Whose outcome would change in %(name)s") % {"name": one.cohort.name}
    return comparison_table(title, one.people) if one.named else None


def _as_text(draft: Draft) -> dict[str, str]:
    return {"definition_text": draft.text, "examples_text": draft.examples, "name": draft.name}
