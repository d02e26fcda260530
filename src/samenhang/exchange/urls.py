from django.urls import path

from samenhang.exchange.views import (
    asking,
    countries,
    giving,
    messages,
    movements,
    receiving,
    reconsidering,
    zones,
)

app_name = "exchange"
urlpatterns = [
    path("countries/", countries.index, name="countries"),
    path("countries/<slug:assessment>/prohibit/", countries.prohibit, name="country-prohibit"),
    path("conflict-zones/", zones.index, name="zones"),
    path("conflict-zones/<slug:zone>/end/", zones.end, name="zone-end"),
    path("again/<slug:reference>/", reconsidering.reconsider, name="reconsider"),
    path("disclosures/", receiving.index, name="disclosures"),
    path("disclosures/<slug:reference>/", receiving.detail, name="disclosure"),
    path("disclosures/<slug:reference>/refuse/", receiving.refuse, name="disclosure-refuse"),
    path("disclosures/<slug:reference>/recall/", receiving.recall, name="disclosure-recall"),
    path("disclosures/<slug:reference>/letter/", giving.letter, name="letter"),
    path("disclosures/<slug:reference>/note/", giving.note, name="disclosure-note"),
    path("recalls/<slug:reference>/", receiving.answer, name="recall"),
    path("refusals/<slug:reference>/", receiving.review, name="refusal"),
    path("questions/", asking.index, name="questions"),
    path("questions/new/", asking.propose, name="question-new"),
    path("questions/oversight/", asking.oversight, name="questions-oversight"),
    path("questions/asked/<slug:reference>/", asking.received_question, name="received_question"),
    path("questions/<slug:reference>/", asking.detail, name="question"),
    path("official-messages/", messages.index, name="official-messages"),
    path("official-messages/new/", messages.register, name="official-message-new"),
    path("official-messages/<slug:reference>/", messages.detail, name="official-message"),
    path("official-messages/<slug:reference>/withdraw/", messages.withdraw, name="official-message-withdraw"),
    path("persons/<slug:reference>/statements/new/", giving.write, name="statement-new"),
    path("persons/<slug:reference>/give/", giving.give, name="give"),
    path("persons/<slug:reference>/movements/", movements.index, name="movements"),
    path("persons/<slug:reference>/movements/new/", movements.record, name="movement-new"),
    path("movements/<slug:reference>/correct/", movements.correct, name="movement-correct"),
    path("movements/<slug:reference>/withdraw/", movements.withdraw, name="movement-withdraw"),
]
