"""The register of personal-data breaches (GDPR 33, 34; (EU) 2016/680 art. 30, 31; (EU) 2016/681 art. 13)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from samenhang.access.rules import NotThere, NotYours
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import Task, gather
from samenhang.foundation.errors import Refused
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.foundation.states import IllegalTransition
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.oversight import actions, rules
from samenhang.oversight.actions import Said
from samenhang.oversight.models import BreachStep, PersonalDataBreach
from samenhang.oversight.rules import Data, Note, Risk, Stage, Told, WhyNotPersons
from tests.cast import ActorOf, ClientOf, World

pytestmark = pytest.mark.django_db
HAPPENED = "A letter about Fantasio went to the wrong imaginary house."
WORDS = "Nobody but one neighbour read it, and she gave it back."
SAID = Said(WORDS)
TYPED = {
    "happened": HAPPENED, "noticed_on": "22-11-2026", "noticed_at": "16:30", "about": ["cases"],
    "persons": "2", "records": "", "consequences": "", "measures": "", "source": "",
}  # fmt: skip


def a_note(by: Actor, *data: str, hours: int = 1, source: str = "", happened: str = HAPPENED) -> Note:
    told = Told(happened, "Shame.", "It was fetched.", source)
    return Note(told, by.now - timedelta(hours=hours), data or (Data.CASES,), persons=2)


def noted(by: Actor, *data: str, hours: int = 1, source: str = "") -> PersonalDataBreach:
    return actions.note(a_note(by, *data, hours=hours, source=source), by=by)[0]


def duties(officer: Actor) -> list[Task]:
    return [task for group in gather(KINDS, officer) if group.kind.code == "breaches" for task in group.tasks]


def events(breach: PersonalDataBreach) -> list[str]:
    told = Entry.objects.filter(subject=breach.reference, event__startswith="breach.")
    return list(told.order_by("pk").values_list("event", flat=True))


def test_what_somebody_notes_is_a_duty_of_the_officer_with_its_clock(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    assert duties(actor_of(world.privacy)) == []

    answer = client_of(world.director).post("/breaches/note/", TYPED, follow=True)

    assert "nu in het register van Data protection officer of Nergenshuizen" in answer.content.decode()
    breach = PersonalDataBreach.objects.unscoped("test").get()
    officer = actor_of(world.privacy)
    [task] = duties(officer)
    assert breach.reference in task.title
    # Noted on Sunday at 16:30: 72 hours later is Wednesday.
    assert (task.due, task.about) == (
        (breach.noticed_at + rules.TELL_WITHIN).date(),
        "nog 55 van de 72 uur",
    )
    assert "25 nov 2026, 16:30" in task.why
    [later] = duties(replace(officer, now=breach.tell_before + timedelta(minutes=1)))
    assert later.about == "De 72 uur zijn voorbij"


def test_everybody_with_an_account_can_note_a_breach(world: World, actor_of: ActorOf) -> None:
    for user in world.users():
        assert noted(actor_of(user)).noted_by == user


def test_of_travel_data_the_officer_of_the_unit_has_a_record_as_well(world: World, actor_of: ActorOf) -> None:
    made = actions.note(
        a_note(actor_of(world.director), Data.TRAVEL, Data.CASES), by=actor_of(world.director)
    )
    of_the_unit = actions.note(a_note(actor_of(world.travel), Data.TRAVEL), by=actor_of(world.travel))

    unit, region = actor_of(world.travel_privacy), actor_of(world.privacy)
    assert [row.provider for row in made] == [world.privacy.organisation, world.travel.organisation]
    assert {row.provider for row in of_the_unit} == {world.travel.organisation}
    assert PersonalDataBreach.objects.visible_to(unit).count() == 2
    assert PersonalDataBreach.objects.visible_to(region).count() == 1


def test_who_noted_it_sees_their_own_note_and_how_far_it_is_and_no_more(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    breach = noted(actor_of(world.director))
    actions.assess(breach, Risk.HIGH, SAID, by=actor_of(world.privacy))

    own = client_of(world.director).get("/breaches/note/").content.decode()
    of_a_colleague = client_of(world.director_two).get("/breaches/note/").content.decode()

    assert HAPPENED in own
    assert "Beoordeeld" in own
    assert WORDS not in own
    assert breach.reference not in of_a_colleague
    assert client_of(world.director).get(f"/breaches/{breach.reference}/").status_code == 404
    assert client_of(world.director).get(f"/breaches/{breach.reference}/print/").status_code == 404
    assert Entry.objects.filter(event="breach.own-notes-read").exists()


def test_another_organisation_sees_nothing_and_its_officer_neither(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    breach = noted(actor_of(world.director))
    actions.add(breach, SAID, by=actor_of(world.privacy))

    for user in (world.travel_privacy, world.school, world.other_mayor, world.administrator):
        assert not PersonalDataBreach.objects.visible_to(actor_of(user)).exists()
        assert not BreachStep.objects.visible_to(actor_of(user)).exists()
        with pytest.raises(NotThere):
            actions.add(breach, SAID, by=actor_of(user))
    for user in (world.travel_privacy, world.school):
        outsider = client_of(user)
        assert breach.reference not in outsider.get("/breaches/").content.decode()
        assert outsider.get(f"/breaches/{breach.reference}/").status_code == 404
        assert outsider.get(f"/breaches/{breach.reference}/print/").status_code == 404


def test_from_noticing_to_closing_each_step_is_kept_with_who_and_when_and_printed_for_the_authority(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    breach, by = noted(actor_of(world.director), source="The police"), actor_of(world.privacy)

    actions.assess(breach, Risk.RISK, SAID, by=by)
    actions.tell_authority(breach, Said("Report 12 of the authority.", by.now), by=by)
    actions.add(breach, Said("There turn out to be three persons."), by=by)
    actions.assess(breach, Risk.HIGH, Said("It was also put on a website."), by=by)
    actions.tell_authority(breach, Said("The new facts were added to report 12.", by.now), by=by)
    actions.tell_persons(breach, Said("Both were called by the mayor.", by.now), by=by)
    with pytest.raises(rules.SourceNotTold):
        actions.close(breach, SAID, by=by)
    actions.tell_source(breach, Said("The police were called and know it.", by.now), by=by)
    closed = actions.close(breach, Said("Letters are now checked by two."), by=by)

    assert (closed.stage, closed.ended_at, closed.late(by.now)) == (Stage.CLOSED, by.now, False)
    assert events(breach) == [
        f"breach.{what}"
        for what in (
            *("noted", "assessed", "told", "added", "assessed", "told", "persons-told"),
            *("source-told", "closed"),
        )
    ]
    page = client_of(world.privacy).get(f"/breaches/{breach.reference}/print/").content.decode()
    for said in ("Report 12", "three persons", "on a website", "by the mayor", "checked by two", HAPPENED):
        assert said in page
    assert duties(by) == []


def test_the_authority_is_left_out_only_when_a_risk_is_unlikely(world: World, actor_of: ActorOf) -> None:
    breach, by = noted(actor_of(world.director)), actor_of(world.privacy)
    actions.assess(breach, Risk.RISK, SAID, by=by)
    with pytest.raises(rules.NotForThisRisk):
        actions.leave_authority(breach, SAID, by=by)

    actions.assess(breach, Risk.UNLIKELY, SAID, by=by)
    with pytest.raises(rules.Incomplete):
        actions.leave_authority(breach, Said("No."), by=by)
    left = actions.leave_authority(breach, SAID, by=by)

    assert left.stage == Stage.NOT_TOLD
    assert [task.due for task in duties(by)] == [None]


def test_persons_at_high_risk_are_told_or_one_of_the_reasons_of_the_law_stands_there(
    world: World, actor_of: ActorOf
) -> None:
    breach, by = noted(actor_of(world.director)), actor_of(world.privacy)
    actions.assess(breach, Risk.HIGH, SAID, by=by)
    actions.tell_authority(breach, Said(WORDS, by.now), by=by)

    with pytest.raises(rules.NotForThisRisk):
        actions.leave_persons(breach, WhyNotPersons.NOT_HIGH, SAID, by=by)
    left = actions.leave_persons(breach, WhyNotPersons.PROTECTED, SAID, by=by)

    assert (left.stage, left.why_not_persons) == (Stage.PERSONS_NOT_TOLD, WhyNotPersons.PROTECTED)


def test_what_was_noted_late_is_told_late_only_with_the_reason(world: World, actor_of: ActorOf) -> None:
    breach, by = noted(actor_of(world.director), hours=80), actor_of(world.privacy)
    assert breach.late(by.now)
    actions.assess(breach, Risk.RISK, SAID, by=by)

    with pytest.raises(rules.WhyLate):
        actions.tell_authority(breach, Said(WORDS, by.now), by=by)
    with pytest.raises(rules.WrongMoment):
        actions.tell_authority(breach, Said(WORDS, by.now + timedelta(hours=1)), by=by)
    told = actions.tell_authority(breach, Said(WORDS, by.now, "It was found after the weekend."), by=by)

    assert told.late(by.now)
    [step] = BreachStep.objects.visible_to(by).of(told).filter(what=Stage.TOLD)
    assert step.delay() == "It was found after the weekend."


def test_the_same_note_sent_twice_is_one_and_another_note_of_the_same_is_joined_with_the_earlier_moment(
    world: World, actor_of: ActorOf
) -> None:
    director, by = actor_of(world.director), actor_of(world.privacy)
    first = noted(director)
    assert noted(director).pk == first.pk
    second = actions.note(
        a_note(actor_of(world.mayor), hours=5, source="The police"), by=actor_of(world.mayor)
    )[0]

    with pytest.raises(rules.NotTheSame):
        actions.end_as_noted_twice(second, second, SAID, by=by)
    ended = actions.end_as_noted_twice(second, first, SAID, by=by)
    with pytest.raises(Refused):  # a colleague ends them into each other
        actions.end_as_noted_twice(first, second, SAID, by=by)

    first = PersonalDataBreach.objects.visible_to(by).get(pk=first.pk)
    assert (ended.stage, ended.same_as) == (Stage.NOTED_TWICE, first.reference)
    assert (first.noticed_at, first.source_open) == (second.noticed_at, True)


def test_two_notes_of_two_offices_are_never_joined(world: World, actor_of: ActorOf) -> None:
    mine, theirs = noted(actor_of(world.director)), noted(actor_of(world.travel), Data.TRAVEL)

    with pytest.raises(NotThere):
        actions.end_as_noted_twice(mine, theirs, SAID, by=actor_of(world.privacy))


def test_what_was_no_breach_is_ended_with_the_reason_and_kept(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    breach, by = noted(actor_of(world.director)), actor_of(world.privacy)

    actions.end_as_no_breach(breach, Said("The letter was about a lamp post."), by=by)

    assert duties(by) == []
    assert "lamp post" in client_of(world.privacy).get(f"/breaches/{breach.reference}/").content.decode()
    assert "Geen datalek" in client_of(world.director).get("/breaches/note/").content.decode()
    with pytest.raises(IllegalTransition):
        actions.add(breach, SAID, by=by)


def test_of_two_officers_at_once_the_second_is_refused(world: World, actor_of: ActorOf) -> None:
    breach, by = noted(actor_of(world.director)), actor_of(world.privacy)
    actions.assess(breach, Risk.UNLIKELY, SAID, by=by)
    seen_by_the_second = PersonalDataBreach.objects.visible_to(by).get(pk=breach.pk)

    actions.assess(breach, Risk.HIGH, SAID, by=by)
    with pytest.raises(rules.NotForThisRisk):
        actions.leave_authority(seen_by_the_second, SAID, by=by)
    actions.tell_authority(breach, Said(WORDS, by.now), by=by)
    with pytest.raises(IllegalTransition):
        actions.tell_authority(seen_by_the_second, Said(WORDS, by.now), by=by)


def test_no_word_that_was_written_stands_in_the_database(world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.privacy)
    breach = noted(actor_of(world.director), hours=80, source="The land of Elderstad")
    actions.assess(breach, Risk.RISK, SAID, by=by)
    actions.tell_authority(breach, Said(WORDS, by.now, "It was found after the weekend."), by=by)

    stored = ""
    with connection.cursor() as cursor:
        for table in ("oversight_personaldatabreach", "oversight_breachstep", "journal_entry"):
            cursor.execute(f"SELECT * FROM {table} /*scoped:{table}:{table}*/")
            stored += "".join(
                bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in cursor.fetchall()
                for cell in row
            )

    for words in ("imaginary house", "Elderstad", "Shame", "neighbour", "weekend"):
        assert words not in stored


def test_after_its_term_a_record_is_destroyed_with_its_key_and_not_before(
    world: World, actor_of: ActorOf, django_capture_on_commit_callbacks: object
) -> None:
    breach, by = noted(actor_of(world.director)), actor_of(world.privacy)
    still_open = noted(actor_of(world.mayor))
    ended = actions.end_as_no_breach(breach, SAID, by=by)
    worker = service_account("terms", now=by.now + rules.KEPT_FOR - timedelta(seconds=1))

    assert actions.forget_breaches(by=worker) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert actions.forget_breaches(by=replace(worker, now=by.now + rules.KEPT_FOR)) == 1

    assert [row.pk for row in PersonalDataBreach.objects.unscoped("test")] == [still_open.pk]
    assert not BreachStep.objects.unscoped("test").exists()
    with pytest.raises(KeyDestroyed):
        ended.words()
    assert not key_store().holds(ended.scope)


def test_no_service_notes_a_breach_and_nobody_but_an_officer_takes_a_step(
    world: World, actor_of: ActorOf, receiving: Actor
) -> None:
    with pytest.raises(NotYours):
        actions.note(a_note(receiving), by=receiving)
    with pytest.raises(NotThere):
        actions.assess(
            noted(actor_of(world.travel), Data.TRAVEL), Risk.RISK, SAID, by=actor_of(world.travel_two)
        )


def test_where_no_officer_reads_it_who_notes_it_is_told_to_call(world: World, client_of: ClientOf) -> None:
    answer = client_of(world.police).post("/breaches/note/", TYPED, follow=True)

    assert "Niemand van Police leest het hier" in answer.content.decode()


def test_the_officer_goes_through_the_pages(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    breach, officer = noted(actor_of(world.director)), client_of(world.privacy)
    url = f"/breaches/{breach.reference}/"
    told = {"done_on": "23-11-2026", "done_at_time": "08:45", "words": WORDS, "why_late": ""}

    assert officer.post(f"{url}?step=assessed", {"risk": "risk", "words": "No."}).status_code == 422
    assert officer.get(f"{url}?step=closed").status_code == 404
    assert officer.post(f"{url}?step=assessed", {"risk": "risk", "words": WORDS}).status_code == 302
    assert officer.post(f"{url}?step=not-told", {"words": WORDS}).status_code == 422
    assert officer.post(f"{url}?step=told", told).status_code == 302
    assert (
        officer.post(f"{url}?step=persons-not-told", {"why": "not-high", "words": WORDS}).status_code == 302
    )
    assert officer.post(f"{url}?step=closed", {"words": WORDS}).status_code == 302

    register = officer.get("/breaches/").content.decode()
    assert register.index("Er staat niets open") < register.index(breach.reference)


def test_the_officer_is_told_that_others_come_before_closing(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    breach = noted(actor_of(world.director), source="An imaginary country")
    officer = actor_of(world.privacy)
    actions.assess(breach, Risk.UNLIKELY, SAID, by=officer)
    actions.leave_authority(breach, SAID, by=officer)
    actions.leave_persons(breach, WhyNotPersons.NOT_HIGH, SAID, by=officer)

    (duty,) = duties(officer)
    page = client_of(world.privacy).get(f"/breaches/{breach.reference}/").text

    assert "Licht de anderen in" in duty.why
    assert "Pas na “Anderen zijn ingelicht” kunt u het afsluiten." in page
