"""A measure through its life: suggested, checked, proposed, decided, told, in force, lapsed."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from samenhang.access.rules import NotYours
from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.cases.rules import CRITERIA, Judgement, Opinion
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Content
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.measures import actions, rules
from samenhang.measures.models import Document, Measure
from samenhang.measures.rules import Judged, Ruling, Status, Term, Upload
from samenhang.organisations.acting import service_account
from samenhang.persons import actions as persons
from samenhang.persons.rules import Identity
from tests import put_back
from tests.cast import HOME, ActorOf, ClientOf, StandingClock, World
from tests.deconflicting import two_days_pass

pytestmark = pytest.mark.django_db

WORK = "person-centred-approach"
REASON = "A full sentence with facts and their date."
WHY = {"necessity": REASON, "subsidiarity": REASON, "intended": REASON}
LETTER = Upload(name="besluit.pdf", content=b"%PDF-1.7 an invented decision")


def a_case(world: World, actor_of: ActorOf) -> Case:
    """A case that police, prosecution and mayor took up together."""
    police = actor_of(world.police, purpose="weighing")
    claim = persons.claim(
        Identity(surname="Nergensvliet", given_names="Vrunzo", birth_date="1999-04-17"), by=police
    )
    person = persons.open_person(claim, home_municipality=HOME, reason="Reported conduct.", by=police)
    content = Content(text="Showed weapons.", basis="Wet PGA art. 5(1)", necessity="Nothing else tells it.")
    statement = exchange.state(content, about=person, by=police)
    signal = exchange.submit_signal(person, [statement], municipality=HOME, by=police)
    weighing = cases.open_weighing(signal, by=police)
    judgement = Judgement(Opinion.APPROACH, dict.fromkeys(CRITERIA, REASON))
    for user in (world.police, world.prosecutor, world.mayor):
        cases.take_position(weighing, judgement, by=actor_of(user, purpose="weighing"))
    return Case.objects.visible_to(actor_of(world.director, purpose=WORK)).get()


@pytest.fixture
def as_(world: World, actor_of: ActorOf, moment: datetime) -> Callable[..., Actor]:
    """``as_("mayor", days=3)``: that person, so many days later, in a demonstration or not."""

    def act(name: str, *, days: int = 0, purpose: str = WORK, simulated: bool = True) -> Actor:
        actor = actor_of(getattr(world, name), purpose=purpose, now=moment + timedelta(days=days))
        return replace(actor, simulated=simulated)

    return act


@pytest.fixture
def case(world: World, actor_of: ActorOf, moment: datetime) -> Case:
    return put_back.on_top("a case of weapons", moment, lambda: a_case(world, actor_of))


def checked(case: Case, as_: Callable[..., Actor], kind: str = "GW-172A") -> Measure:
    measure = actions.suggest(case, kind, **WHY, by=as_("director"))
    two_days_pass()
    return actions.check(measure, holds=True, legality=REASON, by=as_("lawyer"))


def imposed(
    case: Case, as_: Callable[..., Actor], world: World, *, until: date = date(2026, 12, 24)
) -> Measure:
    measure = checked(case, as_)
    actions.propose(measure, world.municipality, about="Vrunzo Nergensvliet, 1999", by=as_("director"))
    term = Term(date(2026, 11, 24), date(2026, 12, 24))
    return actions.decide(measure, impose=True, reasons=REASON, term=term, by=as_("mayor"))


def again(measure: Measure) -> Measure:
    return Measure.objects.unscoped("a test looks").get(pk=measure.pk)


def test_the_mayor_decides_and_it_lapses_at_its_term(
    case: Case, as_: Callable[..., Actor], world: World, moment: datetime
) -> None:
    measure = imposed(case, as_, world)
    actions.notify(measure, told_on=date(2026, 11, 23), by=as_("mayor"))

    on_its_first_day = service_account("terms", now=moment + timedelta(days=1))
    actions.apply_terms(by=on_its_first_day)
    assert again(measure).status == Status.IN_FORCE

    after_its_last = service_account("terms", now=moment + timedelta(days=31))
    assert actions.apply_terms(by=after_its_last)["lapsed"] == 1
    assert again(measure).status == Status.LAPSED
    assert again(measure).ended_on == date(2026, 12, 24)
    assert actions.apply_terms(by=after_its_last)["lapsed"] == 0
    assert Entry.objects.filter(event="measure.lapsed", subject=measure.reference).count() == 1


def test_only_the_competent_body_decides(case: Case, as_: Callable[..., Actor], world: World) -> None:
    measure = checked(case, as_)
    actions.propose(measure, world.municipality, about="Vrunzo", by=as_("director"))

    for name in ("prosecutor", "police"):
        with pytest.raises(rules.NotCompetent):
            actions.decide(measure, impose=True, reasons=REASON, term=None, by=as_(name))
    assert again(measure).status == Status.PROPOSED


def test_no_service_account_ever_decides(
    case: Case, as_: Callable[..., Actor], world: World, moment: datetime
) -> None:
    measure = checked(case, as_)
    machine = replace(as_("mayor"), human=False)

    with pytest.raises(rules.OnlyPeopleDecide):
        actions.decide(measure, impose=True, reasons=REASON, term=None, by=machine)


def test_who_suggested_cannot_check_and_who_recorded_cannot_confirm(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = checked(case, as_, "PASS-ALERT")
    actions.record_decision(measure, a_ruling(), LETTER, by=as_("director"))

    with pytest.raises(rules.SamePerson):
        actions.confirm_record(measure, agrees=True, reason=REASON, by=as_("director"))

    actions.confirm_record(measure, agrees=True, reason=REASON, by=as_("director_two"))
    assert again(measure).status == Status.IMPOSED


def a_ruling(authority: str = "JENV") -> Ruling:
    return Ruling(
        authority=authority,
        authority_name="Ministry",
        decided_on=date(2026, 11, 20),
        number="2026-000",
        reasons=REASON,
        term=Term(date(2026, 11, 20), date(2027, 11, 20)),
    )


def test_a_written_decision_needs_its_letter_and_the_right_body(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = checked(case, as_, "PASS-ALERT")

    with pytest.raises(rules.NotCompetent):
        actions.record_decision(measure, a_ruling("POL"), LETTER, by=as_("director"))
    with pytest.raises(rules.BadDocument):
        actions.record_decision(measure, a_ruling(), Upload("x.pdf", b"<html>"), by=as_("director"))
    assert again(measure).status == Status.CHECKED


def test_the_letter_opens_for_the_case_and_for_nobody_else(
    case: Case, as_: Callable[..., Actor], world: World, client_of: ClientOf
) -> None:
    measure = checked(case, as_, "PASS-ALERT")
    actions.record_decision(measure, a_ruling(), LETTER, by=as_("director"))
    document = Document.objects.unscoped("a test looks").get()

    opened = client_of(world.director, WORK).get(f"/documents/{document.reference}/")

    assert opened.content == LETTER.content
    assert opened["Content-Disposition"].startswith("attachment")
    for outsider in (world.school, world.other_director, world.administrator):
        assert client_of(outsider).get(f"/documents/{document.reference}/").status_code == 404


def test_a_proposal_goes_only_where_a_rule_lets_it(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = checked(case, as_, "TW-MELD")
    ministry = world.minister.organisation
    assert not seen_by(as_("minister", purpose="temporary-measure"))

    actions.propose(measure, ministry, about="Vrunzo Nergensvliet, 1999", by=as_("director"))

    assert seen_by(as_("minister", purpose="temporary-measure")) == {measure.reference}
    assert not seen_by(as_("minister", purpose="passport-decision"))
    assert seen_by(as_("director")) == {measure.reference}


def seen_by(actor: Actor) -> set[str]:
    return set(Measure.objects.visible_to(actor).values_list("reference", flat=True))


def test_a_body_that_no_rule_names_cannot_be_sent_the_proposal(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = checked(case, as_, "FREEZE-NL")
    foreign_affairs = world.list_manager.organisation

    with pytest.raises(rules.MayNotKnow):
        actions.propose(measure, foreign_affairs, about="Vrunzo", by=as_("director"))
    assert again(measure).status == Status.CHECKED


def test_g1_every_measure_has_a_basis_valid_on_its_day(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    before, after = 97, 99  # 28 February and 2 March 2027

    actions.suggest(case, "TW-MELD", **WHY, by=as_("director", days=before))
    with pytest.raises(rules.NotInLaw):
        actions.suggest(case, "TW-MELD", **WHY, by=as_("director", days=after))


def test_outside_a_demonstration_only_approved_kinds_can_be_used(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    with pytest.raises(rules.NotApproved):
        actions.suggest(case, "GW-172A", **WHY, by=as_("director", simulated=False))

    Approval.objects.create(
        subject="GW-172A", lawyer="L. Maginary", given_by="test", starts_on=date(2026, 1, 1)
    )
    actions.suggest(case, "GW-172A", **WHY, by=as_("director", simulated=False))


def test_a_notice_waits_only_on_a_ground_and_until_a_day(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = imposed(case, as_, world)

    with pytest.raises(rules.NoReason):
        actions.notify(measure, by=as_("mayor"))
    actions.notify(measure, deferred_until=date(2026, 12, 1), ground=REASON, by=as_("mayor"))

    assert again(measure).notified_on is None
    actions.apply_terms(by=service_account("terms", now=as_("mayor", days=1).now))
    asked = Measure.objects.unscoped("test").waiting_for
    assert not asked(as_("mayor", days=7)).exists()
    assert asked(as_("mayor", days=8)).get() == measure  # the day until which it waits
    waiting = [task for group in gather(KINDS, as_("mayor", days=8)) for task in group.tasks]
    assert [task.due for task in waiting if measure.reference in task.title] == [date(2026, 12, 1)]
    with pytest.raises(rules.NoReason):
        actions.notify(measure, deferred_until=date(2026, 12, 20), ground=REASON, by=as_("mayor", days=8))
    told = actions.notify(measure, told_on=date(2026, 12, 1), by=as_("mayor", days=8))
    assert (told.status, told.notified_on) == (Status.IN_FORCE, date(2026, 12, 1))
    assert not asked(as_("mayor", days=8)).exists()
    with pytest.raises(rules.IllegalTransition):
        actions.notify(measure, told_on=date(2026, 12, 1), by=as_("mayor", days=8))


def test_that_somebody_was_told_and_that_it_waits_are_two_forms_with_buttons_of_their_own(
    case: Case, as_: Callable[..., Actor], world: World, client_of: ClientOf
) -> None:
    measure = imposed(case, as_, world)
    mayor, page = client_of(world.mayor, WORK), f"/measures/{measure.reference}/"

    told, waits = (mayor.get(f"{page}{step}/").content.decode() for step in ("notify", "defer"))

    assert "Vastleggen dat de betrokkene is ingelicht" in told
    assert "deferred_until" not in told
    assert "De kennisgeving laten wachten</button>" in waits
    assert "told_on" not in waits


@pytest.mark.parametrize(
    ("told_on", "says"), [("01-01-1990", "voor het besluit"), ("01-01-2027", "nog niet")]
)
def test_somebody_is_told_between_the_decision_and_today(
    case: Case, as_: Callable[..., Actor], world: World, client_of: ClientOf, told_on: str, says: str
) -> None:
    measure = imposed(case, as_, world)

    page = client_of(world.mayor, WORK).post(f"/measures/{measure.reference}/notify/", {"told_on": told_on})

    assert page.status_code == 422
    assert says in page.content.decode()
    assert again(measure).notified_on is None


def test_a_notice_written_down_in_error_is_put_right_beside_what_stood_there(
    case: Case, as_: Callable[..., Actor], world: World, client_of: ClientOf
) -> None:
    measure = imposed(case, as_, world)
    actions.notify(measure, told_on=date(2026, 11, 23), by=as_("mayor"))
    mayor, page = client_of(world.mayor, WORK), f"/measures/{measure.reference}/"

    unexplained = mayor.post(f"{page}correct-notice/", {"told_on": "", "reason": "Oeps"})
    mayor.post(f"{page}correct-notice/", {"told_on": "", "reason": "De brief is nooit verstuurd."})

    assert unexplained.status_code == 422
    after = again(measure)
    assert (after.status, after.notified_on) == (Status.IMPOSED, None)
    shown = mayor.get(page).content.decode()
    assert "Eerdere invoer: ingelicht op 23 nov 2026" in shown
    assert "De brief is nooit verstuurd." in shown
    assert f"{page}notify/" in shown
    assert Measure.objects.unscoped("test").waiting_for(as_("mayor")).get() == measure


def test_the_day_of_a_notice_is_put_right_without_a_change_of_state(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = imposed(case, as_, world)
    actions.notify(measure, told_on=date(2026, 11, 23), by=as_("mayor"))
    before, correct = again(measure), partial(actions.correct_notice, measure, reason=REASON)

    with pytest.raises(rules.NoReason):
        correct(told_on=date(2026, 11, 23), by=as_("mayor"))
    with pytest.raises(rules.WrongTerm):
        correct(told_on=date(2026, 11, 22), by=as_("mayor"))
    with pytest.raises(NotYours):
        correct(told_on=None, by=as_("lawyer"))
    after = correct(told_on=date(2026, 11, 24), by=as_("mayor", days=2))

    assert (after.status, after.notified_on) == (before.status, date(2026, 11, 24))
    assert [one["told_on"] for one in after.notice_before] == ["2026-11-23"]


def test_what_the_law_tells_later_is_never_asked_to_be_told_now(
    case: Case, world: World, client_of: ClientOf, as_: Callable[..., Actor]
) -> None:
    """A stranger was led to warn somebody of the alert on their passport."""
    measure = checked(case, as_, "PASS-ALERT")
    actions.record_decision(measure, a_ruling(), LETTER, by=as_("director"))
    actions.confirm_record(measure, agrees=True, reason=REASON, by=as_("director_two"))

    waiting = [task for group in gather(KINDS, as_("director")) for task in group.tasks]
    duty = next(task for task in waiting if measure.reference in task.title)
    page = client_of(world.director, WORK).get(f"/measures/{measure.reference}/").content.decode()

    assert duty.due is None
    assert "later" in duty.why
    assert "De kennisgeving laten wachten" in page
    assert "De betrokkene inlichten" not in page
    form = client_of(world.director, WORK).get(f"/measures/{measure.reference}/defer/").content.decode()
    assert re.search(r"<textarea[^>]*name=.ground.[^>]*>\s*</textarea>", form)  # an instruction is no reason
    actions.notify(measure, deferred_until=date(2026, 12, 1), ground=REASON, by=as_("director"))
    actions.notify(measure, deferred_until=date(2027, 12, 1), ground=REASON, by=as_("director", days=8))
    assert again(measure).notice_deferred_until == date(2027, 12, 1)


@pytest.mark.parametrize("deed", ["check", "confirm", "decide"])
def test_no_deed_takes_a_measure_from_a_state_that_is_not_its_own(
    case: Case, as_: Callable[..., Actor], world: World, deed: str
) -> None:
    """Found by dice: several deeds lead to one state, and a director imposed what was only proposed."""
    measure = checked(case, as_)
    actions.propose(measure, world.municipality, about="Pippi", by=as_("director"))
    if deed == "decide":  # what was recorded from paper waits for a second person, whoever decides here
        Measure.objects.unscoped("test").filter(pk=measure.pk).update(status=Status.RECORDED)
    before = again(measure).status

    term = Term(date(2026, 11, 24), date(2026, 12, 24))
    deeds: dict[str, Callable[[], Measure]] = {
        "check": lambda: actions.check(measure, holds=False, legality=REASON, by=as_("lawyer")),
        "confirm": lambda: actions.confirm_record(
            measure, agrees=True, reason=REASON, by=as_("director_two")
        ),
        "decide": lambda: actions.decide(measure, impose=True, reasons=REASON, term=term, by=as_("mayor")),
    }
    with pytest.raises(rules.IllegalTransition):
        deeds[deed]()
    assert again(measure).status == before


def test_a_renewal_is_a_decision_within_the_law(
    case: Case, as_: Callable[..., Actor], world: World, moment: datetime
) -> None:
    measure = imposed(case, as_, world)
    actions.notify(measure, told_on=date(2026, 11, 23), by=as_("mayor"))
    actions.apply_terms(by=service_account("terms", now=moment + timedelta(days=1)))

    with pytest.raises(rules.WrongTerm):
        actions.renew(measure, lapses_on=date(2027, 6, 1), reasons=REASON, by=as_("mayor", days=2))
    with pytest.raises(rules.NotCompetent):
        actions.renew(measure, lapses_on=date(2027, 1, 24), reasons=REASON, by=as_("prosecutor", days=2))
    actions.renew(measure, lapses_on=date(2027, 1, 24), reasons=REASON, by=as_("mayor", days=2))

    assert again(measure).lapses_on == date(2027, 1, 24)


def test_what_a_court_suspends_works_not_from_its_decision_on_and_annulled_it_counts_no_longer(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = imposed(case, as_, world)
    actions.notify(measure, told_on=date(2026, 11, 23), by=as_("mayor"))
    for day in range(1, 4):
        actions.apply_terms(by=service_account("terms", now=as_("mayor", days=day).now))
    judged = Judged("Rechtbank Nergenshuizen", date(2026, 11, 26), "AWB 26/0001", REASON)

    with pytest.raises(rules.BadJudgement):
        actions.suspend(measure, replace(judged, number=" "), by=as_("mayor", days=3))
    with pytest.raises(rules.BadJudgement):
        actions.suspend(measure, replace(judged, decided_on=date(2026, 12, 1)), by=as_("mayor", days=3))
    with pytest.raises((NotYours, rules.NotCompetent)):
        actions.suspend(measure, judged, by=as_("police", days=3))
    actions.suspend(measure, judged, by=as_("mayor", days=3))
    assert works_on(25, 26, 28) == [True, False, False]
    with pytest.raises(rules.IllegalTransition):
        actions.renew(measure, lapses_on=date(2027, 1, 24), reasons=REASON, by=as_("mayor", days=4))
    assert cases_that_run(case) == 1
    actions.resume(measure, reason=REASON, by=as_("mayor", days=6))
    assert works_on(25, 26, 28, 29) == [True, False, False, True]
    actions.apply_terms(by=service_account("terms", now=as_("mayor", days=31).now))
    assert again(measure).status == Status.LAPSED

    later = replace(judged, decided_on=date(2026, 12, 29))
    actions.annul(measure, later, by=as_("mayor", days=40))
    assert works_on(25, 29) == [False, False]
    counted = Measure.objects.unscoped("test").decided_between(date(2026, 1, 1), date(2026, 12, 31))
    assert not counted.exists()
    assert again(measure).ended_on == date(2026, 12, 24)


def works_on(*days: int) -> list[bool]:
    rows = Measure.objects.unscoped("test")
    return [rows.in_force_on(date(2026, 11, day)).exists() for day in days]


def cases_that_run(case: Case) -> int:
    """What keeps a case from being destroyed: also what a court let not work for a while."""
    by = service_account("terms", now=case.opened_at)
    return int(actions.keep(case, by=by))


def test_what_has_no_term_is_reviewed_within_a_year_and_what_has_one_may_end_sooner(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    measure = imposed(case, as_, world)
    actions.notify(measure, told_on=date(2026, 11, 23), by=as_("mayor"))
    actions.apply_terms(by=service_account("terms", now=as_("mayor", days=1).now))

    for wrong in (date(2026, 12, 24), date(2026, 11, 24)):
        with pytest.raises(rules.NotLighter):
            actions.ease(measure, lapses_on=wrong, reasons=REASON, by=as_("mayor", days=1))
    assert actions.ease(
        measure, lapses_on=date(2026, 12, 1), reasons=REASON, by=as_("mayor", days=1)
    ).last_day
    Measure.objects.unscoped("test").filter(pk=measure.pk).update(lapses_on=None, review_on=date(2026, 12, 1))
    waiting = Measure.objects.visible_to(as_("mayor")).ending_before(date(2026, 12, 1))
    assert [row.pk for row in waiting] == [measure.pk]
    with pytest.raises(rules.WrongTerm):
        actions.review(measure, review_on=date(2028, 1, 1), reasons=REASON, by=as_("mayor", days=1))
    actions.review(measure, review_on=date(2027, 6, 1), reasons=REASON, by=as_("mayor", days=1))
    assert not waiting.all().exists()


def test_the_pages_lead_from_suggestion_to_force(
    case: Case, world: World, client_of: ClientOf, as_: Callable[..., Actor]
) -> None:
    Approval.objects.create(subject="GW-172A", lawyer="L. Maginary", given_by="t", starts_on=date(2026, 1, 1))
    director, lawyer, mayor = (client_of(user, WORK) for user in (world.director, world.lawyer, world.mayor))

    director.post(
        f"/measures/new/?case={case.reference}",
        {"kind": "GW-172A", **WHY},
    )
    two_days_pass()
    reference = Measure.objects.unscoped("a test looks").get().reference
    step(lawyer, reference, "check", {"holds": "yes", "legality": REASON})
    step(director, reference, "propose", {"authority": world.municipality.reference, "about": "Vrunzo"})
    term = {"starts_on": "2026-11-23", "lapses_on": "2026-12-24"}
    step(mayor, reference, "decide", {"impose": "yes", "reasons": REASON, **term})
    step(mayor, reference, "notify", {"told_on": "2026-11-23"})

    assert Measure.objects.unscoped("a test looks").get().status == Status.IN_FORCE
    assert b"GW-172A" not in director.get("/measures/").content
    assert reference in director.get("/measures/").content.decode()


def test_deciding_asks_again_who_it_is_and_reading_does_not(
    case: Case, world: World, client_of: ClientOf, as_: Callable[..., Actor], clock: StandingClock
) -> None:
    measure = checked(case, as_)
    actions.propose(measure, world.municipality, about="Vrunzo Nergensvliet, 1999", by=as_("director"))
    mayor, page = client_of(world.mayor, WORK), f"/measures/{measure.reference}/"
    at_once = mayor.get(f"{page}decide/")

    clock.moment += timedelta(minutes=20)
    asked, read = mayor.get(f"{page}decide/"), mayor.get(page)
    clock.moment += timedelta(minutes=25)
    mayor.get(page)
    clock.moment += timedelta(minutes=5)
    posted = mayor.post(f"{page}decide/", {}, headers={"referer": f"https://x.example{page}decide/"})

    assert (at_once.status_code, read.status_code) == (200, 200)
    assert asked.url.startswith("/account/confirm/?next=")
    assert posted.url == asked.url


def step(client: Client, reference: str, name: str, data: dict[str, str]) -> None:
    answer = client.post(f"/measures/{reference}/{name}/", data)
    assert answer.status_code == 302, answer.content.decode()


def test_an_outsider_cannot_tell_whether_the_measure_exists(
    case: Case, world: World, client_of: ClientOf, as_: Callable[..., Actor]
) -> None:
    measure = checked(case, as_)
    for outsider in (world.school, world.other_director, world.other_mayor):
        client = client_of(outsider, WORK)
        for path in ("", "propose/", "withdraw/"):
            real = client.get(f"/measures/{measure.reference}/{path}")
            missing = client.get(f"/measures/M-0000-0000-0000/{path}")
            assert real.status_code == 404
            assert (real.content, real.headers) == (missing.content, missing.headers)
        assert measure.reference not in client.get("/measures/").content.decode()
