from django.apps import AppConfig


class Coordination(AppConfig):
    name = "samenhang.coordination"
    verbose_name = "Coordination"
