from django.apps import AppConfig


class Judging(AppConfig):
    name = "samenhang.judging"
    default_auto_field = "django.db.models.BigAutoField"
