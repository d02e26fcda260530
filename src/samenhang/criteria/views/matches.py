"""The queue of matches, and one match: the facts of a journey beside the rule, and what a person makes of it.

Who the passenger is stands here only once the match was confirmed: a journey is judged, and a name
would say where somebody's family comes from.
"""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samenhang.access import policy
from samenhang.access.rules import NotYours, may_do
from samenhang.criteria import actions, forms
from samenhang.criteria.models import Match, Ruling
from samenhang.criteria.rules import Offence
from samenhang.criteria.rules import matches as rules
from samenhang.criteria.rules.facts import ANNEX
from samenhang.criteria.rules.matches import OPEN, Outcome, Status, Why
from samenhang.foundation.errors import Refused
from samenhang.foundation.page import Decision, Fact, Kind, Label, Place
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.watchlists.rules import words

ON_A_PAGE = 50
KINDS: dict[Status, Kind] = {
    Status.WAITING: "warning",
    Status.UNDECIDED: "warning",
    Status.JUDGED: "warning",
    Status.CONFIRMED: "positive",
}


@require_safe
def queue(request: ActorRequest) -> HttpResponse:
    """What waits first, the oldest arrival on top."""
    found = Match.objects.visible_to(request.actor)
    waiting = found.queue_of(request.actor)
    shown = Paginator(found.in_order_of_review().select_related("flight"), ON_A_PAGE)
    page = shown.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, words.moment(one.arrives), state_of(one)) for one in page],
        "queue": waiting,
        "overloaded": waiting.is_overloaded(request.actor.now),
        "reviews": may_do("match.judge", request.actor.roles),
    }
    return render(request, "criteria/matches.html", context)


@require_safe
def match(request: ActorRequest, reference: str) -> HttpResponse:
    """The facts of the journey, the rule, and the decisions that this person may take."""
    found = _visible(request, reference)
    chosen = request.GET.get("outcome", "")
    form = None
    if chosen in _choices(found, request.actor):
        form = forms.Judge(initial={"outcome": chosen, "revision": found.revision})
    return _page(request, found, form, chosen)


@require_POST
def judge(request: ActorRequest, reference: str) -> HttpResponse:
    """A first judgement; then the next thing that waits."""
    return _decide(request, _visible(request, reference), second=False)


@require_POST
def confirm(request: ActorRequest, reference: str) -> HttpResponse:
    """What the second person says."""
    return _decide(request, _visible(request, reference), second=True)


def state_of(match: Match) -> Label:
    status = Status(match.status)
    return Label(str(status.label), KINDS.get(status, "neutral"))


def _visible(request: ActorRequest, reference: str) -> Match:
    rows = Match.objects.visible_to(request.actor).select_related("flight", "recipient", "provider")
    found: Match = get_object_or_404(rows, reference=reference)
    return found


def _decide(request: ActorRequest, match: Match, *, second: bool) -> HttpResponse:
    form = forms.Judge(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        why = Why(typed["reason"], typed["remark"])
        try:
            if typed["revision"] != match.revision:
                raise rules.AlreadyJudged(_("The passenger's record changed meanwhile. Look at it again."))
            if second:
                agree = typed["outcome"] == Outcome.PASS_ON
                actions.confirm(match, agree=agree, why=why, by=request.actor)
            else:
                actions.judge(match, typed["outcome"], why=why, by=request.actor)
        except NotYours:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("Your decision was recorded."))
            return HttpResponseRedirect(_next(match, request.actor, second=second))
    return _page(request, match, form, str(form.data.get("outcome", "")), status=422)


def _next(done: Match, actor: Actor, *, second: bool) -> str:
    """Where the next match of the same work is, the oldest arrival first; the queue when none waits."""
    found = Match.objects.visible_to(actor)
    waiting = found.to_confirm_by(actor) if second else found.to_judge_by(actor)
    one = waiting.exclude(pk=done.pk).first()
    return reverse("criteria:match", args=[one.reference]) if one else reverse("criteria:matches")


def _page(
    request: ActorRequest, match: Match, form: forms.Judge | None, chosen: str, status: int = 200
) -> HttpResponse:
    actor = request.actor
    policy.attach(actor, [match], "passenger")
    if match.passenger is None:
        raise Http404  # A block on the passenger takes the match with it.
    said = list(Ruling.objects.visible_to(actor).of(match).select_related("user"))
    second = match.status == Status.JUDGED
    context = {
        "match": match,
        "state": state_of(match),
        "changed": match.passenger.revision != match.revision,
        "arrives": words.moment(match.arrives),
        "facts": _facts(match),
        "person": _person(match) if match.status == Status.CONFIRMED else [],
        "legs": [] if match.passenger.masked_at else match.passenger.told["booking"].get("itinerary", []),
        "offence": Offence(match.about["offence"]).label,
        "rulings": [(one, Outcome(one.outcome).label, rules.Reason(one.reason).label) for one in said],
        "choices": _links(match, actor, said),
        "own_ruling": second and bool(said) and said[-1].user_id == actor.user_id,
        "form": form,
        "chosen": Outcome(chosen).label if form and chosen in Outcome.values else "",
        "reasons": _buttons(chosen) if form else [],
        "decide_url": reverse(f"criteria:{'confirm' if second else 'judge'}", args=[match.reference]),
        "crumbs": [Place(_("Matches of rules"), reverse("criteria:matches"))],
    }
    return render(request, "criteria/match.html", context, status=status)


def _facts(match: Match) -> list[tuple[str, object, str, bool]]:
    """Name, meaning, value and whether the rule asks for it; nothing once the passenger is masked."""
    told = match.told
    if told is None:
        return []
    asked = f"{match.about['when']} {match.about['unless']}"
    return [
        (name, words_, _in_words(told.get(name)), name in asked) for name, (_point, words_) in ANNEX.items()
    ]


def _in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case list():
            return " – ".join(value)
        case _:
            return str(value)


def _person(match: Match) -> list[Fact]:
    told = match.passenger.told
    numbers = ", ".join(one.get("number", "") for one in told["documents"])
    return [
        Fact(_("Name"), f"{told['given_names']} {told['surname']}".strip()),
        Fact(_("Date of birth"), words.day(told["birth_date"])),
        Fact(_("Documents"), numbers),
    ]


def _choices(match: Match, actor: Actor) -> tuple[str, ...]:
    """The decisions that this person may take now, as far as role and status tell."""
    if match.provider_id != actor.organisation_id:
        return ()
    if match.status == Status.JUDGED and may_do("match.confirm", actor.roles):
        return (Outcome.PASS_ON, Outcome.NOTHING)
    return tuple(Outcome) if match.status in OPEN and may_do("match.judge", actor.roles) else ()


def _links(match: Match, actor: Actor, said: list[Ruling]) -> list[dict[str, str]]:
    """One key for each decision; the reasons come after it."""
    if match.status in (Status.JUDGED, Status.UNDECIDED) and said and said[-1].user_id == actor.user_id:
        return []
    return [
        {
            "label": str(Outcome(outcome).label),
            "when": str(rules.WHEN[outcome]),
            "then": str(rules.AGREED[outcome] if match.status == Status.JUDGED else rules.THEN[outcome]),
            "key": rules.KEYS[outcome],
            "url": f"{reverse('criteria:match', args=[match.reference])}?outcome={outcome}#decide",
        }
        for outcome in _choices(match, actor)
    ]


def _buttons(outcome: str) -> list[Decision]:
    reasons = rules.REASONS.get(outcome, ())
    return [Decision(str(one), str(one.label), str(place)) for place, one in enumerate(reasons, 1)]
