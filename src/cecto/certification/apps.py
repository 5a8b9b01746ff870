from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "cecto.certification"
    label = "certification"
