from django.apps import AppConfig


class Exchange(AppConfig):
    name = "samenhang.exchange"
    default_auto_field = "django.db.models.BigAutoField"
