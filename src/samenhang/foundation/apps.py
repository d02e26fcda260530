from django.apps import AppConfig


class Foundation(AppConfig):
    name = "samenhang.foundation"
    default_auto_field = "django.db.models.BigAutoField"
