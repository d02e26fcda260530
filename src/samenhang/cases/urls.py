from django.urls import path

from samenhang.cases.views import casework, ending, importing, keeping, protecting, submitting, weighing

app_name = "cases"
urlpatterns = [
    path("signals/", submitting.index, name="signals"),
    path("signals/new/", submitting.new, name="signal-new"),
    path("signals/caseload/", importing.caseload, name="caseload"),
    path("signals/<slug:reference>/", submitting.detail, name="signal"),
    path("signals/<slug:reference>/offer/", submitting.offer, name="signal-offer"),
    path("signals/<slug:reference>/take-up/", submitting.take_up, name="signal-take-up"),
    path("signals/<slug:reference>/withdraw/", submitting.withdraw, name="signal-withdraw"),
    path("notices/<slug:reference>/read/", submitting.acknowledge, name="notice-read"),
    path("weighings/", weighing.index, name="weighings"),
    path("weighings/<slug:reference>/", weighing.detail, name="weighing"),
    path("persons/<slug:reference>/child-protection/", protecting.report, name="child"),
    path("cases/", casework.index, name="cases"),
    path("cases/<slug:reference>/", casework.detail, name="case"),
    path("cases/<slug:reference>/admit/", casework.admit, name="case-admit"),
    path("cases/<slug:reference>/contribute/", casework.categories, name="case-categories"),
    path("cases/<slug:reference>/contribute/<slug:category>/", casework.contribute, name="case-contribute"),
    path("cases/<slug:case>/movements/<slug:reference>/", casework.share_movement, name="case-movement"),
    path("cases/<slug:reference>/review/", ending.review, name="case-review"),
    path("cases/<slug:reference>/close/", ending.close, name="case-close"),
    path("cases/<slug:reference>/hold/", ending.hold, name="case-hold"),
    path("cases/<slug:reference>/lead/", keeping.lead, name="case-lead"),
    path("cases/<slug:reference>/step-in/", keeping.step_in, name="case-step-in"),
    path("cases/<slug:reference>/hand-over/", keeping.hand_over, name="case-hand-over"),
    path("hand-overs/<slug:reference>/", keeping.takeover, name="takeover"),
    path("hand-overs/<slug:reference>/answer/", keeping.answer, name="takeover-answer"),
    path("oversight/cases/", ending.oversight, name="oversight"),
    path("oversight/holds/<slug:reference>/", ending.lift, name="hold-lift"),
]
