from django.urls import path

from samenhang.criteria import views

app_name = "criteria"
urlpatterns = [
    path("criteria/rules/", views.rules, name="rules"),
    path("criteria/rules/new/", views.open_rule, name="open-rule"),
    path("criteria/rules/<str:reference>/", views.rule, name="rule"),
    path("criteria/rules/<str:reference>/new-version/", views.reword, name="reword"),
    path("criteria/rules/<str:reference>/trial/", views.try_out, name="try-out"),
    path("criteria/rules/<str:reference>/approval/", views.approve, name="approve"),
    path("criteria/rules/<str:reference>/withdrawal/", views.withdraw, name="withdraw"),
    path("criteria/matches/", views.queue, name="matches"),
    path("criteria/matches/<str:reference>/", views.match, name="match"),
    path("criteria/matches/<str:reference>/judgement/", views.judge, name="judge"),
    path("criteria/matches/<str:reference>/confirmation/", views.confirm, name="confirm"),
    path("criteria/matches/<str:reference>/reopening/", views.reopen, name="reopen"),
]
