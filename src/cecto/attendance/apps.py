from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "cecto.attendance"
    label = "attendance"

    def ready(self) -> None:
        """A settled session keeps its schedule until it is reopened."""
        from cecto.attendance.queries.settled import why_settled
        from cecto.classes.schedule.closing import closes_schedule

        closes_schedule(why_settled)
