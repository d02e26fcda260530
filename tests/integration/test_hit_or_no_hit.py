"""A partner asks whether another knows somebody, and learns a hit or no hit: never more, never sooner."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenhang.access.rules import NotThere, NotYours
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import counted
from samenhang.exchange import actions, rules
from samenhang.exchange.models import Question, ReceivedQuestion, RegisteredQuestion
from samenhang.exchange.rules import asking
from samenhang.exchange.rules.asking import Limit, Reply, Stage
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.persons.models import StoppedLookUp
from tests.asking import ORDER, WHY, known_to, proposed, sent
from tests.cast import ActorOf, ClientOf, StandingClock, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_menu")]
ENGLISH = {"accept-language": "en"}
LOOKED = "Looked in our files by name and date of birth."
NEEDED = {"met-necessity-statement": "on"}
FIVE_DAYS = asking.TOLD_AFTER


@pytest.fixture
def terms(clock: StandingClock) -> Callable[[], Actor]:
    return lambda: service_account("terms", now=clock.moment)


def test_the_whole_way_by_the_pages(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock, terms: Callable[[], Actor]
) -> None:
    person = known_to(world.director, actor_of)
    asker, second = (client_of(user, ORDER) for user in (world.director, world.director_two))
    page = asker.get(f"/questions/new/?person={person.reference}", headers=ENGLISH).content.decode()
    typed = {"person": person.reference, "asked": world.police.organisation.reference, "reason": WHY}

    assert "POL-BURG-PO-26" in page
    made = asker.post("/questions/new/", typed)
    assert made.status_code == 302
    address = made.headers["Location"]
    assert asker.post(address, {"deed": "send"}).status_code == 422
    assert second.post(address, {"deed": "send"}).status_code == 302
    received = ReceivedQuestion.objects.unscoped("test").get()
    there = client_of(world.police, "investigation")
    shown = there.get(f"/questions/asked/{received.reference}/", headers=ENGLISH).content.decode()
    assert "Pippi Fantasia" in shown
    assert WHY in shown
    answer = {"reply": "hit", "reason": LOOKED}
    # A hit is a disclosure: what the law asks for it must be confirmed.
    assert there.post(f"/questions/asked/{received.reference}/", answer).status_code == 422
    assert there.post(f"/questions/asked/{received.reference}/", answer | NEEDED).status_code == 302
    assert "lets you contact it" not in asker.get(address, headers=ENGLISH).content.decode()
    assert actions.tell_answers(by=terms()) == 0
    clock.moment += FIVE_DAYS
    assert actions.tell_answers(by=terms()) == 1
    asker = client_of(world.director, ORDER)
    assert "lets you contact it" in asker.get(address, headers=ENGLISH).content.decode()
    assert asker.post(address, {"deed": "read"}).status_code == 302
    assert Question.objects.unscoped("test").get().stage == Stage.READ


@dataclass
class Seen:
    """Everything that who asks can see, hour by hour."""

    pages: list[str]
    queries: list[int]
    waiting: list[dict[str, int]]
    journal: list[tuple[Any, ...]]


def watched(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock, reply: str, after: timedelta
) -> Seen:
    """One question, answered so after so long (or never), as its asker sees it hour by hour."""
    start, first = clock.moment, Entry.objects.count()
    question, received = sent(world, actor_of, known_to(world.director, actor_of, given=f"Pippi{reply}"))
    seen = Seen([], [], [], [])
    for hours in (0, 119, 120):
        clock.moment = start + timedelta(hours=hours)
        if reply and after == timedelta(hours=hours):
            police = actor_of(world.police, "investigation")
            actions.answer_question(received, Reply(reply), reason=LOOKED, by=police)
        actions.tell_answers(by=service_account("terms", now=clock.moment))
        browser = client_of(world.director, ORDER)  # nobody stays signed in for days
        with CaptureQueriesContext(connection) as queries:
            pages = [
                browser.get(path, headers=ENGLISH).content.decode().split("<main")[1]
                for path in (f"/questions/{question.reference}/", "/questions/")
            ]
        seen.pages += [anonymous(page, question) for page in pages]
        seen.queries.append(len(queries))
        seen.waiting.append(counted(KINDS, actor_of(world.director, ORDER)))
    ours = Entry.objects.order_by("pk")[first:].values_list("organisation", "event", "operation")
    seen.journal = [one for one in ours if one[0] != world.police.organisation.reference]
    clock.moment = start
    with_all = Question.objects.unscoped("test")
    with_all.filter(pk=question.pk).delete()
    return seen


def anonymous(page: str, question: Question) -> str:
    page = re.sub(r"Pippi\w*", "…", page.replace(question.reference, "…").replace(question.about, "…"))
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_none_no_word_and_silence_look_the_same_on_pages_in_time_counts_and_journal(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock
) -> None:
    service_account("terms", now=clock.moment)  # made at its first use, and journalled
    ways = (
        (Reply.NONE, timedelta(0)),
        (Reply.SILENT, timedelta(hours=119)),
        ("", timedelta(0)),
    )

    seen = [watched(world, client_of, actor_of, clock, str(reply), after) for reply, after in ways]

    assert "No hit" in seen[0].pages[-2]
    assert "No hit" not in "".join(seen[0].pages[:-2]).replace("Hit or no hit", "")
    for other in seen[1:]:
        assert other == seen[0]


def test_who_wrote_it_does_not_send_it_and_a_colleague_may_decline(world: World, actor_of: ActorOf) -> None:
    question = proposed(world, actor_of)

    with pytest.raises(asking.SecondPersonNeeded):
        actions.send_question(question, by=actor_of(world.director, ORDER))
    with pytest.raises(asking.SecondPersonNeeded):
        actions.decline_question(question, reason=WHY, by=actor_of(world.director, ORDER))
    declined = actions.decline_question(question, reason=WHY, by=actor_of(world.director_two, ORDER))

    assert declined.stage == Stage.DECLINED
    assert not ReceivedQuestion.objects.unscoped("test").exists()
    assert not RegisteredQuestion.objects.unscoped("test").exists()


def test_each_side_reads_its_own_record_and_nobody_else_reads_either(world: World, actor_of: ActorOf) -> None:
    question, received = sent(world, actor_of)
    asked = actor_of(world.police, "investigation")
    outsiders = [
        actor_of(world.school, ORDER),
        actor_of(world.other_director, ORDER),
        actor_of(world.prosecutor, "investigation"),
        actor_of(world.border, "investigation"),
        actor_of(world.director, "weighing"),
        actor_of(world.privacy, "oversight"),
        actor_of(world.administrator, "oversight"),
    ]

    assert [row.pk for row in Question.objects.visible_to(actor_of(world.mayor, ORDER))] == [question.pk]
    assert [row.pk for row in ReceivedQuestion.objects.visible_to(asked)] == [received.pk]
    assert not Question.objects.visible_to(asked).exists()
    assert not ReceivedQuestion.objects.visible_to(actor_of(world.director, ORDER)).exists()
    for actor in outsiders:
        assert not Question.objects.visible_to(actor).exists()
        assert not ReceivedQuestion.objects.visible_to(actor).exists()
        with pytest.raises(NotThere):
            actions.answer_question(received, Reply.NONE, reason=LOOKED, by=actor)
        with pytest.raises(NotThere):
            actions.send_question(question, by=actor)


def test_only_a_person_of_the_asked_organisation_answers(
    world: World, actor_of: ActorOf, terms: Callable[[], Actor]
) -> None:
    _question, received = sent(world, actor_of)
    police = actor_of(world.police, "investigation")

    machine = Actor(**{name: getattr(police, name) for name in Actor.__slots__} | {"human": False})
    with pytest.raises(NotYours):
        actions.answer_question(received, Reply.NONE, reason=LOOKED, by=machine)
    with pytest.raises(rules.Incomplete):
        actions.answer_question(received, Reply.NONE, reason=" ", by=police)
    with pytest.raises(NotThere):
        actions.answer_question(received, Reply.NONE, reason=LOOKED, by=terms())


def test_an_answer_is_set_right_until_it_is_told_and_not_after(world: World, actor_of: ActorOf) -> None:
    _question, received = sent(world, actor_of)
    police = actor_of(world.police, "investigation")
    actions.answer_question(received, Reply.HIT, reason=LOOKED, by=police)

    assert actions.answer_question(received, Reply.NONE, reason=LOOKED, by=police).reply == Reply.NONE
    late = actor_of(world.police, "investigation", now=received.tells_at)
    with pytest.raises(asking.TooLate):
        actions.answer_question(received, Reply.HIT, reason=LOOKED, by=late)


def test_what_another_gave_goes_along_with_no_question(world: World, actor_of: ActorOf) -> None:
    theirs = known_to(world.police, actor_of)
    by = actor_of(world.director, ORDER)

    with pytest.raises(NotThere):
        actions.propose_question(theirs, world.police.organisation, reason=WHY, by=by)
    own = known_to(world.director, actor_of)
    with pytest.raises(asking.NotToBeAsked):
        actions.propose_question(own, world.school.organisation, reason=WHY, by=by)
    with pytest.raises(rules.Incomplete):
        actions.propose_question(own, world.police.organisation, reason=" ", by=by)


def test_bulk_asking_is_stopped_and_the_officers_see_it(
    world: World, client_of: ClientOf, actor_of: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = known_to(world.director, actor_of)
    sent(world, actor_of, person)

    again = actions.propose_question(
        person, world.police.organisation, reason=WHY, by=actor_of(world.director, ORDER)
    )
    monkeypatch.setitem(asking.MOST, Limit.ASKER, (1, asking.WEEK))
    much = actions.propose_question(
        known_to(world.director, actor_of, given="Kalle"),
        world.police.organisation,
        reason=WHY,
        by=actor_of(world.director, ORDER),
    )

    assert (again, much) == (Limit.AGAIN, Limit.ASKER)
    page = client_of(world.privacy, "oversight").get("/questions/oversight/", headers=ENGLISH)
    shown = page.content.decode()
    assert "Imaginary director" in shown
    assert "Ten questions of one person" in shown
    assert "Many: ask why" in shown
    assert "Fantasia" not in shown
    assert person.reference not in shown
    for outsider in (world.director, world.police, world.administrator, world.travel_privacy):
        elsewhere = client_of(outsider).get("/questions/oversight/", headers=ENGLISH).content.decode()
        assert "Imaginary director" not in elsewhere.split("<main")[1]


def test_colleagues_who_send_at_once_do_not_pass_a_limit_together(world: World, actor_of: ActorOf) -> None:
    person = known_to(world.director, actor_of)
    two = [proposed(world, actor_of, person) for _each in range(2)]
    by = actor_of(world.director_two, ORDER)

    done = [actions.send_question(one, by=by) for one in two]

    assert [isinstance(one, Question) for one in done] == [True, False]
    assert ReceivedQuestion.objects.unscoped("test").count() == 1


def test_nobody_asks_about_a_colleague_and_nobody_answers_about_themselves(
    world: World, actor_of: ActorOf
) -> None:
    _question, received = sent(world, actor_of)
    world.police.name = world.mayor.name = "Pippi Fantasia"
    world.police.save()
    world.mayor.save()
    person = known_to(world.director, actor_of)

    stopped = actions.propose_question(
        person, world.police.organisation, reason=WHY, by=actor_of(world.director, ORDER)
    )

    assert stopped in (Limit.NAMESAKE, Limit.AGAIN)
    assert StoppedLookUp.objects.unscoped("test").exists() == (stopped == Limit.NAMESAKE)
    with pytest.raises(NotThere):
        actions.answer_question(
            received, Reply.NONE, reason=LOOKED, by=actor_of(world.police, "investigation")
        )
    assert actions.answer_question(
        received, Reply.NONE, reason=LOOKED, by=actor_of(world.police_two, "investigation")
    )


def test_question_and_answer_vanish_with_their_keys_and_later_that_anything_was_asked(
    world: World,
    actor_of: ActorOf,
    clock: StandingClock,
    terms: Callable[[], Actor],
    django_capture_on_commit_callbacks: Any,
) -> None:
    question, received = sent(world, actor_of)
    unsent = proposed(world, actor_of, known_to(world.director, actor_of, given="Kalle"))

    def forget(after: timedelta) -> list[int]:
        clock.moment += after
        with django_capture_on_commit_callbacks(execute=True):
            actions.tell_answers(by=terms())
            actions.forget_questions(by=terms())
        return [Question.objects.unscoped("test").count(), ReceivedQuestion.objects.unscoped("test").count()]

    assert forget(asking.PROPOSED_FOR) == [1, 1]
    assert not key_store().holds(unsent.reference)
    assert forget(FIVE_DAYS + asking.KEPT_FOR - asking.PROPOSED_FOR) == [0, 0]
    assert not any(key_store().holds(row.reference) for row in (question, received))
    assert RegisteredQuestion.objects.unscoped("test").exists()
    forget(asking.REGISTERED_FOR)
    assert not RegisteredQuestion.objects.unscoped("test").exists()


PLACES = ("/search/", "/disclosures/", "/signals/", "/cases/", "/weighings/", "/travellers/", "/conferences/")


def test_a_question_stands_in_no_search_file_list_or_feed(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    person = known_to(world.director, actor_of)
    question, received = sent(world, actor_of, person)
    asker, there = client_of(world.director, ORDER), client_of(world.police, "investigation")
    look = {"name": "Fantasia", "born": "", "reason": "A neighbour called."}

    for browser in (asker, there):
        found = [browser.get(path).content.decode() for path in (*PLACES, f"/persons/{person.reference}/")]
        found.append(browser.post("/search/", look).content.decode())
        assert not any(one.reference in page for page in found for one in (question, received))
    # Of the asked organisation nobody is found: the question made no record of the person there.
    assert person.reference not in there.post("/search/", look).content.decode()


def test_the_question_waits_in_the_work_of_who_must_do_something(world: World, actor_of: ActorOf) -> None:
    def waits(actor: Actor) -> set[str]:
        return {
            code for code, count in counted(KINDS, actor).items() if count and "quest" in code + "inquest"
        }

    proposed(world, actor_of)
    codes = {"questions-to-send", "asked-of-us", "questions-told"}
    second, first = actor_of(world.director_two, ORDER), actor_of(world.director, ORDER)

    assert codes & waits(second) == {"questions-to-send"}
    assert not codes & waits(first)
    sent(world, actor_of, known_to(world.director, actor_of, given="Kalle"))
    assert codes & waits(actor_of(world.police, "investigation")) == {"asked-of-us"}
    assert not codes & waits(actor_of(world.prosecutor, "investigation"))


def test_who_takes_a_question_back_is_told_nothing(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock, terms: Callable[[], Actor]
) -> None:
    question, received = sent(world, actor_of)
    police = actor_of(world.police, "investigation")
    actions.answer_question(received, Reply.HIT, reason=LOOKED, by=police)
    browser: Client = client_of(world.director, ORDER)

    assert browser.post(f"/questions/{question.reference}/", {"deed": "withdraw"}).status_code == 302
    clock.moment += FIVE_DAYS

    assert actions.tell_answers(by=terms()) == 0
    assert Question.objects.unscoped("test").get().told == ""
    with pytest.raises((rules.IllegalTransition, asking.TooLate)):
        actions.answer_question(received, Reply.HIT, reason=LOOKED, by=police)
