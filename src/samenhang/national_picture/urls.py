from django.urls import path

from samenhang.national_picture import views

app_name = "national_picture"
urlpatterns = [
    path("report/", views.progress, name="progress"),
    path("report/progress.<str:form>", views.download, name="download"),
    path("report/publish/", views.publish, name="publish"),
    path("report/published/<str:reference>.<str:form>", views.published, name="published"),
    path("report/figures/<str:key>/release/", views.release, name="release"),
    path("report/releases/<str:reference>/revoke/", views.revoke, name="revoke"),
]
