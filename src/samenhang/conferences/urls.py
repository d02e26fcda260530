from django.urls import path

from samenhang.conferences.views import chairing, following, inviting, moving, papers, preparing, printing

app_name = "conferences"
urlpatterns = [
    path("conferences/", preparing.index, name="conferences"),
    path("conferences/new/", preparing.new, name="conference-new"),
    path("conferences/items/<slug:reference>/", following.item, name="item"),
    path("conferences/items/<slug:reference>/change/", preparing.change_item, name="change-item"),
    path("conferences/items/<slug:reference>/ask/", papers.ask, name="ask-paper"),
    path("conferences/papers/<slug:reference>/", papers.paper, name="paper"),
    path("conferences/papers/<slug:reference>/<slug:category>/", papers.bring, name="paper-bring"),
    path("conferences/invitations/<slug:reference>/", inviting.answer, name="answer"),
    path("conferences/invitations/<slug:reference>/take-off/", inviting.take_off, name="take-off"),
    path("conferences/invitations/<slug:reference>/calendar/", inviting.cancellation, name="cancellation"),
    path("conferences/items/<slug:reference>/minutes/", following.minutes, name="minutes"),
    path("conferences/items/<slug:reference>/approve/", following.approve, name="approve"),
    path("conferences/decisions/<slug:reference>/dissent/", following.dissent, name="dissent"),
    path("conferences/actions/<slug:reference>/", following.action, name="action"),
    path("conferences/said/<slug:reference>/", following.said, name="said"),
    path("conferences/said/<slug:reference>/<slug:category>/", following.confirm, name="said-confirm"),
    path("conferences/<slug:reference>/", preparing.detail, name="conference"),
    path("conferences/<slug:reference>/agenda/", preparing.agenda, name="agenda"),
    path("conferences/<slug:reference>/invite/", preparing.invite, name="invite"),
    path("conferences/<slug:reference>/call-off/", moving.call_off, name="call-off"),
    path("conferences/<slug:reference>/move/", moving.move, name="move"),
    path("conferences/<slug:reference>/print/", printing.agenda, name="print"),
    path("conferences/<slug:reference>/send/", preparing.send, name="send"),
    path("conferences/<slug:reference>/invitation/", preparing.invitation, name="invitation"),
    path("conferences/<slug:reference>/room/", chairing.room, name="room"),
    path("conferences/<slug:reference>/room/<slug:deed>/", chairing.do, name="room-deed"),
]
