from django.urls import path

from samenhang.persons.views import contacting, linking, looking

app_name = "persons"
urlpatterns = [
    path("links/<slug:reference>/", linking.link, name="link"),
    path("stopped-look-ups/", looking.stopped_look_ups, name="stopped-look-ups"),
    path("persons/<slug:reference>/contacts/", contacting.contacts, name="contacts"),
    path("contacts/<slug:reference>/forget/", contacting.forget_contact, name="forget-contact"),
]
