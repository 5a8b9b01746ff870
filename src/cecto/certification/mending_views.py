"""Correcting a wrong word of a session or a piece of work, also after hours were recorded: shown first, then done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cecto.attendance.actions import AttendanceRefused, mend_words
from cecto.certification.mending import Mending, supposing_mended
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort, MeetingRevision
from cecto.classes.schedule.queries import Session, session_with_key
from cecto.classes.schedule.word_forms import LinkForm, TagsForm
from cecto.coursework import queries as coursework
from cecto.coursework.access import item_for
from cecto.coursework.actions import mend_item
from cecto.coursework.models import Item
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock
from cecto.ledger.models import Entry
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission


def _reason() -> forms.CharField:
    return forms.CharField(label=_("Why"), max_length=300, help_text=_("It stays with the record."))


class SessionWordsForm(LinkForm):
    """What a session is to a class, and why that is corrected."""

    def __init__(self, data: Any = None, *, cohort: Cohort, session: Session) -> None:
        super().__init__(data, cohort=cohort, session=session)
        self.fields["reason"] = _reason()


class WorkWordsForm(TagsForm):
    """The words of a piece of work, and why they are corrected."""

    competency = forms.ChoiceField(label=gettext_lazy("Competency"), required=False)
    field_order = ("competency", "category", "tags")

    def __init__(self, data: Any = None, *, item: Item) -> None:
        said: dict[str, object] = {
            "competency": item.competency,
            "category": item.category,
            "tags": ", ".join(item.tags),
        }
        super().__init__(data, cohort=item.cohort, initial=said)
        del self.fields["tracks"]
        self.fields["competency"] = self._competency(item.competency)
        self.fields["reason"] = _reason()


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def session_words(request: HttpRequest, key: str, session_key: str) -> HttpResponse:
    """What a session is to a class: a correction is shown with all it changes, then made."""
    cohort, at = cohort_for(viewer(request), key, Permission.RUN_CLASS), clock.now()
    prefetch_related_objects([cohort], "tracks__definition")
    try:
        found = session_with_key(session_key, known_at=at)
    except MeetingRevision.DoesNotExist as error:
        raise Http404("There is no such session.") from error
    if found.link_of(cohort) is None:
        raise Http404("This session does not count for this class.")
    form = SessionWordsForm(request.POST if request.method == "POST" else None, cohort=cohort, session=found)

    def act() -> None:
        told = {"reason": form.cleaned_data["reason"], "by": viewer(request).actor, "at": at}
        mend_words(meeting=found.meeting, cohort=cohort, plan=form.plan(), **told)

    return _answer(
        request,
        form,
        act,
        title=found.revision.title,
        readers=sorted({f"{link.cohort.name} ({link.cohort.program.name})" for link in found.links}),
        people=_people_of(Entry.objects.filter(activity__meeting_key=found.key)),
        back=reverse("classes:schedule", args=[key]),
    )


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def work_words(request: HttpRequest, key: str) -> HttpResponse:
    """The words of a piece of work: a correction is shown with all it changes, then made."""
    item = item_for(viewer(request), key, Permission.RUN_CLASS)
    form = WorkWordsForm(request.POST if request.method == "POST" else None, item=item)

    def act() -> None:
        found = {name: form.cleaned_data[name] for name in ("competency", "category", "tags", "reason")}
        mend_item(item=item, **found, by=viewer(request).actor, at=clock.now())

    return _answer(
        request,
        form,
        act,
        title=item.title,
        readers=[f"{item.cohort.name} ({item.cohort.program.name})"],
        people=_people_of(coursework.standing([item.key])),
        back=reverse("coursework:items", args=[item.cohort.key]),
    )


def _people_of(entries: Any) -> set[int]:
    return set(entries.values_list("person_id", flat=True))


def _answer(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], None],
    *,
    title: str,
    readers: list[str],
    people: Collection[int],
    back: str,
) -> HttpResponse:
    """The form; once it is filled in what it changes, with the button that does it; and then it is done."""
    mending: Mending | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "confirmed" in request.POST:
                act()
                messages.success(request, _("Corrected. Hours already recorded follow the new words."))
                return redirect(back)
            mending = supposing_mended(act, person_ids=people, at=clock.now())
        except (AttendanceRefused, WorkRefused) as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "mending": mending, "title": title, "readers": readers, "people": len(people)}
    status = 422 if form.errors else 200
    return render(request, "certification/words.html", context | {"back": back}, status=status)
