"""Django form fields as the design system draws them."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField, widgets
from django.utils.safestring import SafeString

_CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxInput, "usa-checkbox__input"),
    (widgets.ClearableFileInput, "app-file"),
    (widgets.FileInput, "app-file"),
    (widgets.Textarea, "usa-textarea"),
    (widgets.Select, "usa-select"),
    (widgets.Input, "usa-input"),
)


@dataclass(frozen=True)
class Option:
    """One radio button or checkbox of a group. `kind` is "radio" or "checkbox"."""

    kind: str
    control: SafeString
    id: str
    label: str


def kind_of(field: BoundField) -> str:
    """How a field is laid out: "choices" (a group), "box" (one checkbox) or "line"."""
    widget = field.field.widget
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    return "box" if isinstance(widget, widgets.CheckboxInput) else "line"


def described_by(field: BoundField) -> str:
    """The ids of the hint and the error that belong to the field, for aria-describedby."""
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    return " ".join([*ids, f"{field.auto_id}-error"] if field.errors else ids)


def first_input(field: BoundField) -> str:
    """The id of the input to go to: the field's own, or the first of its group."""
    return f"{field.auto_id}_0" if kind_of(field) == "choices" else str(field.id_for_label)


def control(field: BoundField) -> SafeString:
    """The input of a field with its class, description and validity."""
    attrs: dict[str, str | bool] = {"class": _class_of(field)}
    if described_by(field):
        attrs["aria-describedby"] = described_by(field)
    return field.as_widget(attrs=attrs)


def options(field: BoundField) -> list[Option]:
    """The inputs of a group of choices."""
    # Django's checkboxes are a kind of its radio buttons, so they are asked for first.
    kind = "checkbox" if isinstance(field.field.widget, widgets.CheckboxSelectMultiple) else "radio"
    return [_option(kind, subwidget) for subwidget in field.subwidgets]


def _option(kind: str, subwidget: object) -> Option:
    data = subwidget.data  # type: ignore[attr-defined]
    data["attrs"]["class"] = f"usa-{kind}__input"
    return Option(kind, subwidget.tag(wrap_label=False), data["attrs"]["id"], str(data["label"]))  # type: ignore[attr-defined]


def _class_of(field: BoundField) -> str:
    widget = field.field.widget
    own = str(widget.attrs.get("class", ""))
    drawn = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
    wrong = "usa-input--error" if field.errors and drawn.startswith("usa-") else ""
    return " ".join(filter(None, [drawn, wrong, own]))
