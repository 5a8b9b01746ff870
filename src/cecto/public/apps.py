from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "cecto.public"
    label = "public"
