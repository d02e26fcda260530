"""All rules, and one rule: its versions, what its trial did, who approved it, and how often it was right."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edifact.made_people import CULTURES
from samenhang.access.rules import may_do
from samenhang.criteria import actions, forms
from samenhang.criteria.models import Rule, Version
from samenhang.criteria.rules import APPROVED, OPEN, Offence, Stage, trial
from samenhang.criteria.rules.facts import ANNEX
from samenhang.criteria.rules.matches import Precision
from samenhang.criteria.rules.trial import Row
from samenhang.foundation.page import Fact, Kind, Label, Place
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel.models import LegalBasis
from samenhang.travel.rules.bases import Kind as Data

KINDS: dict[Stage, Kind] = {
    Stage.DRAFT: "info",
    Stage.TRIED: "warning",
    Stage.ONCE: "warning",
    Stage.IN_FORCE: "positive",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as its rule's page shows it. rows: of its trial, with shares, and whether it leans there.

    each: travellers of each culture. nothing: it was tried and matched nobody. leaning: where, in words.
    """

    version: Version
    state: Label
    offence: str
    precision: Precision
    rows: list[tuple[Row, str, str, bool]]
    each: int
    nothing: bool
    leaning: list[str]


@require_safe
def rules(request: ActorRequest) -> HttpResponse:
    """Every rule of the unit, by name: the version in force, or else the newest."""
    actor = request.actor
    versions = list(Version.objects.visible_to(actor).order_by("-number", "pk"))
    standing = {one.rule_id: one for one in reversed(versions)}
    standing |= {one.rule_id: one for one in versions if one.stage == Stage.IN_FORCE}
    precise = actions.precision(versions, by=actor)
    found = Rule.objects.visible_to(actor).by_name().select_related("owner")
    context = {
        "rows": [
            (one, standing[one.pk], state_of(standing[one.pk], actor), _of_all(one, versions, precise))
            for one in found
            if one.pk in standing
        ],
        "off": Data.PNR not in LegalBasis.objects.kinds_on(actor.today),
        "may_write": actions.may_write(by=actor),
    }
    return render(request, "criteria/rules.html", context)


@require_safe
def rule(request: ActorRequest, reference: str) -> HttpResponse:
    """One rule."""
    return page(request, visible(request, reference))


def visible(request: ActorRequest, reference: str) -> Rule:
    rows = Rule.objects.visible_to(request.actor).select_related("owner", "recipient", "provider")
    found: Rule = get_object_or_404(rows, reference=reference)
    return found


def newest(request: ActorRequest, found: Rule) -> Version:
    version: Version = get_object_or_404(Version.objects.visible_to(request.actor).of(found)[:1])
    return version


def page(request: ActorRequest, found: Rule, status: int = 200, **bound: Any) -> HttpResponse:
    """bound: forms that were refused, by name: ``approving``, ``withdrawing``."""
    actor = request.actor
    rows = Version.objects.visible_to(actor).of(found).select_related("author")
    versions = list(rows.prefetch_related("approvals__user"))
    last = versions[0]
    precise = actions.precision(versions, by=actor)
    open_ones = [one for one in versions if one.stage in OPEN]
    in_force = [one for one in versions if one.stage == Stage.IN_FORCE]
    context = {
        "rule": found,
        "facts": _facts(found, last),
        "state": state_of((in_force or versions)[0], actor),
        "made": trial.EACH * len(CULTURES),
        "shown": [_shown(one, actor, precise[one.pk]) for one in open_ones or versions[:1]],
        "earlier": [
            _shown(one, actor, precise[one.pk]) for one in versions if one not in (open_ones or versions[:1])
        ],
        "may_try": last.stage == Stage.DRAFT and may_do("criterion.write", actor.roles),
        "may_write": actions.may_write(by=actor),
        "approving": _approving(last, actor, bound.get("approving")),
        "waits": last.stage in APPROVED and may_do("criterion.approve", actor.roles),
        "withdrawing": bound.get("withdrawing") or _withdrawing(open_ones, actor),
        "record": [(name, *told) for name, told in ANNEX.items()],
        "crumbs": [Place(_("Rules about journeys"), reverse("criteria:rules"))],
    }
    return render(request, "criteria/rule.html", context, status=status)


def state_of(version: Version, actor: Actor) -> Label:
    """In words, also where the term decides and nobody noted it yet."""
    stage = Stage(version.stage)
    if stage in OPEN and version.ends_on < actor.today:
        stage = Stage.ENDED
    if stage == Stage.IN_FORCE and version.starts_on > actor.today:
        return Label(_("Approved: its term has not begun"), "info")
    return Label(str(stage.label), KINDS.get(stage, "neutral"))


def _approving(version: Version, actor: Actor, bound: forms.Approve | None) -> forms.Approve | None:
    """For who may approve: of those who neither wrote nor approved it."""
    said = [one.user_id for one in version.approvals.all()]
    mine = version.author_id == actor.user_id or actor.user_id in said
    if version.stage not in APPROVED or mine or not may_do("criterion.approve", actor.roles):
        return None
    leans = bool(trial.leaning(version.rows))
    return bound or forms.Approve(leans=leans, initial={"version": version.number})


def withdrawable(versions: list[Version]) -> list[tuple[int, str]]:
    """Numbers and words of the versions that have not ended."""
    return [(one.number, f"{one.number}: {Stage(one.stage).label}") for one in versions if one.stage in OPEN]


def _withdrawing(versions: list[Version], actor: Actor) -> forms.Withdraw | None:
    may = versions and may_do("criterion.withdraw", actor.roles)
    return forms.Withdraw(versions=withdrawable(versions), auto_id="withdraw-%s") if may else None


def _facts(found: Rule, version: Version) -> list[Fact]:
    return [
        Fact(_("Owner"), found.owner.name, note=_("Answers for the rule.")),
        Fact(_("Offence"), Offence(version.offence).label),
        Fact(_("Who receives a confirmed match"), found.recipient.name),
    ]


def _shown(version: Version, actor: Actor, precision: Precision) -> Shown:
    rows = version.rows
    leans, everybody = trial.leaning(rows), replace(trial.together(rows), culture=_("All together"))
    return Shown(
        version,
        state_of(version, actor),
        str(Offence(version.offence).label),
        precision,
        [(row, *_per_thousand(row), row in leans) for row in (*rows, everybody)] if rows else [],
        rows[0].travellers if rows else 0,
        bool(rows) and not everybody.matches,
        [row.label for row in leans],
    )


def _per_thousand(row: Row) -> tuple[str, str]:
    share, low, high = (number_format(1000 * part, 1) for part in (row.share, *row.interval))
    return share, f"{low} – {high}"


def _of_all(found: Rule, versions: list[Version], precise: dict[int, Precision]) -> Precision:
    own = [precise[one.pk] for one in versions if one.rule_id == found.pk]
    return Precision(sum(one.confirmed for one in own), sum(one.dismissed for one in own))
