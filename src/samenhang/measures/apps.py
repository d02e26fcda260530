from django.apps import AppConfig


class Measures(AppConfig):
    name = "samenhang.measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samenhang.cases.actions.closing import ASKED_BEFORE
        from samenhang.measures.actions.observing import check_observed

        ASKED_BEFORE.append(check_observed)
