from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "cecto.classes"
    label = "classes"
