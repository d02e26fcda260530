from django.apps import AppConfig


class Risk(AppConfig):
    name = "samenhang.risk"
    default_auto_field = "django.db.models.BigAutoField"
