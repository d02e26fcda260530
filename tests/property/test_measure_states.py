"""Any order of deeds on measures: no forbidden step, no orphan, nothing visible that the policy denies."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from samenhang.access import policy
from samenhang.access.models import Grant
from samenhang.access.rules import NotThere, NotYours
from samenhang.cases.models import Case
from samenhang.deconfliction import actions as deconfliction
from samenhang.deconfliction.models import Window
from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.measures import deciders, is_available, term
from samenhang.journal import Actor
from samenhang.measures import actions
from samenhang.measures.models import Document, Effect, Finding, Measure, Suspension
from samenhang.measures.rules import DECIDED, NEXT, Judged, Ruling, Seen, Status, Term, Upload
from samenhang.measures.rules.findings import Found, Kind
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import Organisation
from tests.cast import ActorOf, World
from tests.weighing import opened_case

APPROACH = "person-centred-approach"
WHY = "An imaginary reason in a full sentence."
KINDS = ("GW-172A", "PASS-ALERT", "MENTOR")
PEOPLE = ("director", "director_two", "lawyer", "mayor", "police", "school")
LETTER = Upload("letter.pdf", b"%PDF-1.7 an imaginary decision")


@dataclass
class Round:
    """One round of the dice: who acts, when, on which measure."""

    dice: random.Random
    world: World
    actor_of: ActorOf
    case: Case
    now: datetime

    def by(self, name: str = "") -> Actor:
        user = getattr(self.world, name or self.dice.choice(PEOPLE))
        return replace(self.actor_of(user, APPROACH, now=self.now), simulated=True)

    def whose(self, *names: str) -> Actor:
        """Mostly somebody whose deed it is, so that the dice come far; else anybody."""
        return self.by(self.dice.choice(names) if self.dice.random() < 0.85 else "")

    def row(self) -> Measure:
        rows = Measure.objects.unscoped("test").order_by("-pk")
        return self.dice.choice(list(rows[:3]))

    def term(self) -> Term:
        starts = self.now.date() + timedelta(days=self.dice.choice((0, 0, 3)))
        return Term(starts, starts + timedelta(days=self.dice.choice((20, 60, 900))))


def suggest(on: Round) -> None:
    words = {"necessity": WHY, "subsidiarity": WHY, "intended": WHY}
    actions.suggest(on.case, on.dice.choice(KINDS), **words, by=on.whose("director", "director_two"))


def check(on: Round) -> None:
    actions.check(on.row(), holds=on.dice.random() < 0.9, legality=WHY, by=on.whose("lawyer"))


def propose(on: Round) -> None:
    body = on.world.municipality if on.dice.random() < 0.9 else on.world.police.organisation
    actions.propose(on.row(), body, about="Pippi", by=on.whose("director"))


def decide(on: Round) -> None:
    by = on.whose("mayor")
    by = by if on.dice.random() < 0.9 else replace(by, human=False)
    actions.decide(on.row(), impose=on.dice.random() < 0.9, reasons=WHY, term=on.term(), by=by)


def record_decision(on: Round) -> None:
    day = on.now.date() - timedelta(days=1)
    ruling = Ruling("JENV", "Ministry", day, "2026-000", WHY, Term(day, day + timedelta(days=40)))
    actions.record_decision(on.row(), ruling, LETTER, by=on.whose("director", "director_two"))


def confirm(on: Round) -> None:
    agrees = on.dice.random() < 0.8
    actions.confirm_record(on.row(), agrees=agrees, reason=WHY, by=on.whose("director", "director_two"))


def find(on: Round) -> None:
    row = on.row()
    others = [other.reference for other, _why in actions.colliding(row, by=on.by("director"))]
    text = f"It goes together with {', '.join(others)} as was looked at."
    actions.find(row, Found(Kind.TOGETHER, on.now.date(), text), by=on.whose("director"))


def notify(on: Round) -> None:
    told = on.now.date() if on.dice.random() < 0.8 else None
    until = None if told else on.now.date() + timedelta(days=5)
    by = on.whose("mayor", "director")
    actions.notify(on.row(), told_on=told, deferred_until=until, ground="" if told else WHY, by=by)


def renew(on: Round) -> None:
    row = on.row()
    last = (row.lapses_on or on.now.date()) + timedelta(days=on.dice.choice((20, 500)))
    actions.renew(row, lapses_on=last, reasons=WHY, by=on.whose("mayor"))


def observe(on: Round) -> None:
    actions.observe(on.row(), Seen(on.now.date(), WHY, WHY), by=on.whose("director", "mayor"))


def end(on: Round) -> None:
    deed = on.dice.choice((actions.lift, actions.withdraw))
    if on.dice.random() < 0.4:
        deed(on.row(), reason=WHY, by=on.whose("mayor", "director"))


def court(on: Round) -> None:
    judged = Judged("Rechtbank Nergens", on.now.date(), "AWB 26/0", WHY)
    by = on.whose("mayor")
    match on.dice.choice(("suspend", "suspend", "resume", "annul")):
        case "suspend":
            actions.suspend(on.row(), judged, by=by)
        case "resume":
            actions.resume(on.row(), reason=WHY, by=by)
        case "annul" if on.dice.random() < 0.3:
            actions.annul(on.row(), judged, by=by)


def less(on: Round) -> None:
    soon = on.now.date() + timedelta(days=on.dice.choice((2, 400)))
    if on.dice.random() < 0.5:
        actions.ease(on.row(), lapses_on=soon, reasons=WHY, by=on.whose("mayor"))
    else:
        actions.review(on.row(), review_on=soon, reasons=WHY, by=on.whose("mayor"))


def wait(on: Round) -> None:
    on.now += timedelta(days=on.dice.choice((1, 2, 3, 15)))
    actions.apply_terms(by=service_account("terms", now=on.now))


def hold(on: Round) -> None:
    open_ones = Window.objects.unscoped("test").open_at(on.now)
    for window in open_ones[:1]:
        if on.dice.random() < 0.3:
            deconfliction.hold(window, days=5, reason=WHY, by=on.by("prosecutor"))


DEEDS: tuple[Callable[[Round], None], ...] = (
    suggest, check, check, propose, propose, decide, decide, record_decision, confirm, find, notify, notify,
    renew, observe, end, wait, wait, hold, court, court, less,
)  # fmt: skip


# What helps a measure on from each state, so that the dice come far.
LIKELY: dict[Status, tuple[Callable[[Round], None], ...]] = {
    Status.SUGGESTED: (check,),
    Status.CHECKED: (find, propose, propose, record_decision),
    Status.PROPOSED: (wait, decide, decide),
    Status.RECORDED: (confirm,),
    Status.IMPOSED: (notify,),
    Status.NOTIFIED: (wait, court),
    Status.IN_FORCE: (observe, renew, court, less, end, wait),
    Status.SUSPENDED: (court, wait),
}
# From which state alone each of these may take a measure anywhere.
FROM: dict[Callable[[Round], None], set[Status]] = {
    check: {Status.SUGGESTED}, propose: {Status.CHECKED}, decide: {Status.PROPOSED},
    record_decision: {Status.CHECKED}, confirm: {Status.RECORDED}, notify: {Status.IMPOSED},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [5, 6])
def test_deeds_in_any_order_keep_what_must_always_be_true(
    world: World, actor_of: ActorOf, moment: datetime, seed: int
) -> None:
    on = Round(random.Random(seed), world, actor_of, opened_case(world, actor_of), moment)
    suggest(Round(random.Random(3), world, actor_of, on.case, moment))
    before, reached, done = everything(), set[str](), 0
    for step in range(75):
        likely = LIKELY.get(Status(on.row().status), DEEDS) if on.dice.random() < 0.6 else DEEDS
        deed = on.dice.choice(likely)
        try:
            deed(on)
            done += 1
        except (NotThere, NotYours, Refused):
            assert everything() == before, deed  # what was refused left nothing behind
        after = everything()
        check_steps(deed, before, after)
        before, reached = after, reached | {str(row["status"]) for row in after.values()}
        if step % 25 == 24:
            check_rows(on.now)
            check_readers(on)

    assert done > 15  # that it refused everything would prove nothing
    assert {Status.IN_FORCE, Status.PROPOSED} <= reached, reached


def everything() -> dict[int, dict[str, Any]]:
    return {row["id"]: dict(row) for row in Measure.objects.unscoped("test").values()}


def check_steps(
    deed: Callable[[Round], None], before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]]
) -> None:
    assert before.keys() <= after.keys()  # a measure is never gone before its case
    for key, row in after.items():
        was, now = Status(before.get(key, {"status": Status.SUGGESTED})["status"]), Status(row["status"])
        assert was == now or was in FROM.get(deed, {was}), (deed, was, now)
        # A term that starts and ends while nobody looked takes two steps at once.
        ways = [(was, now), *((was, one, now) for one in (Status.IN_FORCE,))]
        assert was == now or any(all(b in NEXT[a] for a, b in pairwise(way)) for way in ways), (was, now)


def check_rows(now: datetime) -> None:
    """Every decision was lawful and of somebody else than who prepared it; nothing hangs on nothing."""
    rows = list(Measure.objects.unscoped("test"))
    for row in rows:
        if row.status in DECIDED:
            assert row.decided_on is not None
            assert row.starts_on is not None
            assert is_available(row.kind, row.decided_on)
            assert row.authority_id is not None
            body = Organisation.objects.get(pk=row.authority_id)
            assert body.authority in deciders(row.kind, row.decided_on)
            assert row.decided_by not in (row.suggested_by, row.checked_by) or row.confirmed_by
            assert row.confirmed_by != row.decided_by
            latest = term(row.kind, row.starts_on)
            assert row.renewals or latest is None or (row.lapses_on and row.lapses_on <= latest)
        if row.status == Status.IN_FORCE:
            assert row.starts_on is not None
            assert row.starts_on <= now.date()
            assert row.notified_on or row.notice_deferred_until
        working = Measure.objects.unscoped("test").in_force_on(now.date()).filter(pk=row.pk).exists()
        assert not (working and row.status in (Status.SUSPENDED, Status.ANNULLED, Status.WITHDRAWN))
        stopped = Suspension.objects.unscoped("test").of(row).running().exists()
        assert stopped or row.status != Status.SUSPENDED
        assert not stopped or row.status not in (Status.IN_FORCE, Status.NOTIFIED)
        if row.status == Status.LAPSED:
            assert row.ended_on == row.lapses_on
    scopes = {row.pk: row.scope for row in rows}
    for model in (Finding, Effect, Document, Suspension):
        for made in model.objects.unscoped("test"):
            assert scopes[made.measure_id] == made.scope
    steps = {row.reference for row in rows}
    assert {window.step for window in Window.objects.unscoped("test")} <= steps
    opened = Grant.objects.filter(scope__startswith="M-")
    assert {grant.scope for grant in opened} <= set(scopes.values())


def check_readers(on: Round) -> None:
    for name in ("director", "police", "school", "other_mayor"):
        by = on.by(name)
        for model in (Measure, Finding, Effect, Document, Suspension):
            shown = set(model.objects.visible_to(by).values_list("pk", flat=True))
            rows = model.objects.unscoped("test")
            allowed = {row.pk for row in rows if policy.decide(by, "read", row).allowed}
            assert shown == allowed, (name, model)
            assert not shown or name not in ("school", "other_mayor"), (name, model)
