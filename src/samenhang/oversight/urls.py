from django.urls import path

from samenhang.oversight import views

app_name = "oversight"
urlpatterns = [
    path("breaches/", views.register, name="breaches"),
    path("breaches/note/", views.note, name="note-breach"),
    path("breaches/<slug:reference>/", views.breach, name="breach"),
    path("breaches/<slug:reference>/print/", views.printed, name="breach-print"),
]
