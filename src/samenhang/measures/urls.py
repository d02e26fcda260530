from django.urls import path

from samenhang.measures.views import holding, measuring

app_name = "measures"
urlpatterns = [
    path("measures/", measuring.index, name="index"),
    path("measures/new/", measuring.suggest, name="suggest"),
    path("measures/<str:reference>/", measuring.detail, name="detail"),
    path("measures/<str:reference>/<slug:step>/", measuring.step, name="step"),
    path("documents/<str:reference>/", measuring.document, name="document"),
    path("persons/<slug:reference>/arrests/new/", holding.report, name="arrest-new"),
    path("arrests/<slug:reference>/", holding.detail, name="arrest"),
    path("arrests/<slug:reference>/terms/new/", holding.term, name="arrest-term"),
    path("arrests/<slug:reference>/release/", holding.release, name="arrest-release"),
    path("arrests/<slug:reference>/withdraw/", holding.withdraw, name="arrest-withdraw"),
]
