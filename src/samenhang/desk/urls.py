from django.urls import path

from samenhang.conferences.views import chairing, preparing
from samenhang.desk import searching, views
from samenhang.desk.room import beside, since

app_name = "desk"
SINCE = {"since": since}
ROOM = {"template": "desk/room.html", "beside": beside}
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("search/", searching.search, name="search"),
    path("persons/<slug:reference>/", views.person, name="person"),
    # The address of ``cases:case``, mounted before it: one page for a case, with what areas above bring.
    path("cases/<slug:reference>/", views.case, name="case"),
    # So too the chair's screen and what a conference should ask, at their addresses in ``conferences``.
    path("conferences/<slug:reference>/room/", chairing.room, ROOM, name="room"),
    path("conferences/<slug:reference>/room/<slug:deed>/", chairing.do, ROOM, name="room-deed"),
    path("conferences/<slug:reference>/agenda/", preparing.agenda, SINCE, name="agenda"),
    path("conferences/items/<slug:reference>/change/", preparing.change_item, SINCE, name="change-item"),
    path("hand-overs/<slug:reference>/", views.takeover, name="takeover"),
]
