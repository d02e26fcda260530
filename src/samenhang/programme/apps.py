from django.apps import AppConfig


class Programme(AppConfig):
    name = "samenhang.programme"
    verbose_name = "Programme"
