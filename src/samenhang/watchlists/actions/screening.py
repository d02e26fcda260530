"""Comparing waiting passengers with the active alerts.

The comparison itself runs outside the transaction, which only checks that
nothing changed meanwhile and writes: so that nobody waits for it, a process may
be stopped anywhere, and two may run at once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from samenhang.access import policy
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.travel import sealing
from samenhang.travel.actions import mark_screened
from samenhang.travel.models import Passenger
from samenhang.watchlists.actions.found import Found, Kept, keep
from samenhang.watchlists.models import Alert, ListThreshold, ScreeningRun
from samenhang.watchlists.models.watch import Watch, active, edition, watch
from samenhang.watchlists.rules import screening as rules
from samenhang.watchlists.rules.thresholds import Levels
from screening import VERSION, Candidate


@dataclass(frozen=True, slots=True)
class Screened:
    """What one call of the worker did. waiting: passengers who still wait.

    refused: a sentence for each list of alerts that the law of today does not allow, with the reason.
    """

    passengers: int
    hits: int
    remembered: int
    waiting: int
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Search:
    """What is compared with: the alerts, and from which resemblance on.

    newer: references of the alerts whose pairs count, when who was compared before is compared
    again; empty when all count. issuers: how many that are, by issuer. begun: of the stopwatch.
    """

    watch: Watch
    levels: Levels
    issuers: Mapping[int, int]
    begun: float
    newer: frozenset[str] = frozenset()

    def counts(self, alert: str) -> bool:
        return not self.newer or alert in self.newer


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
        refused=_refused(by) if runs else (),
    )


def _refused(by: Actor) -> tuple[str, ...]:
    """Why some active alerts were not compared with."""
    return tuple(str(why) for why in active(by.today).refused(by.today).values())


def screen(passengers: Sequence[Passenger], *, by: Actor) -> ScreeningRun | None:
    """Compare a batch with all alerts active today. None when no passenger of it still waits.

    Hits, the mark on each passenger and the entry of the journal are one
    transaction. Raises NotYours.
    """
    policy.require_function(by, "passenger.screen")
    rules.check_batch(passengers)
    begun = perf_counter()
    while True:
        now = watch(edition(by.today))
        search = _Search(now, ListThreshold.objects.levels(), now.issuers, begun)
        found = _search(passengers, search)
        with transaction.atomic():
            # An alert issued or lifted during the search counts, and a threshold that was set: search again.
            if edition(by.today) == search.watch.edition and ListThreshold.objects.levels() == search.levels:
                return _keep_waiting(passengers, found, search, by)


def catch_up(*, by: Actor) -> list[ScreeningRun]:
    """Compare alerts issued since with everybody whose journey is not completed.

    Takes also those who were never screened: one whose screening began before the alert
    may be marked only after this looked. The pair is kept once, whoever finds it. The search is
    that of the whole list, because a score depends on it; what older alerts resemble was found before.
    """
    policy.require_function(by, "passenger.screen")
    newer = Alert.objects.unscoped("to find what to compare").active(by.today).not_caught_up()
    # A list that the law does not allow today is compared once it does.
    newer = newer.comparable(by.today)
    issuers = dict(newer.values_list("reference", "provider_id"))
    if not issuers:
        return []
    # What is issued from here on is left for the next round.
    references, counted = frozenset(issuers), Counter(issuers.values())
    now, levels = watch(edition(by.today)), ListThreshold.objects.levels()
    runs: list[ScreeningRun] = []
    last = 0
    while batch := list(_under_way(by.today).filter(pk__gt=last).order_by("pk")[: rules.BATCH]):
        last = batch[-1].pk
        search = _Search(now, levels, counted, perf_counter(), references)
        found = _search(batch, search)
        with transaction.atomic():
            runs.append(_keep_again(batch, found, search, by))
    _caught_up(references, counted, levels, by)
    return runs


@transaction.atomic
def _caught_up(references: frozenset[str], issuers: Counter[int], levels: Levels, by: Actor) -> None:
    """Note that it is done; not when a threshold was set meanwhile, because a lower one finds more."""
    list(Organisation.objects.select_for_update().filter(pk__in=issuers).order_by("pk"))
    if ListThreshold.objects.levels() == levels:
        done = Alert.objects.unscoped("to note that it is done").filter(reference__in=references)
        done.not_caught_up().update(caught_up_at=by.now)


def _search(passengers: Sequence[Passenger], search: _Search) -> dict[int, list[Found]]:
    """Everything that resembles, by passenger. No limit: none is dropped because there are many."""
    index = search.watch.index
    if not len(index):
        return {}
    keys = sealing.Keys()
    for passenger in passengers:
        passenger.recall(keys)
    queries = [rules.query(passenger) for passenger in passengers]
    answers = index.search_many(queries, threshold=search.levels.lowest, limit=len(index))
    answers = [[one for one in answer if search.counts(one.entry_key)] for answer in answers]
    alerts = _alerts({one.entry_key for answer in answers for one in answer})
    return {
        passenger.pk: [_found(passenger, alerts[one.entry_key], one, search.levels) for one in answer]
        for passenger, answer in zip(passengers, answers, strict=True)
    }


def _found(passenger: Passenger, alert: Alert, one: Candidate, levels: Levels) -> Found:
    return Found(passenger, alert, one, one.score >= levels.of(alert.provider_id).bits)


def _alerts(references: set[str]) -> dict[str, Alert]:
    rows = Alert.objects.unscoped("to keep what resembles them").filter(reference__in=references)
    return {alert.reference: alert for alert in rows.select_related("provider")}


def _keep_waiting(
    passengers: Sequence[Passenger], found: dict[int, list[Found]], search: _Search, by: Actor
) -> ScreeningRun | None:
    """Keep what was found of those who still wait as they were compared, and mark them."""
    rows = Passenger.objects.unscoped("to screen each once").awaiting_screening()
    mine = _unchanged(passengers, rows.select_for_update(skip_locked=True))
    if not mine:
        return None
    run = _run(mine, found, search, by)
    mark_screened(mine, by=by)
    return run


def _keep_again(
    passengers: Sequence[Passenger], found: dict[int, list[Found]], search: _Search, by: Actor
) -> ScreeningRun:
    """Keep what newer alerts found; who changed meanwhile waits to be screened and is found then."""
    rows = Passenger.objects.unscoped("to compare with newer alerts").order_by("pk")
    mine = _unchanged(passengers, rows.select_for_update())
    resembling = {one.alert.reference for several in found.values() for one in several}
    standing = set(active(by.today).filter(reference__in=resembling).values_list("reference", flat=True))
    kept = {pk: [one for one in several if one.alert.reference in standing] for pk, several in found.items()}
    return _run(mine, kept, search, by)


def _unchanged(passengers: Sequence[Passenger], rows: "QuerySet[Passenger]") -> list[Passenger]:
    compared = {passenger.pk: passenger for passenger in passengers}
    locked = dict(rows.filter(pk__in=compared).values_list("pk", "revision"))
    return [one for pk, one in compared.items() if locked.get(pk) == one.revision]


def _run(
    passengers: Sequence[Passenger], found: dict[int, list[Found]], search: _Search, by: Actor
) -> ScreeningRun:
    index, levels = search.watch.index, search.levels
    run = ScreeningRun.objects.create(
        at=by.now,
        by=by.user,
        alerts=sum(search.issuers.values()),
        alerts_version=index.version,
        library=VERSION,
        threshold=levels.lowest,
        passengers=len(passengers),
        again=bool(search.newer),
    )
    resembling = [one for passenger in passengers for one in found.get(passenger.pk, [])]
    kept = keep(resembling, run, by=by)
    run.hits, run.remembered = kept.hits.total(), kept.remembered.total()
    run.lists = _lists(search, kept)
    # A stopwatch, not the hour: how long it took from the beginning of the search.
    run.took_ms = round((perf_counter() - search.begun) * 1_000)
    run.save(update_fields=["hits", "remembered", "lists", "took_ms"])
    record("passengers.screened", run, by=by, operation=Operation.COMBINATION)
    return run


def _lists(search: _Search, kept: Kept) -> list[dict[str, Any]]:
    """What the run did with each issuer's list, as it stays with the run."""
    levels = search.levels
    return [
        {
            "issuer": issuer.reference,
            "name": issuer.name,
            "alerts": search.issuers[issuer.pk],
            "threshold": levels.of(issuer.pk).bits,
            "setting": levels.of(issuer.pk).setting,
            "hits": kept.hits[issuer.pk],
            "remembered": kept.remembered[issuer.pk],
        }
        for issuer in Organisation.objects.filter(pk__in=search.issuers).order_by("name", "pk")
    ]


def _under_way(on: date) -> "QuerySet[Passenger]":
    """Those whose journey is not completed; in doubt it is not. Masked records are not compared."""
    since = rules.under_way_since(on)
    landing = Q(flight__arrives_at__gte=since.isoformat())
    leaving = Q(flight__arrives_at="") & (Q(flight__departs_on__gte=since) | Q(flight__departs_on=None))
    rows = Passenger.objects.unscoped("an alert issued later concerns who is still travelling")
    return rows.filter(landing | leaving, masked_at=None).select_related("flight")
