from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "cecto.audits"
    label = "audits"
