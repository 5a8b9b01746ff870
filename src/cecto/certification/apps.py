from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "cecto.certification"
    label = "certification"

    def ready(self) -> None:
        from cecto.audits.standing import awards_are_asked_of
        from cecto.certification.awards import awards_decided

        awards_are_asked_of(awards_decided)
