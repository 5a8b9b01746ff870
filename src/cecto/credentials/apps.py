from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "cecto.credentials"
    label = "credentials"
