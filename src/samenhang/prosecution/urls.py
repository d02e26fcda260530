from django.urls import path

from samenhang.prosecution.views import proving, running

app_name = "prosecution"
urlpatterns = [
    path("criminal-cases/", running.index, name="cases"),
    path("persons/<slug:reference>/criminal-cases/new/", running.report, name="case-new"),
    path("criminal-cases/<slug:reference>/", running.detail, name="case"),
    path("criminal-cases/<slug:reference>/offences/new/", proving.offence_new, name="offence-new"),
    path("criminal-cases/<slug:reference>/<slug:step>/", running.step, name="step"),
    path("offences/<slug:reference>/", proving.offence, name="offence"),
    path("offences/<slug:reference>/withdraw/", proving.withdraw, name="offence-withdraw"),
    path("offences/<slug:reference>/evidence/new/", proving.evidence_new, name="evidence-new"),
    path("evidence/<slug:reference>/", proving.evidence, name="evidence"),
]
