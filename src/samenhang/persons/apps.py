from django.apps import AppConfig


class Persons(AppConfig):
    name = "samenhang.persons"
    default_auto_field = "django.db.models.BigAutoField"
