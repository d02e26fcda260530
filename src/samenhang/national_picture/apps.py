from django.apps import AppConfig


class NationalPicture(AppConfig):
    name = "samenhang.national_picture"
    default_auto_field = "django.db.models.BigAutoField"
