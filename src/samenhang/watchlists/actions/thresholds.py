"""Setting from which resemblance the alerts of one issuer become hits, and what to expect of it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotYours, may_do
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.watchlists import rules
from samenhang.watchlists.models import Alert, ListThreshold, ScreeningRun
from samenhang.watchlists.models.alerts import Edition
from samenhang.watchlists.models.watch import active, edition, watch
from samenhang.watchlists.rules.alerts import ISSUERS, UNIT
from samenhang.watchlists.rules.made_people import made_people
from samenhang.watchlists.rules.thresholds import (
    CANDIDATES,
    Expected,
    Forecast,
    Level,
    Traffic,
    check_choice,
    sample_size,
)
from screening import VERSION


@dataclass(frozen=True, slots=True)
class ListToday:
    """One list: the alerts of an issuer, how many are compared today, and from which resemblance."""

    issuer: Organisation
    alerts: int
    level: Level


def lists_today(*, by: Actor) -> list[ListToday]:
    """Every list that passengers are compared with, in order of its issuer. Raises NotYours."""
    policy.require_function(by, "screening.see")
    levels, counted = ListThreshold.objects.levels(), active(by.today).comparable(by.today).by_issuer()
    return [
        ListToday(issuer, counted.get(issuer.pk, 0), levels.of(issuer.pk))
        for issuer in Organisation.objects.filter(authority__in=ISSUERS).order_by("name", "pk")
    ]


def expect(issuer: Organisation, *, by: Actor) -> tuple[Forecast, Traffic]:
    """How many false hits a day each candidate would bring with this list as it is today.

    Made-up travellers are compared with all active alerts, exactly as passengers are, and their
    pairs counted; nobody real takes part. Seconds for a long list, kept until an alert changes.
    Raises NotYours.
    """
    _check_unit(by)
    now = watch(edition(by.today))
    pairs, sample = _pairs(now.edition)
    rows = tuple(
        Expected(bits, n, sample) for bits, n in zip(CANDIDATES, pairs.get(issuer.pk, _NONE), strict=True)
    )
    forecast = Forecast(now.issuers.get(issuer.pk, 0), rows, now.index.version, VERSION)
    return forecast, Traffic.over(ScreeningRun.objects.passengers_a_day(by.today))


def set_threshold(issuer: Organisation, bits: float, *, reason: str, by: Actor) -> ListThreshold:
    """Let this list's alerts become hits from here on; the next run uses it, and says so.

    Hits that are queued stay, whatever the threshold. A lower one counts for who is still under way:
    the next run compares them again with this list. Raises NotYours, ReasonMissing,
    UnknownThreshold and ThresholdStands.
    """
    _check_unit(by)
    rules.check_reason(reason)
    standing = ListThreshold.objects.levels().of(issuer.pk)
    check_choice(bits, standing)
    # Before the lock: it may take seconds.
    forecast, traffic = expect(issuer, by=by)
    with transaction.atomic():
        return _set(issuer, bits, reason, forecast.as_shown(bits, traffic), by=by)


def _set(
    issuer: Organisation, bits: float, reason: str, shown: dict[str, object], *, by: Actor
) -> ListThreshold:
    # A run that marks alerts as caught up holds the same lock.
    Organisation.objects.select_for_update().get(pk=issuer.pk)
    standing = ListThreshold.objects.levels().of(issuer.pk)
    check_choice(bits, standing)
    made = ListThreshold.objects.create(
        issuer=issuer,
        threshold=bits,
        before=standing.bits,
        reason=reason.strip(),
        shown=shown,
        set_by_id=by.user_id,
        at=by.now,
    )
    if bits < standing.bits:
        own = Alert.objects.unscoped("a lower threshold concerns who is still under way").standing()
        own.filter(provider=issuer).update(caught_up_at=None)

    told = f"{standing.bits:g} → {bits:g}: {reason.strip()}"
    record("threshold.set", made, by=by, operation=Operation.DECISION, reason=told)
    return made


def may_set(*, by: Actor) -> bool:
    """Whether this person may set a threshold: a reviewer of the unit that compares passengers."""
    return by.human and by.authority == UNIT and may_do("threshold.set", by.roles)


def _check_unit(by: Actor) -> None:
    if not may_set(by=by):
        raise NotYours


_NONE = (0,) * len(CANDIDATES)


@lru_cache(maxsize=4)
def _pairs(moment: Edition) -> tuple[dict[int, tuple[int, ...]], int]:
    """By issuer, how many pairs of made-up travellers and alerts reach each candidate; and the travellers.

    The edition says the content of the alerts, so the answer is kept.
    """
    now = watch(moment)
    if not len(now.index):
        return {}, sample_size(0)
    sample = sample_size(len(now.index))
    stream = now.index.search_stream(
        made_people(sample), threshold=min(CANDIDATES), limit=len(now.index), portion=4_096
    )
    reached: dict[str, list[float]] = {}
    for _done, answers in stream:
        for answer in answers:
            for one in answer:
                reached.setdefault(one.entry_key, []).append(one.score)
    return _by_issuer(reached), sample


def _by_issuer(reached: dict[str, list[float]]) -> dict[int, tuple[int, ...]]:
    alerts = Alert.objects.unscoped("whose list it is").filter(reference__in=reached)
    scores: dict[int, list[float]] = {}
    for reference, issuer in alerts.values_list("reference", "provider_id"):
        scores.setdefault(issuer, []).extend(reached[reference])
    return {
        issuer: tuple(int((np.array(found) >= bits).sum()) for bits in CANDIDATES)
        for issuer, found in scores.items()
    }
