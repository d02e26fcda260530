from django.urls import path

from samenhang.organisations.views import account, door, provider

app_name = "organisations"
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/second-factor/", door.second_factor, name="second-factor"),
    path("sign-in/passkey/", door.passkey, name="passkey"),
    path("sign-in/provider/", provider.begin, name="provider"),
    path("sign-in/provider/back/", provider.back, name="provider-back"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("task/", door.task, name="task"),
    path("account/", account.account, name="account"),
    path("account/confirm/", account.confirm, name="confirm"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.second_factor_needed, name="second-factor-needed"),
    path("account/code/", account.add_code, name="add-code"),
    path("account/code/<str:factor>/", account.prove_code, name="prove-code"),
    path("account/key/", account.add_passkey, name="add-passkey"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("account/factors/<str:factor>/remove/", account.remove_factor, name="remove-factor"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end-other-sessions"),
    path("account/sessions/<str:session>/end/", account.end_session, name="end-session"),
]
