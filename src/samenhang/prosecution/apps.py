from django.apps import AppConfig


class Prosecution(AppConfig):
    name = "samenhang.prosecution"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samenhang.cases.actions.destroying import UNTOLD
        from samenhang.prosecution.models import CriminalCase

        UNTOLD.add(CriminalCase._meta.label)
