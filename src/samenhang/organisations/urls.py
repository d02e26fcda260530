from django.urls import path

from samenhang.organisations import views

app_name = "organisations"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("task/", views.task, name="task"),
]
