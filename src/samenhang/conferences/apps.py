from django.apps import AppConfig


class Conferences(AppConfig):
    name = "samenhang.conferences"
    default_auto_field = "django.db.models.BigAutoField"
