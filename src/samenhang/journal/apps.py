from django.apps import AppConfig


class Journal(AppConfig):
    name = "samenhang.journal"
    default_auto_field = "django.db.models.BigAutoField"
