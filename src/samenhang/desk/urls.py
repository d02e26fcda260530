from django.urls import path

from samenhang.conferences.views import chairing
from samenhang.desk import searching, views
from samenhang.desk.room import beside

app_name = "desk"
ROOM = {"template": "desk/room.html", "beside": beside}
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("search/", searching.search, name="search"),
    path("persons/<slug:reference>/", views.person, name="person"),
    # The address of ``cases:case``, mounted before it: one page for a case, with what areas above bring.
    path("cases/<slug:reference>/", views.case, name="case"),
    # So too the chair's screen, at the addresses of ``conferences:room`` and its deeds.
    path("conferences/<slug:reference>/room/", chairing.room, ROOM, name="room"),
    path("conferences/<slug:reference>/room/<slug:deed>/", chairing.do, ROOM, name="room-deed"),
    path("hand-overs/<slug:reference>/", views.takeover, name="takeover"),
]
