"""Addresses of the look itself."""

from __future__ import annotations

from django.urls import path

from cecto.foundation.ui.offline import worker
from cecto.foundation.ui.styleguide import styleguide

app_name = "ui"
urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("offline-worker.js", worker, name="worker"),
]
