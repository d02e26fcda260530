from django.urls import path

from samenhang.measures import views

app_name = "measures"
urlpatterns = [
    path("measures/", views.index, name="index"),
    path("measures/new/", views.suggest, name="suggest"),
    path("measures/<str:reference>/", views.detail, name="detail"),
    path("measures/<str:reference>/<slug:step>/", views.step, name="step"),
    path("documents/<str:reference>/", views.document, name="document"),
]
