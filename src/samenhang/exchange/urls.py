from django.urls import path

from samenhang.exchange.views import messages, movements, reconsidering

app_name = "exchange"
urlpatterns = [
    path("again/<slug:reference>/", reconsidering.reconsider, name="reconsider"),
    path("official-messages/", messages.index, name="official-messages"),
    path("official-messages/new/", messages.register, name="official-message-new"),
    path("official-messages/<slug:reference>/", messages.detail, name="official-message"),
    path("official-messages/<slug:reference>/withdraw/", messages.withdraw, name="official-message-withdraw"),
    path("persons/<slug:reference>/movements/", movements.index, name="movements"),
    path("persons/<slug:reference>/movements/new/", movements.record, name="movement-new"),
    path("movements/<slug:reference>/correct/", movements.correct, name="movement-correct"),
    path("movements/<slug:reference>/withdraw/", movements.withdraw, name="movement-withdraw"),
]
