from django.urls import path

from samenhang.deconfliction import views

app_name = "deconfliction"
urlpatterns = [
    path("no-objection/", views.windows, name="windows"),
    path("no-objection/<slug:reference>/", views.window, name="window"),
    path("no-objection/<slug:reference>/lift/", views.lift, name="lift"),
]
