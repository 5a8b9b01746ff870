"""Template tags of the look. They are loaded into every template; {% load %} is not needed.

docs/how-to/make-a-page.md lists them with examples.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.paginator import Page
from django.forms import BoundField
from django.template import Library
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cecto.foundation.ui import fields, statuses, words
from cecto.foundation.ui.pictures.grid import GridCell
from cecto.requirements.english import phrases

register = Library()
SCALE = 1000


@register.simple_tag
@cache
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of tools/ui/icons.txt. With a label it speaks for itself; without, the text beside it does."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {} focusable="false"><use href="{}#{}"/></svg>',
        f"app-icon {css}".strip(),
        spoken,
        _sprite(),
        name,
    )


@cache
def _sprite() -> str:
    return static("ui/icons.svg")


@register.simple_tag
def status(value: str, label: str = "") -> SafeString:
    """A status by color, sign and word; `label` says it in other words."""
    sign = statuses.sign_of(value)
    return format_html(
        '<span class="app-status app-status--{}">{}{}</span>', sign.tone, icon(sign.icon), label or sign.label
    )


@register.simple_tag
def grid_cell(cell: GridCell) -> SafeString:
    """One cell of the class grid: its text, and in words what color and sign say."""
    sign = cell.sign
    said = f". {sign.label}. {cell.sentence}".rstrip() if cell.text else f". {cell.sentence}".rstrip(". ")
    inside = format_html('{} {}<span class="usa-sr-only">{}</span>', icon(sign.icon), cell.text or sign.label, said)
    if cell.href:
        inside = format_html('<a href="{}">{}</a>', cell.href, inside)
    return format_html('<td class="app-grid__cell app-cell--{}" title="{}">{}</td>', sign.tone, cell.sentence, inside)


@register.filter
def office(code: str) -> str:
    """An office as people say it: {{ "dpi-liaison"|office }} -> the DPI liaison."""
    return phrases.office(code)


@register.filter
def offices(codes: Iterable[str], final: str = "and") -> str:
    """Offices as people say them: {{ codes|offices:"or" }} -> the program director or the DPI liaison."""
    said = [phrases.office(code) for code in codes]
    return phrases.listed(said, final) if said else ""


@register.filter(name="hours")
def hours_filter(minutes: int) -> str:
    """Minutes as hours, plain text: {{ minutes|hours }} -> 6.5 h."""
    return words.hours(minutes)


@register.simple_tag
def hours(minutes: int | None) -> SafeString:
    """Minutes as hours in tabular figures, a dash for None: {% hours 390 %} -> 6.5 h."""
    return format_html('<span class="app-num">{}</span>', "\N{EM DASH}" if minutes is None else words.hours(minutes))


@register.simple_tag
def local_time(value: datetime, zone: str | None = None) -> SafeString:
    """An instant in the program's zone, the zone shown."""
    local = words.in_zone(value, zone)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words.instant(value, zone))


@register.simple_tag
def local_clock(value: datetime, zone: str | None = None) -> SafeString:
    """The time of day of an instant in the program's zone, where day and zone are plain."""
    return format_html(
        '<time datetime="{}">{}</time>', words.in_zone(value, zone).isoformat(), words.clock(value, zone)
    )


@register.simple_tag
def local_span(start: datetime, end: datetime, zone: str | None = None) -> SafeString:
    """From one instant to another in the program's zone, the zone shown."""
    local = words.in_zone(start, zone)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words.span(start, end, zone))


@register.simple_tag
def local_date(value: date) -> SafeString:
    """A date: Tue, Aug 11, 2015. For an instant, its date in the program's zone."""
    shown = words.in_zone(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', shown.isoformat(), words.day(shown))


@register.simple_tag
def moment_words(value: object) -> SafeString | str:
    """An instant, a date or plain words, as a timeline says it."""
    if isinstance(value, datetime):
        return local_time(value)
    return local_date(value) if isinstance(value, date) else str(value)


@register.filter
def first_input(bound: BoundField) -> str:
    """The id of a field's input, for links to it."""
    return fields.first_input(bound)


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One form field with label, hint, errors and input."""
    kind = fields.kind_of(bound)
    drawn = {"options": fields.options(bound)} if kind == "choices" else {"control": fields.control(bound)}
    return {"field": bound, "kind": kind, "described_by": fields.described_by(bound), **drawn}


@register.inclusion_tag("ui/_progress.html")
def progress(
    value: int, target: int, coming: int = 0, label: str = "", unit: str = "minutes", *, full: bool = True
) -> dict[str, object]:
    """A bar: how far, what is scheduled, what is left. Minutes are shown as hours; any other unit is said as it is.

    Without `full` it is never drawn full: what it measures is done, and the whole is not.
    """
    return _progress(value, target, coming, label, unit, full=full)


@register.inclusion_tag("ui/_progress_ring.html")
def progress_ring(
    value: int, target: int, coming: int = 0, label: str = "", unit: str = "minutes", *, full: bool = True
) -> dict[str, object]:
    """A ring, for the one figure a page is about. Same arguments as `progress`."""
    return _progress(value, target, coming, label, unit, full=full)


@register.filter
def page_numbers(page: Page[Any]) -> list[int]:
    """The page numbers to offer; 0 stands for a gap."""
    offered = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in offered]


@register.inclusion_tag("ui/_nav_link.html", takes_context=True)
def nav_link(context: Context, label: str, name: str, apart: str = "") -> dict[str, object]:
    """One item of the main navigation; nothing when no page has that name, or its door is shut to the viewer.

    Current on its page and those below, but not below the pages named in `apart`, which have items of their own.
    """
    href = way_in(context, name)
    path = getattr(context.get("request"), "path", "")
    others = [_address(other) for other in apart.split()]
    return {"label": label, "href": href, "current": _is_under(path, href) and not _is_under(path, *others)}


@register.inclusion_tag("ui/_tab.html", takes_context=True)
def tab(context: Context, label: str, name: str, key: str, program: str = "") -> dict[str, object]:
    """One tab of the pages about one thing with a key, of the program with this code. Current on that page.

    Nothing when no page has that name, or its door is shut to the viewer.
    """
    href = way_in(context, name, key, program=program)
    return {"label": label, "href": href, "current": getattr(context.get("request"), "path", "") == href}


@register.simple_tag(takes_context=True)
def way_in(context: Context, name: str, *arguments: str, program: str = "") -> str:
    """The address of a page if the viewer may open it, in the program with this code; else nothing."""
    href = _address(name, *arguments)
    may_open = context.get("viewer_may_open")
    return href if href and (may_open is None or may_open(href, program)) else ""


def _address(name: str, *arguments: str) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _is_under(path: str, *addresses: str) -> bool:
    return any(path == address or (len(address) > 1 and path.startswith(address)) for address in addresses)


def _progress(value: int, target: int, coming: int, label: str, unit: str, *, full: bool) -> dict[str, object]:
    done, whole = _amount(value, unit), _amount(target, unit)
    most = 100 if full else 99
    share = min(most, words.percent(value, target))
    return {
        "label": label,
        "done": done,
        "whole": whole,
        "percent": share,
        "met": full and value >= target,
        "filled": min(most * 10, _part(value, target)),
        "reach": _part(value + coming, target),
        "sentence": _sentence(label, done, whole, share, _amount(coming, unit) if coming else ""),
    }


def _sentence(label: str, done: str, whole: str, share: int, coming: str) -> str:
    said = _("%(done)s of %(whole)s (%(share)s%%)") % {"done": done, "whole": whole, "share": share}
    if coming:
        said = _("%(said)s, %(coming)s more scheduled") % {"said": said, "coming": coming}
    return f"{label}: {said}." if label else f"{said}."


def _amount(value: int, unit: str) -> str:
    return words.hours(value) if unit == "minutes" else f"{value} {unit}".strip()


def _part(value: int, target: int) -> int:
    if target <= 0:
        return SCALE
    return max(0, min(SCALE, value * SCALE // target))
