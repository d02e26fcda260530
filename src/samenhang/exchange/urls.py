from django.urls import path

from samenhang.exchange.views import countries, messages, movements, receiving, reconsidering

app_name = "exchange"
urlpatterns = [
    path("countries/", countries.index, name="countries"),
    path("countries/<slug:assessment>/prohibit/", countries.prohibit, name="country-prohibit"),
    path("again/<slug:reference>/", reconsidering.reconsider, name="reconsider"),
    path("disclosures/", receiving.index, name="disclosures"),
    path("disclosures/<slug:reference>/", receiving.detail, name="disclosure"),
    path("disclosures/<slug:reference>/refuse/", receiving.refuse, name="disclosure-refuse"),
    path("disclosures/<slug:reference>/recall/", receiving.recall, name="disclosure-recall"),
    path("recalls/<slug:reference>/", receiving.answer, name="recall"),
    path("refusals/<slug:reference>/", receiving.review, name="refusal"),
    path("official-messages/", messages.index, name="official-messages"),
    path("official-messages/new/", messages.register, name="official-message-new"),
    path("official-messages/<slug:reference>/", messages.detail, name="official-message"),
    path("official-messages/<slug:reference>/withdraw/", messages.withdraw, name="official-message-withdraw"),
    path("persons/<slug:reference>/movements/", movements.index, name="movements"),
    path("persons/<slug:reference>/movements/new/", movements.record, name="movement-new"),
    path("movements/<slug:reference>/correct/", movements.correct, name="movement-correct"),
    path("movements/<slug:reference>/withdraw/", movements.withdraw, name="movement-withdraw"),
]
