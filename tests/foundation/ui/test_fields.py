"""Form fields as the design system draws them, with their words tied to their inputs."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template

from cecto.foundation.ui import fields


class Example(forms.Form):
    name = forms.CharField(help_text="As on the certificate.")
    track = forms.ChoiceField(choices=[("td", "Director")])
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    days = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=[("1", "First"), ("2", "Second")])
    agreed = forms.BooleanField()
    report = forms.FileField(required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)


def drawn(form: forms.Form, name: str) -> str:
    return Template("{% field bound %}").render(Context({"bound": form[name]}))


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("name", "usa-input"),
        ("track", "usa-select"),
        ("agreed", "usa-checkbox__input"),
        ("report", "app-file"),
        ("note", "usa-textarea"),
    ],
)
def test_each_kind_of_input_has_its_class(name: str, css: str) -> None:
    assert f'class="{css}"' in fields.control(Example()[name])


@pytest.mark.parametrize(
    ("name", "kind"), [("name", "line"), ("kind", "choices"), ("days", "choices"), ("agreed", "box")]
)
def test_each_field_has_its_layout(name: str, kind: str) -> None:
    assert fields.kind_of(Example()[name]) == kind


def test_choices_are_radio_buttons_or_checkboxes_each_with_its_label() -> None:
    assert [(option.kind, option.id, option.label) for option in fields.options(Example()["days"])] == [
        ("checkbox", "id_days_0", "First"),
        ("checkbox", "id_days_1", "Second"),
    ]
    assert [option.kind for option in fields.options(Example()["kind"])] == ["radio", "radio"]


def test_an_input_points_to_its_hint_and_its_error() -> None:
    refused = Example({})
    html = drawn(refused, "name")
    (described,) = re.findall(r'aria-describedby="([^"]+)"', html)
    assert described.split() == ["id_name-hint", "id_name-error"]
    assert [f'id="{name}"' in html for name in described.split()] == [True, True]
    assert 'aria-invalid="true"' in html
    assert "usa-form-group--error" in html


def test_a_group_is_a_fieldset_with_its_question_as_legend() -> None:
    html = drawn(Example({}), "kind")
    assert html.count("<fieldset") == html.count("<legend") == 1
    assert 'aria-describedby="id_kind-error"' in html
    assert html.count('class="usa-radio__input"') == 2


def test_only_optional_fields_say_so() -> None:
    assert "(optional)" in drawn(Example(), "note")
    assert "(optional)" not in drawn(Example(), "name")


def test_a_label_that_looks_like_html_stays_text() -> None:
    form = Example()
    form.fields["name"].label = "<b>Name</b>"
    assert "&lt;b&gt;Name&lt;/b&gt;" in drawn(form, "name")


def test_the_summary_leads_to_every_refused_field() -> None:
    html = Template('{% include "ui/_form.html" with submit="Save" %}').render(Context({"form": Example({})}))
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_name", "id_track", "id_kind_0", "id_days_0", "id_agreed"]
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_a_form_with_a_file_is_sent_in_parts() -> None:
    html = Template('{% include "ui/_form.html" %}').render(Context({"form": Example()}))
    assert 'enctype="multipart/form-data"' in html
