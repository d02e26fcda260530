from django.urls import path

from samenhang.watchlists.views import alerts, border, hits, screening, transfers

app_name = "watchlists"
urlpatterns = [
    path("hits/", hits.queue, name="hits"),
    path("hits/<str:reference>/", hits.hit, name="hit"),
    path("hits/<str:reference>/judgement/", hits.judge, name="judge"),
    path("hits/<str:reference>/confirmation/", hits.confirm, name="confirm"),
    path("hits/<str:reference>/reopening/", hits.reopen, name="reopen"),
    path("hits/<str:reference>/transfers/", transfers.transfers, name="transfers"),
    path("hits/<str:reference>/transfers/<str:body>/", transfers.transfer, name="transfer"),
    path("border-hits/", border.index, name="border-hits"),
    path("border-hits/new/<str:domain>/", border.note, name="border-note"),
    path("border-hits/<str:reference>/", border.border_hit, name="border-hit"),
    path("border-hits/<str:reference>/passing-on/<str:body>/", border.pass_on, name="border-pass-on"),
    path("screening/", screening.runs, name="runs"),
    path("screening/lists/<str:issuer>/", screening.one_list, name="list"),
    path("screening/lists/<str:issuer>/threshold/", screening.threshold, name="threshold"),
    path("alerts/", alerts.index, name="alerts"),
    path("alerts/new/", alerts.issue, name="issue"),
    path("alerts/<str:reference>/", alerts.alert, name="alert"),
    path("alerts/<str:reference>/renewal/", alerts.renew, name="renew"),
    path("alerts/<str:reference>/lifting/", alerts.lift, name="lift"),
]
