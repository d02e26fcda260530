"""Comparing waiting passengers with the active alerts.

The comparison itself runs outside the transaction, which only checks that
nothing changed meanwhile and writes: so that nobody waits for it, a process may
be stopped anywhere, and two may run at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction
from django.db.models import Q, QuerySet

from samenhang.access import policy
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import sealing
from samenhang.travel.actions import mark_screened
from samenhang.travel.models import Passenger
from samenhang.watchlists.actions.found import Found, keep
from samenhang.watchlists.models import Alert, ScreeningRun
from samenhang.watchlists.models.alerts import Edition
from samenhang.watchlists.rules import screening as rules
from screening import DEFAULT_THRESHOLD, VERSION, Index


@dataclass(frozen=True, slots=True)
class Screened:
    """What one call of the worker did. waiting: passengers who still wait."""

    passengers: int
    hits: int
    remembered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Watch:
    """The alerts of one moment, ready to search."""

    edition: Edition
    index: Index


def screen_waiting(*, by: Actor, limit: int = 10_000) -> Screened:
    """Compare who waits, oldest first, at most ``limit``; and those under way with newer alerts.

    Safe to stop, to repeat and to run twice at once. Nobody is left out when
    there are too many: who is not reached keeps waiting, and the answer says how many.
    """
    runs = catch_up(by=by)
    done = 0
    while done < limit:
        waiting = Passenger.objects.unscoped("to find who waits").awaiting_screening()
        batch = list(waiting.select_related("flight")[: min(rules.BATCH, limit - done)])
        run = screen(batch, by=by) if batch else None
        if run is None or not run.passengers:
            break  # Nobody waits, or another worker has them.
        runs.append(run)
        done += run.passengers
    left = Passenger.objects.unscoped("to say how many wait").awaiting_screening().count()
    return Screened(
        passengers=done,
        hits=sum(run.hits for run in runs),
        remembered=sum(run.remembered for run in runs),
        waiting=left,
    )


def screen(passengers: Sequence[Passenger], *, by: Actor) -> ScreeningRun | None:
    """Compare a batch with all alerts active today. None when no passenger of it still waits.

    Hits, the mark on each passenger and the entry of the journal are one
    transaction. Raises NotYours.
    """
    policy.require_function(by, "passenger.screen")
    rules.check_batch(passengers)
    while True:
        watch = _watch(_edition(by.today))
        found = _search(passengers, watch)
        with transaction.atomic():
            # An alert issued or lifted during the search counts: search again.
            if _edition(by.today) == watch.edition:
                return _keep_waiting(passengers, found, watch, by)


def catch_up(*, by: Actor) -> list[ScreeningRun]:
    """Compare alerts issued since with everybody whose journey is not completed.

    Takes also those who were never screened: one whose screening began before the alert
    may be marked only after this looked. The pair is kept once, whoever finds it.
    """
    policy.require_function(by, "passenger.screen")
    newer = Alert.objects.unscoped("to find what to compare").active(by.today).not_caught_up()
    references = set(newer.values_list("reference", flat=True))
    if not references:
        return []
    # What was issued since is left for the next round.
    watch = _Watch(_edition(by.today), _index(newer.filter(reference__in=references)))
    runs: list[ScreeningRun] = []
    last = 0
    while batch := list(_under_way(by.today).filter(pk__gt=last).order_by("pk")[: rules.BATCH]):
        last = batch[-1].pk
        found = _search(batch, watch)
        with transaction.atomic():
            runs.append(_keep_again(batch, found, watch, by))
    done = Alert.objects.unscoped("to note that it is done").filter(reference__in=references)
    done.not_caught_up().update(caught_up_at=by.now)
    return runs


def _active(on: date) -> "QuerySet[Alert]":
    return Alert.objects.unscoped("passengers are compared with every issuer's alerts").active(on)


def _edition(on: date) -> Edition:
    return Alert.objects.unscoped("to know whether alerts changed during a search").edition(on)


@lru_cache(maxsize=2)
def _watch(edition: Edition) -> _Watch:
    """Alerts never change in what is compared, so the edition says the content."""
    return _Watch(edition, _index(_active(edition.on)))


def _index(alerts: "QuerySet[Alert]") -> Index:
    # One after another: a hundred thousand of them as objects would be half of the memory.
    return Index.build(map(rules.entry, alerts.order_by("reference").iterator(chunk_size=2000)))


def _search(passengers: Sequence[Passenger], watch: _Watch) -> dict[int, list[Found]]:
    """Everything that resembles, by passenger. No limit: none is dropped because there are many."""
    if not len(watch.index):
        return {}
    keys = sealing.Keys()
    for passenger in passengers:
        passenger.recall(keys)
    queries = [rules.query(passenger) for passenger in passengers]
    answers = watch.index.search_many(queries, threshold=DEFAULT_THRESHOLD, limit=len(watch.index))
    alerts = _alerts({one.entry_key for answer in answers for one in answer})
    return {
        passenger.pk: [Found(passenger, alerts[one.entry_key], one) for one in answer]
        for passenger, answer in zip(passengers, answers, strict=True)
    }


def _alerts(references: set[str]) -> dict[str, Alert]:
    rows = Alert.objects.unscoped("to keep what resembles them").filter(reference__in=references)
    return {alert.reference: alert for alert in rows.select_related("provider")}


def _keep_waiting(
    passengers: Sequence[Passenger], found: dict[int, list[Found]], watch: _Watch, by: Actor
) -> ScreeningRun | None:
    """Keep what was found of those who still wait as they were compared, and mark them."""
    rows = Passenger.objects.unscoped("to screen each once").awaiting_screening()
    mine = _unchanged(passengers, rows.select_for_update(skip_locked=True))
    if not mine:
        return None
    run = _run(mine, found, watch, by)
    mark_screened(mine, by=by)
    return run


def _keep_again(
    passengers: Sequence[Passenger], found: dict[int, list[Found]], watch: _Watch, by: Actor
) -> ScreeningRun:
    """Keep what newer alerts found; who changed meanwhile waits to be screened and is found then."""
    rows = Passenger.objects.unscoped("to compare with newer alerts").order_by("pk")
    mine = _unchanged(passengers, rows.select_for_update())
    resembling = {one.alert.reference for several in found.values() for one in several}
    standing = set(_active(by.today).filter(reference__in=resembling).values_list("reference", flat=True))
    kept = {pk: [one for one in several if one.alert.reference in standing] for pk, several in found.items()}
    return _run(mine, kept, watch, by)


def _unchanged(passengers: Sequence[Passenger], rows: "QuerySet[Passenger]") -> list[Passenger]:
    compared = {passenger.pk: passenger for passenger in passengers}
    locked = dict(rows.filter(pk__in=compared).values_list("pk", "revision"))
    return [one for pk, one in compared.items() if locked.get(pk) == one.revision]


def _run(
    passengers: Sequence[Passenger], found: dict[int, list[Found]], watch: _Watch, by: Actor
) -> ScreeningRun:
    run = ScreeningRun.objects.create(
        at=by.now,
        by=by.user,
        alerts=len(watch.index),
        alerts_version=watch.index.version,
        library=VERSION,
        threshold=DEFAULT_THRESHOLD,
        passengers=len(passengers),
    )
    resembling = [one for passenger in passengers for one in found.get(passenger.pk, [])]
    run.hits, run.remembered = keep(resembling, run, by=by)
    run.save(update_fields=["hits", "remembered"])
    record("passengers.screened", run, by=by, operation=Operation.COMBINATION)
    return run


def _under_way(on: date) -> "QuerySet[Passenger]":
    """Those whose journey is not completed; in doubt it is not. Masked records are not compared."""
    since = rules.under_way_since(on)
    landing = Q(flight__arrives_at__gte=since.isoformat())
    leaving = Q(flight__arrives_at="") & (Q(flight__departs_on__gte=since) | Q(flight__departs_on=None))
    rows = Passenger.objects.unscoped("an alert issued later concerns who is still travelling")
    return rows.filter(landing | leaving, masked_at=None).select_related("flight")
