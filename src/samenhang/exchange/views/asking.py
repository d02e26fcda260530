"""Hit or no hit: what one asks, what one is asked, and what the data protection officer sees of it."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.policy import require_function
from samenhang.access.rules import NotThere, NotYours, may_do
from samenhang.exchange import actions, forms
from samenhang.exchange.models import Question, ReceivedQuestion, RegisteredQuestion
from samenhang.exchange.rules.asking import (
    MOST,
    NEXT_OF_QUESTION,
    NEXT_OF_RECEIVED,
    Answering,
    Limit,
    Reply,
    Stage,
)
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.grounds.rules import purpose_label
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person

ASK, ANSWER = "question.ask", "question.answer"
ON_A_PAGE = 25
A_YEAR = timedelta(days=365)


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What the actor's organisation asks (``?show=asked``: what it is asked), newest first."""
    actor = request.actor
    received = request.GET.get("show") == "asked"
    asked = ReceivedQuestion.objects.visible_to(actor).latest_first().select_related("asker")
    ours = Question.objects.visible_to(actor).latest_first().select_related("asked")
    page = page_of(asked, request, ON_A_PAGE) if received else page_of(ours, request, ON_A_PAGE)
    shown = {
        "page": page,
        "rows": page.rows,
        "received": received,
        "may_ask": may_do(ASK, actor.roles),
    }
    return render(request, "exchange/questions.html", shown)


@require_http_methods(["GET", "POST"])
def propose(request: ActorRequest) -> HttpResponse:
    """Write a question down, for a colleague to send."""
    actor = request.actor
    require_function(actor, ASK)
    partners = actions.partners(by=actor)
    form = forms.Ask(
        request.POST or None,
        initial={"person": request.GET.get("person", "")},
        partners=[(body.reference, body.name) for body, _answer in partners],
    )
    if form.is_valid():
        with refusals_in(form):
            made = _proposed(form, actor)
            if isinstance(made, Question):
                messages.success(request, _("Written down. A colleague must send it."))
                return HttpResponseRedirect(reverse("exchange:question", args=[made.reference]))
            form.add_error(None, _told_of(made))
    extra = {"partners": partners, "purpose": purpose_label(actor.purpose)}
    return form_page(request, "exchange/question_new.html", form, reverse("exchange:questions"), **extra)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One question of the actor's organisation. POST sends, declines, withdraws, or says it was read."""
    actor = request.actor
    row = get_object_or_404(Question.objects.visible_to(actor), reference=reference)
    refused = ""
    if request.method == "POST":
        try:
            refused = _done(row, request)
        except NotYours:
            raise
        except Refused as refusal:
            refused = str(refusal)
        if not refused:
            return HttpResponseRedirect(reverse("exchange:question", args=[reference]))
    following = NEXT_OF_QUESTION[Stage(row.stage)] if may_do(ASK, actor.roles) else set()
    second = row.proposed_by != actor.user
    shown = {
        "row": row,
        "refused": refused,
        "asked": Organisation.objects.get(pk=row.asked_id),
        "called": actions.called(row, by=actor),
        "person": Person.objects.visible_to(actor).filter(reference=row.about).first(),
        "purpose": purpose_label(row.purpose),
        "may_send": second and Stage.SENT in following,
        "own": not second and Stage.SENT in following,
        "may_withdraw": Stage.WITHDRAWN in following,
        "may_read": Stage.READ in following,
    }
    return render(request, "exchange/question.html", shown, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def received_question(request: ActorRequest, reference: str) -> HttpResponse:
    """One question to the actor's organisation, and the form to answer it."""
    actor = request.actor
    row = get_object_or_404(ReceivedQuestion.objects.visible_to(actor), reference=reference)
    hit = actions.law_of_hit(row, by=actor)
    form = forms.Reply(request.POST or None, conditions=hit.conditions)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form, but=(NotYours, NotThere)):
            actions.answer_question(
                row, Reply(said["reply"]), reason=said["reason"], not_met=form.not_met(), by=actor
            )
            messages.success(request, _("Kept. It is told at the moment that was fixed when it was asked."))
            return HttpResponseRedirect(reverse("exchange:received_question", args=[reference]))
    open_still = Answering.ANSWERED in NEXT_OF_RECEIVED[Answering(row.state)] and actor.now < row.tells_at
    extra = {
        "row": row,
        "asker": Organisation.objects.get(pk=row.asker_id),
        "called": actions.called_in_received(row, by=actor),
        "purpose": purpose_label(row.purpose),
        "hit": hit,
        "may_answer": open_still and may_do(ANSWER, actor.roles),
    }
    return form_page(request, "exchange/received_question.html", form, reverse("exchange:questions"), **extra)


@require_GET
def oversight(request: ActorRequest) -> HttpResponse:
    """For the data protection officer: who asks whom how often, who asks much, and what was stopped."""
    actor = request.actor
    lines = RegisteredQuestion.objects.visible_to(actor)
    recent = lines.since(actor.now - MOST[Limit.PERSON][1])
    by_body = lines.since(actor.now - A_YEAR).sent().values("asker__name", "asked__name")
    by_user = recent.values("user__name", "user__organisation__name")
    stopped = lines.stopped_ones().select_related("user", "asker", "asked")
    many = MOST[Limit.ASKER][0]
    shown = {
        "bodies": by_body.annotate(count=Count("pk")).order_by("-count", "asker__name", "asked__name"),
        "users": [
            {**one, "many": one["count"] >= many}
            for one in by_user.annotate(count=Count("pk")).order_by(
                "-count", "user__name", "user__organisation__name"
            )
        ],
        "stopped": stopped[:ON_A_PAGE],
    }
    return render(request, "exchange/questions_oversight.html", shown)


def _proposed(form: forms.Ask, actor: Actor) -> Question | Limit:
    """Raises NotThere for somebody whom the actor may not see."""
    said = form.cleaned_data
    person = Person.objects.visible_to(actor).filter(reference=said["person"].strip()).first()
    if person is None:
        raise NotThere
    asked = Organisation.objects.get(reference=said["asked"])
    return actions.propose_question(person, asked, reason=said["reason"], by=actor)


def _done(row: Question, request: ActorRequest) -> str:
    """Do what the button says. Returns the sentence of the limit that stopped it, or nothing."""
    deed, actor = request.POST.get("deed", ""), request.actor
    if deed == "send":
        sent = actions.send_question(row, by=actor)
        if isinstance(sent, Limit):
            return _told_of(sent)
        messages.success(request, _("Sent. What is told, is told on the day that stands here."))
    elif deed == "decline":
        actions.decline_question(row, reason=request.POST.get("reason", ""), by=actor)
        messages.success(request, _("Declined. Nothing goes out."))
    elif deed == "withdraw":
        actions.withdraw_question(row, by=actor)
        messages.success(request, _("Taken back. Nothing will be told."))
    elif deed == "read":
        actions.mark_read(row, by=actor)
        messages.success(request, _("Kept: somebody read it."))
    else:
        raise Http404
    return ""


def _told_of(limit: Limit) -> str:
    return _(
        "This question does not go out. %(why)s. Your data protection officer sees that it was tried."
    ) % {"why": limit.label}
