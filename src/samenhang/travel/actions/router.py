"""The EU router: taking in what it sends, confirming it, and what is done while it fails."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.foundation.errors import Refused
from samenhang.foundation.once import forget
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import rules
from samenhang.travel.actions.reading import take_in
from samenhang.travel.models import (
    Delivery,
    Message,
    Observation,
    Passenger,
    RouterEvent,
    RouterFailure,
    RouterUse,
)
from samenhang.travel.models.carriers import DeliveryQuerySet
from samenhang.travel.rules import bases, router, router_envelope
from samenhang.travel.rules.router import Channel, Event, Party, Way
from samenhang.travel.rules.router_envelope import Envelope, NotAnEnvelope

ASK = "router.ask-carriers"
_ONE_STEP = 500
# Whoever is kept longer may be let go before, when the statute or the evidence for it ends.
_LOOKED_AT_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. confirmation: what goes back to the router at once. before: it came before."""

    event: RouterEvent
    confirmation: bytes
    before: bool = False


def take_from_router(data: bytes, *, by: Actor) -> Taken:
    """One thing that the router sent, once. A delivery is confirmed also when nothing of it may be kept.

    It was received then, and what is not confirmed would stay in the router. What cannot be read as a
    delivery is not confirmed, so that it is sent again. Raises NotYours, RouterOff and NotAnEnvelope; then
    nothing is kept.
    """
    policy.require_function(by, "message.receive")
    if not RouterUse.objects.today(by.today):
        _note_refusal(by)
        raise router.off()
    told, digest = router_envelope.read(data), sha256(data).hexdigest()
    known = RouterEvent.objects.filter(identity=told.identity).first()
    if known is not None and known.digest != digest:
        raise NotAnEnvelope(_("The router used this name before, for something else."))
    before = known is not None
    event = known or _take(told, digest, by)
    return Taken(event, router_envelope.write_confirmation(event.identity, event.received_at), before=before)


@transaction.atomic
def _note_refusal(by: Actor) -> None:
    """That something came while the router is not used."""
    record("router.refused", "", by=by, operation=Operation.ERASURE)


def _take(told: Envelope, digest: str, by: Actor) -> RouterEvent:
    message, refused = "", ""
    if told.event == Event.DELIVERY:
        # Read before it is noted: who is stopped in between gets it again, and knows it by its digest.
        message, refused = _deliver(told, by)
    elif told.event == Event.FAILS:
        _begin(told.party or Party.ROUTER, told.carrier, told.sent_at, by)
    elif told.event == Event.WORKS:
        _end(told.party or Party.ROUTER, told.carrier, told.sent_at, by)
    event = _note(told, digest, message, refused, by)
    forget_stand_ins(by=by)
    return event


@transaction.atomic
def _note(told: Envelope, digest: str, message: str, refused: str, by: Actor) -> RouterEvent:
    event = RouterEvent.objects.create(
        identity=told.identity,
        event=told.event,
        kind=told.kind or "",
        carrier=told.carrier,
        flight=told.flight,
        moment=told.moment,
        about=told.about,
        digest=digest,
        message=message,
        refused=refused,
        sent_at=told.sent_at,
        received_at=by.now,
        delete_on=rules.delete_on(by.today),
    )
    record(f"router.{told.event}", message, by=by, operation=Operation.COLLECTION)
    return event


def _deliver(told: Envelope, by: Actor) -> tuple[str, str]:
    """The reference of the message it became, or the code of why nothing of it may be kept."""
    if not router.may_bring(RouterUse.objects.today(by.today), told.kind or "", told.carrier):
        return "", router.RouterOff.code
    way = Way(Channel.ROUTER, told.moment)
    try:
        receipt = take_in(told.content, name="", by=by, way=way)
    except Refused as refusal:
        return "", refusal.code
    if receipt.duplicate and receipt.message.channel == Channel.STAND_IN:
        _take_over(receipt.message, way)
    return receipt.message.reference, ""


@transaction.atomic
def _take_over(message: Message, way: Way) -> None:
    """The very bytes that the carrier sent while the router failed: from now on they are the router's."""
    message.channel, message.moment = way.channel, way.moment
    message.save(update_fields=["channel", "moment"])
    closings = [router.closing_at(way.moment, part["code"]) for part in message.parts]
    for closing in filter(None, closings):
        known = Passenger.objects.unscoped("whom the closing of their flight tells of")
        those = known.filter(flight__in=message.deliveries.values("flight"), masked_at=None)
        named = message.observations.values("passenger")
        those.filter(pk__in=named).update(presence=closing.named)
        those.exclude(pk__in=named).update(presence=closing.others)


@transaction.atomic
def _begin(party: Party, carrier: str, at: datetime, by: Actor) -> RouterFailure:
    failure, made = RouterFailure.objects.get_or_create(
        party=party, carrier=carrier, ended_at=None, defaults={"began_at": at}
    )
    if made:
        record("router-failure.began", failure, by=by, operation=Operation.COLLECTION)
    return failure


@transaction.atomic
def _end(party: Party, carrier: str, at: datetime, by: Actor) -> list[RouterFailure]:
    ended = list(RouterFailure.objects.standing().filter(party=party, carrier=carrier))
    for failure in ended:
        failure.ended_at = at
        failure.save(update_fields=["ended_at"])
        record("router-failure.ended", failure, by=by, operation=Operation.COLLECTION)
    forget()
    return ended


def may_ask_carriers(*, by: Actor) -> bool:
    """Whether this is a person of the unit who may open the direct channel while something fails."""
    return by.human and may_do(ASK, by.roles)


@transaction.atomic
def own_link(*, fails: bool, reason: str, by: Actor) -> None:
    """Somebody of the unit says that our own link fails, or works again (art. 16(2)).

    Raises NotYours, RouterOff, NotAnswerable and NothingFails.
    """
    policy.require_function(by, ASK)
    bases.check_reason(reason)
    if not RouterUse.objects.today(by.today):
        raise router.off(_("No use of the EU router is switched on for today."))
    said = [_begin(Party.UNIT, "", by.now, by)] if fails else _end(Party.UNIT, "", by.now, by)
    if not said:
        raise router.NothingFails(_("Our own link was not said to fail."))
    record("router-failure.said", said[0], by=by, operation=Operation.DECISION, reason=reason)
    forget_stand_ins(by=by)


@transaction.atomic
def ask_carriers(*, reason: str, by: Actor) -> int:
    """Ask carriers to send directly while something fails, because this case cannot wait (art. 16).

    The asking itself goes by telephone or mail; this opens the channel, and says who opened it and why.
    Returns of how many failures. Raises NotYours, NotAnswerable, NothingFails.
    """
    policy.require_function(by, ASK)
    bases.check_reason(reason)
    standing = list(RouterFailure.objects.standing().filter(asked_at=None))
    if not standing:
        raise router.NothingFails(_("Nothing fails for which carriers were not asked yet."))
    for failure in standing:
        failure.asked_at, failure.asked_by_id, failure.reason = by.now, by.user_id, reason.strip()
        failure.save(update_fields=["asked_at", "asked_by", "reason"])
        record("carriers.asked-directly", failure, by=by, operation=Operation.DECISION, reason=reason)
    forget()
    return len(standing)


@transaction.atomic
def forget_stand_ins(*, by: Actor) -> int:
    """Delete what carriers sent directly of flights that the router has brought since; returns of how many.

    Art. 16(1), last sentence: once it works again and the transmission is complete. Whom the router named as
    well stays as the router's; whom only the carrier named has their last day today, and goes with the next
    deletion, hits included.
    """
    policy.require_function(by, "message.receive")
    waiting = _deliveries(Channel.STAND_IN).filter(message__in=Observation.objects.values("message"))
    if RouterFailure.objects.standing().exists() or not waiting.exists():
        return 0
    gone = 0
    for flight, kind in sorted(set(waiting.values_list("flight", "kind"))):
        brought = _deliveries(Channel.ROUTER).filter(flight=flight, kind=kind)
        rows = Message.objects.unscoped("when their carrier sent them").filter(deliveries__in=brought)
        if any(router.is_whole(kind, moment) for moment in rows.values_list("moment", flat=True)):
            gone += _forget_of(flight, kind, by)
    if gone:
        record("passengers.brought-by-the-router", "", by=by, operation=Operation.ERASURE)
    return gone


def forget_router_events(*, by: Actor) -> int:
    """Delete what the router sent, with the last passenger of it; returns how many.

    What names nobody, such as a notice of a failure, goes after the usual six months; what was said of a
    delivery goes with that delivery. Safe to stop and to repeat.
    """
    policy.require_function(by, "passenger.mask")
    done = 0
    while due := list(RouterEvent.objects.due(by.today)[:_ONE_STEP]):
        done += _forget_events(due, by)
    return done


@transaction.atomic
def _forget_events(due: list[RouterEvent], by: Actor) -> int:
    """Those of nobody who is kept; the others are looked at again, a month from now at the latest."""
    last = _last_days({event.message for event in due} - {""})
    delivered = [event for event in due if not event.about]
    gone = _gone(delivered, {event.pk: last.get(event.message) for event in delivered}, by)
    notices = [event for event in due if event.about]
    of = RouterEvent.objects.filter(identity__in={event.about for event in notices})
    stands = dict(of.values_list("identity", "delete_on"))
    gone += _gone(notices, {event.pk: stands.get(event.about) for event in notices}, by)
    if gone:
        record("router-events.forgotten", "", by=by, operation=Operation.ERASURE)
    return gone


def _gone(events: list[RouterEvent], last: dict[int, date | None], by: Actor) -> int:
    """last: by key, until when what it is of is kept; None when nothing is left of it."""
    for event in events:
        if day := last[event.pk]:
            event.delete_on = max(by.today + timedelta(days=1), min(day, by.today + _LOOKED_AT_AGAIN))
            event.save(update_fields=["delete_on"])
    return RouterEvent.objects.filter(pk__in=[pk for pk, day in last.items() if not day]).delete()[0]


def _last_days(messages: set[str]) -> dict[str, date]:
    """By reference of a message, the last day of who is kept longest of those whom it named."""
    rows = Message.objects.unscoped("whom the router brought").filter(reference__in=messages)
    references = dict(rows.values_list("pk", "reference"))
    named = Passenger.objects.unscoped("whom the router brought").filter(
        observations__message_id__in=references
    )
    last = named.order_by().values_list("observations__message_id").annotate(Max("delete_on"))
    return {references[message]: day for message, day in last if message in references}


def _deliveries(channel: Channel) -> DeliveryQuerySet:
    rows = Message.objects.unscoped("what came this way").filter(channel=channel)
    return Delivery.objects.filter(message__in=rows)


def _forget_of(flight: int, kind: str, by: Actor) -> int:
    those = Passenger.objects.unscoped("what their carrier sent past the router").filter(flight=flight)
    told = _deliveries(Channel.STAND_IN).filter(flight=flight, kind=kind)
    of_carrier = Observation.objects.filter(
        message__in=told.values("message"), passenger__in=those.values("pk")
    )
    keys = list(of_carrier.values_list("passenger", flat=True).distinct())
    of_carrier.delete()
    elsewhere = set(Observation.objects.filter(passenger__in=keys).values_list("passenger", flat=True))
    only = [key for key in keys if key not in elsewhere]
    for begin in range(0, len(only), _ONE_STEP):
        those.filter(pk__in=only[begin : begin + _ONE_STEP]).update(delete_on=by.today, kept_for="")
    return len(only)
