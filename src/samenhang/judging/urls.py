from django.urls import path

from samenhang.judging.views import shift

app_name = "judging"
urlpatterns = [
    path("shift/", shift.shift, name="shift"),
    path("shift/<str:reference>/taking-over/", shift.take_over, name="take-over"),
    path("shift/claims/<str:reference>/", shift.claim, name="claim"),
]
