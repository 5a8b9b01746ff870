"""The shape of an exception: what it needs depends on the requirement's unit and on what the definition allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from cecto.audits.amounts import LABELS
from cecto.audits.letter import KINDS
from cecto.audits.models import ExceptionGrant
from cecto.foundation.papers import Paper
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node
from cecto.requirements.english.phrases import office as said_of_office
from cecto.requirements.facts import Entry

Kind = ExceptionGrant.Kind
# The field that each kind cannot do without, and how to ask for it.
_NEEDS = {
    Kind.LOWER: [("amount", "Say how low the target becomes.")],
    Kind.REVALUE: [("entry", "Choose the entry."), ("amount", "Say what the entry is worth.")],
    Kind.ACCEPT: [("entry", "Choose the entry.")],
    Kind.EXCLUDE: [("entry", "Choose the entry.")],
    Kind.EXTEND: [("until", "Say until when.")],
    Kind.REPLACE: [("other", "Choose the requirement that stands in.")],
}


class GrantForm(forms.Form):
    """An exception on one requirement. `kinds` are those offered; the definition may allow fewer."""

    kind = forms.ChoiceField(label="What is excepted")
    amount = forms.DecimalField(required=False, min_value=0, max_value=100_000, decimal_places=2)
    entry = forms.ChoiceField(label="Entry", required=False, help_text="Which entry of the record it is about.")
    until = forms.DateField(
        label="Extended until",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text="For more time: the last day that counts.",
    )
    other = forms.ChoiceField(label="Requirement that stands in", required=False)
    office = forms.ChoiceField(label="In the name of")
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="What happened, and why the office allows it. It is kept with the certificate’s record.",
    )
    paper = forms.FileField(
        label="Evidence",
        required=False,
        max_length=300,
        help_text="A PDF, PNG or JPEG, at most 10 MB. Only staff can download it.",
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def __init__(
        self,
        *args: Any,
        node: Node,
        unit: str,
        rules: Rules,
        offices: Sequence[str],
        entries: Sequence[Entry] = (),
        kinds: Collection[str] = tuple(Kind.values),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        allowed = _allowed(node, kinds)
        by = [one for one in offices if node.waivable and one in node.waivable.by]
        self._choices("kind", [choice for choice in Kind.choices if choice[0] in allowed])
        self._choices("office", [(one, said_of_office(one)) for one in by])
        self._choices("entry", [("", "None"), *((entry.id, _said(entry)) for entry in entries)])
        self._choices("other", [("", "None"), *((other.id, other.title or other.id) for other in _others(rules, node))])
        self._name_amount(allowed)
        needed = {name for kind in allowed for name, _ in _NEEDS.get(Kind(kind), [])}
        for name in {"amount", "entry", "until", "other"} - needed:
            del self.fields[name]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def _name_amount(self, allowed: Collection[str]) -> None:
        field = self.fields["amount"]
        field.label = LABELS[self.unit]
        uses = [text for kind, text in [("lower", "the lower target"), ("revalue", "what the entry is worth")]]
        field.help_text = f"For {' or '.join(uses if {'lower', 'revalue'} <= set(allowed) else uses[:1])}."

    def clean(self) -> dict[str, Any]:
        """Asks for what the chosen kind cannot do without."""
        found: dict[str, Any] = super().clean() or {}
        for name, question in _NEEDS.get(found.get("kind", ""), []):
            if name not in self.errors and found.get(name) in {None, ""}:
                self.add_error(name, question)
        if found.get("until") == date.max:
            self.add_error("until", "Write an earlier day.")
        amount = found.get("amount")
        if amount is not None and self.unit != "minutes" and amount != int(amount):
            self.add_error("amount", "Give a whole number.")
        return found

    def granted(self) -> dict[str, Any]:
        """What the form says, as `grant_exception` takes it, but for the entry. Reads the file: call it once."""
        found = self.cleaned_data
        kind = Kind(found["kind"])
        needed = {name for name, _ in _NEEDS.get(kind, [])}
        amount = found.get("amount") if "amount" in needed else None
        return {
            "kind": kind,
            "office": found["office"],
            "reason": found["reason"],
            "amount": None if amount is None else round(amount * (60 if self.unit == "minutes" else 1)),
            "until": found["until"] + timedelta(days=1) if "until" in needed else None,
            "other_node": found.get("other", "") if "other" in needed else "",
            "paper": _paper(found.get("paper")),
        }

    @property
    def chosen_entry(self) -> str:
        """The id of the entry that the kind is about; empty for the other kinds."""
        about_one = {name for name, _ in _NEEDS.get(Kind(self.cleaned_data["kind"]), [])}
        return str(self.cleaned_data.get("entry", "")) if "entry" in about_one else ""


class ClassGrantForm(GrantForm):
    """The same exception for everyone in these tracks."""

    tracks = forms.MultipleChoiceField(label="For everyone in", widget=forms.CheckboxSelectMultiple)
    field_order = ("tracks",)

    def __init__(self, *args: Any, tracks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("tracks", list(tracks))


class ReasonForm(forms.Form):
    """Why something is taken back; for one of many that were granted at once, whether the others are too."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}), max_length=300)
    everyone = forms.BooleanField(required=False)

    def __init__(self, *args: Any, together: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["everyone"].label = f"For all {together} people it was granted to at once"
        if together < 2:
            del self.fields["everyone"]


def _allowed(node: Node, kinds: Collection[str]) -> set[str]:
    may = node.waivable
    return set(kinds) & (set(may.kinds) if may and may.kinds else set(Kind.values))


def _others(rules: Rules, node: Node) -> list[Node]:
    """The requirements of the same part that may stand in for this one: none that holds it."""
    part = rules.part_of(node.id)
    return [
        other
        for other in rules.nodes.values()
        if rules.part_of(other.id) == part and all(inner.id != node.id for inner in other.walk())
    ]


def _said(entry: Entry) -> str:
    return f"{entry.occurred_on:%b %-d, %Y}: {entry.activity.title}, {KINDS[entry.kind].lower()}"


def _paper(file: Any) -> Paper | None:
    return Paper(file.read(), file.name or "evidence") if file else None
