from django.urls import path

from samenhang.desk import searching, views

app_name = "desk"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("search/", searching.search, name="search"),
    path("persons/<slug:reference>/", views.person, name="person"),
    # The address of ``cases:case``, mounted before it: one page for a case, with what areas above bring.
    path("cases/<slug:reference>/", views.case, name="case"),
    path("hand-overs/<slug:reference>/", views.takeover, name="takeover"),
]
