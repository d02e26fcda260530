"""Looking again at what leans, however deep, on something that fell."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import may_do
from samenhang.exchange import actions, forms
from samenhang.exchange.models import Reconsideration
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest


@require_http_methods(["GET", "POST"])
def reconsider(request: ActorRequest, reference: str) -> HttpResponse:
    """What leans on what, by when to look again, and the form to say what came of it."""
    row = get_object_or_404(Reconsideration.objects.visible_to(request.actor), reference=reference)
    form = forms.Reconsider(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.reconsider(
                row, stands=form.stands(), outcome=form.cleaned_data["outcome"], by=request.actor
            )
            messages.success(request, _("Kept: you looked again, and what came of it."))
            return HttpResponseRedirect(reverse("exchange:reconsider", args=[reference]))
    waits = row.reconsidered_at is None
    below = Reconsideration.objects.visible_to(request.actor).of([row.through]).filter(cause=row.cause)
    return form_page(
        request,
        "exchange/reconsider.html",
        form,
        duty=row,
        below=below.first(),
        may=waits and may_do("reliance.reconsider", request.actor.roles),
        late=waits and row.reconsider_by < request.actor.today,
    )
