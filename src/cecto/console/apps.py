from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "cecto.console"
    label = "console"
