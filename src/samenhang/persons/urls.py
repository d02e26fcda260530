from django.urls import path

from samenhang.persons import views

app_name = "persons"
urlpatterns = [
    path("links/<slug:reference>/", views.link, name="link"),
    path("stopped-look-ups/", views.stopped_look_ups, name="stopped-look-ups"),
]
