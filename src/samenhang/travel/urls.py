from django.urls import path

from samenhang.travel import views

app_name = "travel"
urlpatterns = [
    path("travel/", views.messages, name="messages"),
    path("travel/upload/", views.upload, name="upload"),
    path("travel/messages/<str:reference>/", views.message, name="message"),
    path("travel/quarantine/", views.quarantine, name="quarantine"),
    path("travel/quarantine/<str:reference>/", views.settle, name="settle"),
    path("travel/legal-basis/", views.bases, name="bases"),
    path("travel/legal-basis/<str:basis>/end/", views.switch_off, name="switch-off"),
]
