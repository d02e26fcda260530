from django.urls import path

from samenhang.risk.views import assessing, covering, following, instruments, returning

app_name = "risk"
urlpatterns = [
    path("assessments/", assessing.index, name="assessments"),
    path("assessments/new/<slug:case>/", assessing.new, name="assessment-new"),
    path("assessments/of/<slug:case>/", following.profiles, name="profiles"),
    path("assessments/elsewhere/<slug:case>/", following.result, name="result-new"),
    path("assessments/contests/<slug:reference>/", following.settle, name="contest"),
    path("assessments/<slug:reference>/", assessing.detail, name="assessment"),
    path("assessments/<slug:reference>/write/", assessing.write, name="write"),
    path("assessments/<slug:reference>/finish/", assessing.finish, name="finish"),
    path("assessments/<slug:reference>/call-off/", assessing.call_off, name="call-off"),
    path("assessments/<slug:reference>/contest/", following.contest, name="contest-new"),
    path("instruments/", instruments.index, name="instruments"),
    path("instruments/<slug:code>/<str:version>/", instruments.detail, name="instrument"),
    path("travellers/", returning.travellers, name="travellers"),
    path("travellers/read/", returning.read, name="travellers-read"),
    path("travellers/import/", covering.sheet, name="travellers-import"),
    path("travellers/coverage/", covering.page, name="coverage"),
    path("travellers/follow/<slug:case>/", returning.start, name="trajectory-new"),
    path("travellers/prosecution/<slug:person>/", returning.review, name="review"),
    path("travellers/handovers/<slug:reference>/", returning.handover, name="handover"),
    path("travellers/<slug:reference>/", returning.trajectory, name="trajectory"),
    path("travellers/<slug:reference>/second-read/", returning.second_read, name="second-read"),
    path("travellers/<slug:reference>/hand-over/<slug:stage>/", returning.offer, name="offer"),
    path("travellers/<slug:reference>/note/<slug:stage>/", returning.note, name="note"),
    path("accreditations/", instruments.accreditations, name="accreditations"),
]
