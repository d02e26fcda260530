"""To the identity provider and back."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samenhang.foundation.errors import Refused
from samenhang.foundation.page import Fact
from samenhang.organisations import actions, oidc
from samenhang.organisations.middleware import visitor
from samenhang.organisations.rules.signing_in import HALFWAY, Proof, UnknownAtProvider
from samenhang.organisations.views import door

# The session's own cookie is SameSite=Strict, so it does not come along when the provider sends
# the browser back. This one does; it holds nothing but what must come back unchanged.
COOKIE, SALT = "samenhang-provider", "organisations.provider"
SECONDS = int(HALFWAY.total_seconds())


@login_not_required
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    at = _provider()
    try:
        address, flow = oidc.begin(at, _back(request), again="again" in request.GET)
    except Refused as refusal:
        return _refused(request, at, refusal)
    response = HttpResponseRedirect(address)
    response.set_cookie(
        COOKIE,
        signing.dumps(flow.plain(), salt=SALT),
        max_age=SECONDS,
        path=reverse("organisations:provider"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """The browser is back. Let in who is linked to what the provider says, and nobody else."""
    at = _provider()
    try:
        flow = oidc.Flow(**signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS))
    except signing.BadSignature:
        response = _refused(request, at, oidc.ProviderFailed(oidc.not_as_it_must()))
    else:
        response = _come_in(request, at, flow)
    response.delete_cookie(COOKIE, path=reverse("organisations:provider"))
    return response


def _come_in(request: HttpRequest, at: oidc.Provider, flow: oidc.Flow) -> HttpResponse:
    answer: oidc.Answer | None = None
    try:
        answer = oidc.finish(at, flow, _back(request), request.GET.dict())
        user = actions.find_at_provider(answer.issuer, answer.subject, by=visitor())
    except Refused as refusal:
        return _refused(request, at, refusal, answer)
    target = door.go_on(request, user, Proof(answer.how, strong=oidc.is_strong(at, answer)))
    # A page of our own goes on to the next: after a redirect the browser would still
    # hold back the Strict cookie that it has just been given.
    return render(request, "organisations/provider_back.html", {"target": target})


def _refused(
    request: HttpRequest, at: oidc.Provider, refusal: Refused, answer: oidc.Answer | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"provider": at, "reason": str(refusal)}
    if isinstance(refusal, UnknownAtProvider) and answer:
        context["facts"] = [Fact(_("Issuer"), answer.issuer), Fact(_("Subject"), answer.subject)]
    return render(request, "organisations/provider_refused.html", context, status=refusal.status)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("organisations:provider-back"))


def _provider() -> oidc.Provider:
    at = oidc.provider()
    if at is None:
        raise Http404
    return at
