from django.urls import path

from samenhang.exchange import views

app_name = "exchange"
urlpatterns = [path("again/<slug:reference>/", views.reconsider, name="reconsider")]
