from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "cecto.foundation.journal"
    label = "journal"
