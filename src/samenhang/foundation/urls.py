from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from samenhang.foundation import views

app_name = "foundation"
urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("language/", login_not_required(set_language), name="language"),
]
