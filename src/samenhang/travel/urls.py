from django.urls import path

from samenhang.travel import views

app_name = "travel"
urlpatterns = [
    path("travel/", views.messages, name="messages"),
    path("travel/upload/", views.upload, name="upload"),
    path("travel/messages/<str:reference>/", views.message, name="message"),
    path("travel/passengers/<str:reference>/", views.passenger, name="passenger"),
    path("travel/quarantine/", views.quarantine, name="quarantine"),
    path("travel/quarantine/<str:reference>/", views.settle, name="settle"),
    path("travel/masked/", views.masked, name="masked"),
    path("travel/masked/<str:reference>/", views.ask_unmasking, name="ask-unmasking"),
    path("travel/unmasking/", views.unmaskings, name="unmaskings"),
    path("travel/unmasking/<str:reference>/", views.unmasking, name="unmasking"),
    path("travel/unmasking/<str:reference>/decide/", views.decide_unmasking, name="decide-unmasking"),
    path("travel/unmasking/<str:reference>/review/", views.review_unmasking, name="review-unmasking"),
    path("travel/unmasking/<str:reference>/passenger/", views.unmasked, name="unmasked"),
    path("travel/legal-basis/", views.bases, name="bases"),
    path("travel/legal-basis/<str:basis>/end/", views.switch_off, name="switch-off"),
    path("travel/lists/", views.lists, name="lists"),
    path("travel/carriers/", views.carriers_of, name="carriers"),
    path("travel/carriers/<str:code>/", views.carrier, name="carrier"),
    path("travel/boarding/", views.boarding, name="boarding"),
    path("travel/of-a-person/", views.of_a_person, name="of-a-person"),
    path("travel/router/", views.router, name="router"),
    path("travel/router/log/", views.router_log, name="router-log"),
    path("travel/router/<str:use>/end/", views.end_router_use, name="end-router-use"),
    path("travel/retention/", views.terms, name="terms"),
    path("travel/retention/<str:term>/end/", views.end_term, name="end-term"),
    path("travel/flights-within-the-eu/", views.selections, name="selections"),
    path("travel/flights-within-the-eu/<str:selection>/end/", views.end_selection, name="end-selection"),
]
