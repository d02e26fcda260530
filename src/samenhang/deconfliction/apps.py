from django.apps import AppConfig


class Deconfliction(AppConfig):
    name = "samenhang.deconfliction"
    verbose_name = "Deconfliction"
