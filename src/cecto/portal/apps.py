from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cecto.portal"
    label = "portal"
