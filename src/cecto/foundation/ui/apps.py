from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "cecto.foundation.ui"
    label = "ui"
