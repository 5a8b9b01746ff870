"""What every template knows about the demo."""

from __future__ import annotations

from django.http import HttpRequest

from cecto.foundation import clock


def demo_clock(_request: HttpRequest) -> dict[str, object]:
    """`demo_now`: the demo's present instant, or None outside the demo."""
    return {"demo_now": clock.demo_now()}
