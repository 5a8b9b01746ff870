from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "cecto.attendance"
    label = "attendance"
