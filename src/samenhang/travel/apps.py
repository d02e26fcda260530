from django.apps import AppConfig


class Travel(AppConfig):
    name = "samenhang.travel"
    default_auto_field = "django.db.models.BigAutoField"
