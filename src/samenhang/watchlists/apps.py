from django.apps import AppConfig


class Watchlists(AppConfig):
    name = "samenhang.watchlists"
    default_auto_field = "django.db.models.BigAutoField"
