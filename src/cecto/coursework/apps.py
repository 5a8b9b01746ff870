from django.apps import AppConfig


class CourseworkConfig(AppConfig):
    name = "cecto.coursework"
    label = "coursework"
