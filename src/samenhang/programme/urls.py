from django.urls import path

from samenhang.programme.views import commitments as views
from samenhang.programme.views import partners

app_name = "programme"
urlpatterns = [
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/register.csv", views.as_file, name="file"),
    path("commitments/new/", views.note, name="note"),
    path("commitments/portals/", views.portals, name="portals"),
    path("commitments/<slug:promise>/", views.commitment, name="commitment"),
    path("commitments/<slug:promise>/end/", views.end, name="end"),
    path("commitments/<slug:promise>/day/", views.new_day, name="new-day"),
    path("commitments/<slug:promise>/reopen/", views.reopen, name="reopen"),
    path("commitments/<slug:promise>/pass-on/", views.pass_on, name="pass-on"),
    path("partners/", partners.partners, name="partners"),
    path("partners/law/<slug:body>/", partners.body, name="body"),
    path("partners/<slug:partner>/", partners.partner, name="partner"),
    path("partners/<slug:partner>/contact/", partners.contact, name="contact"),
    path("partners/<slug:partner>/contact/confirm/", partners.confirm_contact, name="confirm-contact"),
]
