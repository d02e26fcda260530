from django.urls import path

from samenhang.coordination import views

app_name = "coordination"
urlpatterns = [
    path("coordination/", views.index, name="index"),
    path("coordination/<slug:reference>/ask/", views.ask, name="ask"),
    path("coordination/requests/<slug:reference>/", views.request_page, name="request"),
]
