"""The queue of hits, and one hit: two records side by side, and what a person makes of them."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.foundation.errors import Refused
from samenhang.foundation.page import Decision, Kind, Label, Place
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions, forms
from samenhang.watchlists.models import Hit, Judgement
from samenhang.watchlists.rules import hits as rules
from samenhang.watchlists.rules import words
from samenhang.watchlists.rules.alerts import Action
from samenhang.watchlists.rules.hits import OPEN, Status, Verdict, Why

ON_A_PAGE = 50
KINDS: dict[Status, Kind] = {
    Status.WAITING: "warning",
    Status.UNDECIDED: "warning",
    Status.ASKED: "info",
    Status.JUDGED: "warning",
    Status.CONFIRMED: "positive",
    Status.DISMISSED: "neutral",
    Status.LAPSED: "neutral",
}


@require_safe
def queue(request: ActorRequest) -> HttpResponse:
    """What waits first, the oldest arrival on top. Never in order of resemblance."""
    actor = request.actor
    found = Hit.objects.visible_to(actor)
    reviews, queue = may_do("hit.judge", actor.roles), found.queue_of(actor)
    page = Paginator(found.in_order_of_review().select_related("flight", "issuer"), ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    rows = list(shown)
    policy.attach(actor, rows, "passenger")
    context = {
        "page": shown,
        "rows": [(hit, words.moment(hit.arrives), state_of(hit)) for hit in rows],
        "queue": queue,
        "overloaded": queue.is_overloaded(actor.now),
        "unscreened": Passenger.objects.visible_to(actor).awaiting_screening().count(),
        "reviews": reviews,
        "sees_runs": may_do("screening.see", actor.roles),
    }
    return render(request, "watchlists/hits.html", context)


@require_safe
def hit(request: ActorRequest, reference: str) -> HttpResponse:
    """Passenger beside listed person, why they resemble each other and what speaks against."""
    found = _visible(request, reference)
    chosen = request.GET.get("verdict", "")
    form = None
    if chosen in _choices(found, request.actor):
        form = forms.Judge(initial={"verdict": chosen, "revision": found.revision})
    return _page(request, found, form, chosen)


@require_POST
def judge(request: ActorRequest, reference: str) -> HttpResponse:
    """A first judgement; then the next thing that waits."""
    return _decide(request, _visible(request, reference), second=False)


@require_POST
def confirm(request: ActorRequest, reference: str) -> HttpResponse:
    """What the second person says."""
    return _decide(request, _visible(request, reference), second=True)


@require_POST
def reopen(request: ActorRequest, reference: str) -> HttpResponse:
    """A second opinion on what ended as no match; then the page of the hit, where it waits."""
    hit = _visible(request, reference)
    form = forms.Reopen(request.POST)
    if form.is_valid():
        try:
            actions.reopen(hit, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("The hit is open again and waits for a colleague."))
            return HttpResponseRedirect(reverse("watchlists:hit", args=[reference]))
    return _page(request, hit, None, "", reopening=form, status=422)


def state_of(hit: Hit) -> Label:
    status = Status(hit.status)
    return Label(str(status.label), KINDS[status])


def _visible(request: ActorRequest, reference: str) -> Hit:
    hits = Hit.objects.visible_to(request.actor).select_related("flight", "issuer", "provider")
    found: Hit = get_object_or_404(hits, reference=reference)
    return found


def _decide(request: ActorRequest, hit: Hit, *, second: bool) -> HttpResponse:
    form = forms.Judge(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        why = Why(typed["reason"], typed["remark"])
        try:
            if typed["revision"] != hit.revision:
                raise rules.AlreadyJudged(_("The passenger's record changed meanwhile. Compare it again."))
            if second:
                agree = typed["verdict"] == Verdict.MATCH
                actions.confirm(hit, agree=agree, why=why, by=request.actor)
            else:
                actions.judge(hit, typed["verdict"], why=why, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("Your decision was recorded."))
            return HttpResponseRedirect(_next(hit, request.actor, second=second))
    return _page(request, hit, form, str(form.data.get("verdict", "")), status=422)


def _next(done: Hit, actor: Actor, *, second: bool) -> str:
    """Where the next hit of the same work is, the oldest arrival first; the queue when none waits."""
    hits = Hit.objects.visible_to(actor)
    waiting = hits.to_confirm_by(actor) if second else hits.to_judge_by(actor)
    found = waiting.exclude(pk=done.pk).first()
    return reverse("watchlists:hit", args=[found.reference]) if found else reverse("watchlists:hits")


def _page(
    request: ActorRequest,
    hit: Hit,
    form: forms.Judge | None,
    chosen: str,
    *,
    reopening: forms.Reopen | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    policy.attach(actor, [hit], "passenger")
    if hit.passenger is None:
        raise Http404  # A block on the passenger takes the hit with it.
    said = list(Judgement.objects.visible_to(actor).of(hit).select_related("user"))
    second = hit.status == Status.JUDGED
    context = {
        "hit": hit,
        "state": state_of(hit),
        "passenger": hit.passenger,
        "arrives": words.moment(hit.arrives),
        "records": side_by_side(hit),
        "sides": _sides(hit),
        "strength": words.strength(hit.resemblance),
        "action": Action(hit.listed["action"]).label,
        "judgements": [(one, _reason_of(one)) for one in said],
        "reopening": (reopening or forms.Reopen()) if _may_reopen(hit, actor) else None,
        "choices": _links(hit, actor, said),
        "may_transfer": hit.status == Status.CONFIRMED and actions.may_transfer(hit, by=actor),
        "own_judgement": second and bool(said) and said[-1].user_id == actor.user_id,
        "form": form,
        "chosen": Verdict(chosen).label if form and chosen in Verdict.values else "",
        "reasons": _buttons(chosen) if form else [],
        "decide_url": reverse(f"watchlists:{'confirm' if second else 'judge'}", args=[hit.reference]),
        "crumbs": [Place(_("Hits"), reverse("watchlists:hits"))],
    }
    return render(request, "watchlists/hit.html", context, status=status)


def _sides(hit: Hit) -> list[tuple[str, list[words.Line] | list[str]]]:
    """What speaks for and against, and what is not known, under a heading each; nothing once it is masked."""
    if not hit.explanation:
        return []
    told = words.lines(hit.explanation)
    return [
        (_("What speaks for one and the same person"), words.in_favour(told)),
        (_("What speaks against"), words.against(told)),
        (
            _("What is not known, so says nothing"),
            [*words.perhaps_relatives(hit.explanation), *words.unknown(hit.passenger.told, hit.listed)],
        ),
    ]


def side_by_side(hit: Hit) -> list[tuple[str, str, str]]:
    """What, with the passenger and in the alert. Empty where unknown, or masked."""
    told, listed = hit.passenger.told, hit.listed
    names = [f"{one.get('given_names', '')} {one.get('surname', '')}" for one in told["other_names"]]
    numbers = [one.get("number", "") for one in told["documents"]]
    # Once the passenger is masked nobody knows any more which of the alert's names was compared.
    listed_name = hit.explanation["listed_name"] if hit.explanation else listed["names"][0]
    known_as = [name for name in listed["names"] if name != listed_name]
    births = _listed([words.day(text) for text in listed["birth_dates"]])
    return [
        (_("Name"), f"{told['given_names']} {told['surname']}".strip(), listed_name),
        (_("Other names"), _listed(names), _listed(known_as)),
        (_("Date of birth"), words.day(told["birth_date"]), births),
        (_("Sex in the record"), words.sex(told["sex"]), words.sex(listed["sex"])),
        (_("Documents"), _listed(numbers), _listed(listed["documents"])),
        (_("Nationality"), told["nationality"], _listed(listed["nationalities"])),
    ]


def _listed(texts: list[str]) -> str:
    return ", ".join(filter(None, texts))


def _reason_of(said: Judgement) -> str:
    """Of the short list; who asked for a second opinion wrote it down in words."""
    return "" if said.verdict == rules.REOPENED else str(rules.Reason(said.reason).label)


def _may_reopen(hit: Hit, actor: Actor) -> bool:
    """As far as role, status and record tell."""
    ended = hit.status == Status.DISMISSED and not hit.passenger.masked_at
    return ended and hit.provider_id == actor.organisation_id and may_do("hit.judge", actor.roles)


def _choices(hit: Hit, actor: Actor) -> tuple[str, ...]:
    """The decisions that this person may take now, as far as role and status tell."""
    if hit.provider_id != actor.organisation_id:
        return ()
    if hit.status == Status.JUDGED and may_do("hit.confirm", actor.roles):
        return (Verdict.MATCH, Verdict.NO_MATCH)
    return tuple(Verdict) if hit.status in OPEN and may_do("hit.judge", actor.roles) else ()


def _links(hit: Hit, actor: Actor, said: list[Judgement]) -> list[dict[str, str]]:
    """One key for each decision; the reasons come after it."""
    verdicts = [one for one in said if one.verdict != rules.REOPENED]
    last = verdicts[-1].user_id if verdicts else None
    if hit.status in (Status.JUDGED, Status.UNDECIDED) and last == actor.user_id:
        return []
    return [
        {
            "label": str(Verdict(verdict).label),
            "when": str(rules.WHEN[verdict]),
            "then": str(rules.AGREED[verdict] if hit.status == Status.JUDGED else rules.THEN[verdict]),
            "key": rules.KEYS[verdict],
            "url": f"{reverse('watchlists:hit', args=[hit.reference])}?verdict={verdict}#decide",
        }
        for verdict in _choices(hit, actor)
    ]


def _buttons(verdict: str) -> list[Decision]:
    reasons = rules.REASONS.get(verdict, ())
    return [Decision(str(one), str(one.label), str(place)) for place, one in enumerate(reasons, 1)]
