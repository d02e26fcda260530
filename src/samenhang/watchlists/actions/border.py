"""Writing down what the border police met, passing it on under a rule, forgetting it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.actions import end_grants
from samenhang.access.rules import NotYours, may_do, pack
from samenhang.exchange.actions import give, may_give
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import Item, Provision
from samenhang.exchange.rules.conduct import with_answer
from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.keys import destroy_on_commit, key_store
from samenhang.grounds.rules import law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.watchlists.models import Alert, BorderHit
from samenhang.watchlists.models.border import TEXT
from samenhang.watchlists.rules import border as rules
from samenhang.watchlists.rules.alerts import AlreadyLifted
from samenhang.watchlists.rules.transfers import check_necessity


@dataclass(frozen=True, slots=True)
class Way:
    """A body that the law of today lets have it, and for what. conditions: what must be confirmed first."""

    organisation: Organisation
    purpose: str
    basis: str
    conditions: tuple[str, ...]


@transaction.atomic
def note(met: rules.Met, *, alert: Alert | None = None, by: Actor) -> BorderHit:
    """Write down what was met. It stays with the marechaussee until a colleague passes it on.

    Raises NotYours, NotBorderPolice, NoBasis, UnknownGround, NotFactual, AlreadyLifted and
    OnlyByOfficialMessage.
    """
    _require(by, "border-hit.note")
    basis = rules.basis_on(met.domain, by.today)
    rules.check_met(met, by.now, alert=alert is not None)
    if alert is not None:
        policy.require(by, "border-hit.note", alert)
        if not alert.stands(by.today):
            raise AlreadyLifted(_("This alert was lifted or is past its day of review."))

    reference = new_reference("BH")
    text = with_answer(met.description.strip(), met.conduct)
    made = BorderHit.objects.create(
        reference=reference,
        scope=reference,
        provider_id=by.organisation_id,
        category=rules.domains()[met.domain]["category"],
        purposes=pack(rules.PURPOSES),
        domain=met.domain,
        basis=basis,
        ground=met.ground,
        description=key_store().seal(reference, text.encode(), context=TEXT),
        place=met.place.strip(),
        happened_at=met.happened_at,
        alert=alert,
        noted_by_id=by.user_id,
        noted_at=by.now,
        delete_on=by.today + rules.KEPT,
    )
    record("border-hit.noted", made, by=by, operation=Operation.COLLECTION, basis=basis[:60])
    return made


def ways(hit: BorderHit, *, by: Actor) -> list[Way]:
    """To whom it may go today: no body without a rule. Empty for who may not pass it on."""
    if not by.human or hit.provider_id != by.organisation_id or not may_do("border-hit.pass-on", by.roles):
        return []
    found = []
    for body in Organisation.objects.exclude(pk=hit.provider_id).order_by("name", "pk"):
        for purpose in rules.GIVEN_FOR:
            (answer,) = may_give(_provision(hit, purpose), to=body, by=by).values()
            if answer.permitted:
                asked = tuple(code for code in answer.conditions if law().conditions[code].must_be_met)
                found.append(Way(body, purpose, answer.basis, asked))
                break
    return found


@transaction.atomic
def pass_on(
    hit: BorderHit, way: Way, *, necessity: str, not_met: Collection[str] = (), by: Actor
) -> list[Disclosure]:
    """Give it to another body, as another officer than who wrote it down, under the rule of today.

    Raises NotThere, NotYours, NotBorderPolice, ColleagueNeeded, NotTransferable, NotLawful.
    """
    _require(by, "border-hit.pass-on")
    hit = BorderHit.objects.unscoped("as it stands now").select_for_update().get(pk=hit.pk)
    policy.require(by, "border-hit.pass-on", hit)
    if hit.provider_id != by.organisation_id:
        raise NotYours
    rules.check_may_pass_on(hit.noted_by_id, by.user_id)
    check_necessity(necessity)
    made = give(_provision(hit, way.purpose, frozenset(not_met)), to=way.organisation, by=by)

    if hit.given_at is None:
        hit.given_at, hit.delete_on = by.now, by.today + rules.KEPT_ONCE_GIVEN
        hit.save(update_fields=["given_at", "delete_on"])

    record(
        "border-hit.passed-on",
        hit,
        by=by,
        operation=Operation.DISCLOSURE,
        reason=necessity,
        recipients=[way.organisation.reference],
        basis=made[0].rule,
    )
    return made


@transaction.atomic
def forget_border_hits(*, by: Actor) -> int:
    """Forget those whose day has come, with their words; returns how many. Raises NotYours."""
    policy.require_function(by, "passenger.screen")
    gone = list(BorderHit.objects.unscoped("their day has come").over(by.today))
    for hit in gone:
        end_grants(hit.scope, by=by)
        record("border-hit.forgotten", hit.reference, by=by, operation=Operation.ERASURE)
        destroy_on_commit(hit.scope)
    BorderHit.objects.unscoped("their day has come").filter(pk__in=[hit.pk for hit in gone]).delete()
    return len(gone)


def _provision(hit: BorderHit, purpose: str, not_met: frozenset[str] = frozenset()) -> Provision:
    unit = Organisation.objects.get(pk=hit.provider_id)
    return Provision(unit, (Item(hit.scope, hit.category),), purpose, not_met=not_met)


def _require(by: Actor, deed: str) -> None:
    policy.require_function(by, deed)
    if not by.human or by.authority != rules.WHO:
        raise rules.NotBorderPolice(_("Only the marechaussee writes down and passes on what it met."))
