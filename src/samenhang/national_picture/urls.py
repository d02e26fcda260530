from django.urls import path

from samenhang.national_picture.views import effort
from samenhang.national_picture.views import report as views

app_name = "national_picture"
urlpatterns = [
    path("report/", views.progress, name="progress"),
    path("report/progress.<str:form>", views.download, name="download"),
    path("report/travel/<int:year>/", views.travel_year, name="travel-year"),
    path("report/weighings/", views.weighings, name="weighings"),
    path("report/effort/", effort.by_quarter, name="effort"),
    path("report/effort/<slug:key>/<str:quarter>/", effort.enter, name="enter"),
    path("report/publish/", views.publish, name="publish"),
    path("report/published/<str:publication>.<str:form>", views.published, name="published"),
    path("report/sources/", views.sources, name="sources"),
    path("report/sources/<str:key>/confirm/", views.confirm_source, name="confirm-source"),
    path("report/sources/<str:key>/end/", views.end_source, name="end-source"),
    path("report/figures/<str:key>/release/", views.release, name="release"),
    path("report/releases/<str:released>/revoke/", views.revoke, name="revoke"),
]
