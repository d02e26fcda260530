from django.apps import AppConfig


class Grounds(AppConfig):
    name = "samenhang.grounds"
    default_auto_field = "django.db.models.BigAutoField"
