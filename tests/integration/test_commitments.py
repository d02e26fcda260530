"""What was promised: the ministry keeps the register, every partner reads it, nothing is removed."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from samenhang.access.rules import NotYours
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.journal.models import Entry
from samenhang.programme import actions
from samenhang.programme.models import Commitment, CommitmentStep
from samenhang.programme.rules import NotKeepable, Office, State
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.commitments import ANSWER, PROMISE, REASON

pytestmark = pytest.mark.django_db
FORM = {
    "made_by": "justice", "made_to": "house", "what": "An imaginary letter.", "made_on": "02-11-2026",
    "due_on": "31-12-2026", "document": "Invented paper 1", "dated_on": "02-11-2026", "read": "V",
}  # fmt: skip


def test_an_official_notes_it_answers_for_it_and_everybody_reads_it(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    answer = client_of(world.minister).post("/commitments/new/", FORM)

    row = Commitment.objects.get()
    assert answer.status_code == 302
    assert (row.state, row.answers_id) == (State.OPEN, world.minister.pk)
    for reader in (world.police, world.school, world.administrator):
        page = client_of(reader).get(f"/commitments/{row.reference}/")
        assert "An imaginary letter." in page.text
        assert f"/commitments/{row.reference}/end/" not in page.text
    titles = {
        user: [task.why for group in gather(KINDS, actor_of(user)) for task in group.tasks]
        for user in (world.minister, world.statistician)
    }
    assert "An imaginary letter." in titles[world.minister]
    assert "An imaginary letter." not in titles[world.statistician]
    assert Entry.objects.filter(event="commitment.noted", subject=row.reference).count() == 1


def test_nobody_outside_the_ministry_and_the_coordinator_writes_and_no_service_does(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    row = actions.note(PROMISE, by=actor_of(world.minister))
    elsewhere = replace(actor_of(world.minister), authority="BZ")
    machine = replace(actor_of(world.statistician), human=False)

    for by in (actor_of(world.police), actor_of(world.administrator), elsewhere, machine):
        with pytest.raises(NotYours):
            actions.note(PROMISE, by=by)
        with pytest.raises(NotYours):
            actions.end(row, State.FULFILLED, paper=ANSWER, reason=REASON, by=by)
    for deed in ("end", "day", "reopen", "pass-on"):
        assert client_of(world.school).post(f"/commitments/{row.reference}/{deed}/").status_code == 403

    actions.note(PROMISE, by=replace(elsewhere, authority="NCTV"))
    assert Commitment.objects.count() == 2


def test_a_paper_keeps_it_and_the_story_says_which(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    row = actions.note(PROMISE, by=actor_of(world.minister))
    ministry = client_of(world.minister)
    form = {"wanted": "fulfilled", "document": "Invented paper 2", "dated_on": "01-11-2026", "reason": REASON}

    early = ministry.post(f"/commitments/{row.reference}/end/", form)
    done = ministry.post(f"/commitments/{row.reference}/end/", form | {"dated_on": "20-11-2026"})

    assert (early.status_code, "ouder dan de toezegging" in early.text) == (422, True)
    assert done.status_code == 302
    page = ministry.get(f"/commitments/{row.reference}/").text
    assert "Invented paper 2, 20-11-2026 (Niet nagegaan)." in page
    row.refresh_from_db()
    assert (row.state, row.ended_on) == (State.FULFILLED, date(2026, 11, 20))
    assert Entry.objects.filter(event="commitment.fulfilled", subject=row.reference).count() == 1


def test_without_a_paper_it_is_not_kept_and_without_a_reason_it_is_not_withdrawn(
    world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)
    row = actions.note(PROMISE, by=by)

    for wanted in (State.FULFILLED, State.SUPERSEDED):
        with pytest.raises(NotKeepable):
            actions.end(row, wanted, reason=REASON, by=by)
    with pytest.raises(NotKeepable):
        actions.end(row, State.WITHDRAWN, reason="No.", by=by)
    row = actions.end(row, State.WITHDRAWN, reason=REASON, by=by)

    assert (row.state, row.ended_on) == (State.WITHDRAWN, by.today)
    assert row.steps.newest_first()[0].reason == REASON


def test_another_day_needs_an_office_that_promised_it_and_a_reason(world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.minister)
    row = actions.note(PROMISE, by=by)
    later = date(2027, 2, 1)

    with pytest.raises(NotKeepable):
        actions.set_day(row, later, promised_by=Office.JUSTICE, reason="Later.", by=by)
    with pytest.raises(NotKeepable):
        actions.set_day(row, by.today - timedelta(days=1), promised_by=Office.JUSTICE, reason=REASON, by=by)
    row = actions.set_day(row, later, promised_by=Office.JUSTICE, reason=REASON, by=by)

    assert row.due_on == later
    assert [step.due_on for step in row.steps.newest_first()] == [later, PROMISE.due_on]
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentStep.objects.filter(event="new-day").update(promised_by="")


def test_what_did_not_keep_it_opens_it_again_and_a_colleague_may_answer_for_it(
    world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.minister)
    row = actions.note(PROMISE, by=by)
    row = actions.end(row, State.FULFILLED, paper=ANSWER, reason=REASON, by=by)

    row = actions.reopen(row, reason=REASON, by=by)
    with pytest.raises(NotKeepable):
        actions.pass_on(row, world.police.pk, reason=REASON, by=by)
    row = actions.pass_on(row, world.statistician.pk, reason=REASON, by=by)

    assert (row.state, row.ended_on, row.answers_id) == (State.OPEN, None, world.statistician.pk)
    assert set(actions.keepers(by=by)) == {world.minister.pk, world.statistician.pk}
    assert [step.event for step in row.steps.newest_first()] == [
        "passed-on",
        "reopened",
        "fulfilled",
        "noted",
    ]


def test_the_register_shows_late_and_due_first_and_can_be_narrowed(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock
) -> None:
    by = actor_of(world.minister)
    kept, later, late = (
        actions.note(replace(PROMISE, what=what, due_on=due), by=by)
        for what, due in (
            ("Kept", date(2026, 11, 25)),
            ("Later", date(2027, 3, 1)),
            ("Soon", date(2026, 12, 1)),
        )
    )
    no_day = replace(PROMISE, made_by=Office.COUNCIL, what="Concluded", due_on=None)
    concluded = actions.note(no_day, by=by)
    actions.end(kept, State.FULFILLED, paper=ANSWER, reason=REASON, by=by)
    clock.moment += timedelta(days=30)
    browser = client_of(world.police)

    everything, only_late = browser.get("/commitments/").text, browser.get("/commitments/?state=late").text
    nonsense = browser.get("/commitments/?state=%00")

    order = sorted((late, later, concluded, kept), key=lambda row: everything.index(row.reference))
    assert order == [late, later, concluded, kept]
    assert late.reference in only_late
    assert later.reference not in only_late
    assert nonsense.status_code == 200


def test_the_file_holds_every_commitment_and_no_formula(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    by = actor_of(world.minister)
    row = actions.note(replace(PROMISE, what="=HYPERLINK(1)"), by=by)
    actions.end(row, State.FULFILLED, paper=ANSWER, reason=REASON, by=by)

    file = client_of(world.police).get("/commitments/register.csv")

    (line,) = csv.DictReader(io.StringIO(file.text))
    assert line["what"] == "'=HYPERLINK(1)"
    assert (line["state"], line["ended_by_document"], line["reason"]) == ("fulfilled", ANSWER.number, REASON)


def test_countries_are_shown_as_known_on_the_day_with_what_nobody_verified(
    world: World, client_of: ClientOf
) -> None:
    now = client_of(world.police).get("/commitments/portals/").text

    assert "Kamerstuk 29 754, nr. 251, noot 4" in now
    assert "Niet nagegaan" in now
    assert "Pi-NL" in now


def test_the_report_shows_what_was_open_on_its_last_day_and_what_was_kept(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    by = actor_of(world.minister)
    row = actions.note(PROMISE, by=by)
    actions.end(row, State.FULFILLED, paper=ANSWER, reason=REASON, by=by)
    row.refresh_from_db()

    page = client_of(world.statistician).get("/report/?until=2026-11-23").text

    assert f"/commitments/{row.reference}/" in page
    days = (ANSWER.dated_on - timedelta(days=1), ANSWER.dated_on)
    assert [row.state_on(day) for day in days] == [State.OPEN, State.FULFILLED]
    assert list(Commitment.objects.until(PROMISE.made_on - timedelta(days=1))) == []
