from django.urls import path

from samenhang.risk.views import assessing, following, instruments

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
    path("accreditations/", instruments.accreditations, name="accreditations"),
]
