from django.apps import AppConfig


class Oversight(AppConfig):
    name = "samenhang.oversight"
    verbose_name = "Oversight"
