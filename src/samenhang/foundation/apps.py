from django.apps import AppConfig


class Foundation(AppConfig):
    name = "samenhang.foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samenhang.foundation.inputs import say_what_to_do

        say_what_to_do()
