from django.apps import AppConfig


class Criteria(AppConfig):
    name = "samenhang.criteria"
    default_auto_field = "django.db.models.BigAutoField"
