"""Addresses of signing in."""

from __future__ import annotations

from django.urls import include, path

from cecto.people.demo_links import demo_sign_in
from cecto.people.start import start

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("demo/sign-in/<str:token>/", demo_sign_in, name="demo-sign-in"),
    path("start/", start, name="start"),
]
