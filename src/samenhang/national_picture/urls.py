from django.urls import path

from samenhang.national_picture import views

app_name = "national_picture"
urlpatterns = [
    path("report/", views.progress, name="progress"),
    path("report/progress.<str:form>", views.download, name="download"),
]
