"""Every address of the product. Areas bring their own; this file only mounts them."""

from django.urls import include, path

from samenhang.config.api import api

urlpatterns = [
    path("", include("samenhang.foundation.urls")),
    path("", include("samenhang.organisations.urls")),
    path("", include("samenhang.programme.urls")),
    path("", include("samenhang.persons.urls")),
    path("", include("samenhang.deconfliction.urls")),
    path("", include("samenhang.coordination.urls")),
    path("", include("samenhang.exchange.urls")),
    path("", include("samenhang.desk.urls")),
    path("", include("samenhang.measures.urls")),
    path("", include("samenhang.prosecution.urls")),
    path("", include("samenhang.travel.urls")),
    path("", include("samenhang.national_picture.urls")),
    path("", include("samenhang.oversight.urls")),
    path("api/v1/", (api.patterns(), "ninja", "api")),
    path("", include("samenhang.cases.urls")),
    path("", include("samenhang.risk.urls")),
    path("", include("samenhang.conferences.urls")),
    path("", include("samenhang.judging.urls")),
    path("", include("samenhang.watchlists.urls")),
    path("", include("samenhang.criteria.urls")),
]

handler404 = "samenhang.foundation.views.not_found"
handler403 = "samenhang.foundation.views.forbidden"
handler500 = "samenhang.foundation.views.failed"
