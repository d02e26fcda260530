"""Keeping what a screening found: new hits, hits that changed, and false ones met again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from samenhang.access.rules import pack
from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging.rules import CATEGORY, KEPT_FOR, Status
from samenhang.travel.actions import mark_identified
from samenhang.travel.models import Passenger
from samenhang.watchlists.actions.counting import count
from samenhang.watchlists.models import Alert, Hit, RememberedFalseHit, ScreeningRun
from samenhang.watchlists.rules import false_hits
from samenhang.watchlists.rules import screening as rules
from samenhang.watchlists.rules.quality import What
from screening import Candidate


@dataclass(frozen=True, slots=True)
class Found:
    """A passenger beside an alert that their record resembles.

    enough: by the threshold of the list. Less only refreshes a hit that is queued already.
    """

    passenger: Passenger
    alert: Alert
    candidate: Candidate
    enough: bool

    @property
    def pair(self) -> tuple[int, int]:
        return self.passenger.pk, self.alert.pk


@dataclass(frozen=True, slots=True)
class Kept:
    """How many hits wait because of a run, and how many were remembered as false; by the issuer's key."""

    hits: Counter[int]
    remembered: Counter[int]


def keep(found: Sequence[Found], run: ScreeningRun, *, by: Actor) -> Kept:
    """Keep each pair once.

    A pair that somebody judged false comes back only when the passenger's data differ. What is
    queued stays queued, also below a threshold that was raised since.
    """
    known = _known(found)
    enough = [one for one in found if one.enough]
    remembered = _remembered(enough, by)
    fresh: list[Hit] = []
    hits: Counter[int] = Counter()
    for one in found:
        hit = known.get(one.pair)
        if hit is None and one.enough and one.pair not in remembered:
            fresh.append(_hit(one, run, by))
            hits[one.alert.provider_id] += 1
        elif hit is not None and hit.revision != one.passenger.revision:
            hits[one.alert.provider_id] += _look_again(hit, one, run, by, one.pair in remembered)
    Hit.objects.bulk_create(fresh, batch_size=rules.BATCH)
    mark_identified([hit.passenger for hit in fresh], by=by)
    for hit in fresh:
        record("hit.found", hit, by=by, operation=Operation.COMBINATION)
    # In the order of their keys, as every run takes them, so that no two wait for each other.
    for issuer, times in sorted(Counter(hit.issuer_id for hit in fresh).items()):
        count(issuer, What.FOUND, times=times, by=by)
    _count(remembered.values())
    again = Counter(one.alert.provider_id for one in enough if one.pair in remembered)
    return Kept(hits, again)


def remember(passenger: Passenger, alert: Alert, *, by: Actor) -> None:
    """So that this pair is not asked again while both its sides stand."""
    if not alert.fingerprint_key:
        return  # Lifted: nobody is compared with it any more.
    RememberedFalseHit.objects.update_or_create(
        fingerprint=_fingerprint(passenger, alert),
        defaults={"alert": alert.reference, "expires_on": min(alert.review_on, passenger.delete_on)},
    )
    record("false-hit.remembered", alert, by=by)


def no_longer_remember(passenger: Passenger, alert: Alert, *, by: Actor) -> None:
    """So that this pair is shown again, until somebody judges it."""
    forgotten, _each = RememberedFalseHit.objects.filter(fingerprint=_fingerprint(passenger, alert)).delete()
    if forgotten:
        record("false-hit.forgotten", alert, by=by)


def _known(found: Sequence[Found]) -> dict[tuple[int, int], Hit]:
    rows = Hit.objects.unscoped("a pair is kept once").select_for_update().order_by("pk")
    rows = rows.filter(passenger__in={one.passenger.pk for one in found})
    return {(hit.passenger_id, hit.alert_id): hit for hit in rows}


def _remembered(found: Sequence[Found], by: Actor) -> dict[tuple[int, int], str]:
    """Fingerprints of the pairs that were judged false before, exactly as they are now."""
    alerts = {one.alert.reference for one in found}
    standing = RememberedFalseHit.objects.in_force(by.today).filter(alert__in=alerts)
    told = {(row.alert, row.fingerprint) for row in standing}
    several = {alert for alert, _fingerprint in told}
    marks = {one.pair: _mark(one) for one in found if one.alert.reference in several}
    return {pair: mark for pair, (alert, mark) in marks.items() if (alert, mark) in told}


def _mark(one: Found) -> tuple[str, str]:
    return one.alert.reference, _fingerprint(one.passenger, one.alert)


def _fingerprint(passenger: Passenger, alert: Alert) -> str:
    sealed = bytes(alert.fingerprint_key)
    key = key_store().open(alert.scope, sealed, context=false_hits.KEY_CONTEXT)
    return false_hits.fingerprint(key, alert.reference, passenger.told)


def _hit(one: Found, run: ScreeningRun, by: Actor) -> Hit:
    reference = new_reference("H")
    hit = Hit(
        reference=reference,
        scope=reference,
        # Whose passenger data it is made of.
        provider_id=one.passenger.provider_id,
        category=CATEGORY,
        purposes=pack(KEPT_FOR),
        run=run,
        passenger=one.passenger,
        alert=one.alert,
        flight=one.passenger.flight,
        issuer=one.alert.provider,
        resemblance=one.candidate.score,
        listed=rules.shown_of(one.alert),
        arrives=rules.arrival_of(one.passenger.flight),
        found_at=by.now,
    )
    hit.quote(rules.explanation(one.candidate), one.passenger)
    return hit


def _look_again(hit: Hit, one: Found, run: ScreeningRun, by: Actor, remembered: bool) -> bool:
    """The passenger's record changed: what was said of the old one no longer stands. True if it waits anew.

    What was confirmed and given to the issuer stays as it was.
    """
    dismissed = hit.status == Status.DISMISSED
    if hit.status == Status.CONFIRMED or (dismissed and remembered):
        return False
    if hit.finished_at and not one.enough:
        return False
    hit.run, hit.resemblance = run, one.candidate.score
    hit.quote(rules.explanation(one.candidate), one.passenger)
    anew = hit.status != Status.WAITING
    hit.status, hit.finished_at = Status.WAITING, None
    hit.save()
    if anew:
        count(hit.issuer_id, What.REOPENED, by=by)
    record("hit.reopened" if anew else "hit.refreshed", hit, by=by, operation=Operation.COMBINATION)
    return anew


def _count(fingerprints: Iterable[str]) -> None:
    for fingerprint, times in Counter(fingerprints).items():
        RememberedFalseHit.objects.filter(fingerprint=fingerprint).update(met=F("met") + times)
