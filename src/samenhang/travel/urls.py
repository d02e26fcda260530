from django.urls import path

from samenhang.travel import views

app_name = "travel"
urlpatterns = [
    path("travel/", views.messages, name="messages"),
    path("travel/upload/", views.upload, name="upload"),
    path("travel/messages/<str:reference>/", views.message, name="message"),
]
