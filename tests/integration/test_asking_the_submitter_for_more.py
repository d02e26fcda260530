"""The three ask who submitted a signal for more: by a day, of its own data alone, and weighed afresh."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions
from samenhang.cases.models import Case, Inquiry, Position, Weighing
from samenhang.cases.rules import NotOpen, Opinion
from samenhang.cases.rules.opinions import MORE_WITHIN, NoMoreRounds, QuestionMissing
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import WEIGHED_WITHIN, NotLawful, Triage
from samenhang.organisations.acting import service_account
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import MORE, REASONS, SAID, YES, judge, weighing_by

pytestmark = pytest.mark.django_db
TOLD = replace(SAID, text="Said so twice, on two days.")


def asked(world: World, actor_of: ActorOf) -> Inquiry:
    """The mayor needs more of what the police submitted."""
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: YES, world.mayor: MORE}, actor_of)
    return Inquiry.objects.unscoped("test").get()


def now() -> Weighing:
    return Weighing.objects.unscoped("test").get()


def test_the_submitter_answers_from_my_work_and_the_three_weigh_afresh(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    inquiry = asked(world, actor_of)
    police, url = client_of(world.police, "weighing"), f"/inquiries/{inquiry.reference}/"
    assert (now().stage, inquiry.due_on) == ("waiting", actor_of(world.police).today + MORE_WITHIN)
    with pytest.raises(NotOpen):
        judge(now(), {world.police: YES}, actor_of)

    assert url in police.get("/").text
    assert MORE.question in police.get(url).text
    met = re.findall(r'name="(met-[^"]+)"', police.get(url).text)
    typed = {
        "text": TOLD.text, "true_from": "21-11-2026", "kind": "fact", "source_evaluation": "B",
        "information_evaluation": "2", "handling": "H0", "basis": TOLD.basis, "necessity": TOLD.necessity,
    }  # fmt: skip
    assert police.post(url, {**typed, **dict.fromkeys(met[1:], "on")}).status_code == 422
    assert police.post(url, {**typed, **dict.fromkeys(met, "on")}).status_code == 302

    assert (now().stage, now().round, now().seats) == ("open", 2, ())
    mayor = client_of(world.mayor, "weighing").get(f"/weighings/{now().reference}/").text
    assert TOLD.text in mayor
    assert MORE.question in mayor  # what was judged before stays beside it
    with pytest.raises(NoMoreRounds):
        judge(now(), {world.mayor: MORE}, actor_of)
    judge(now(), dict.fromkeys((world.police, world.prosecutor, world.mayor), YES), actor_of)
    case = Case.objects.unscoped("test").get()
    assert Position.objects.unscoped("test").count() == 6
    page = client_of(world.director, "person-centred-approach").get(f"/cases/{case.reference}/").text
    assert TOLD.text in page


@pytest.mark.parametrize("how", ["silent", "nothing"])
def test_without_an_answer_it_comes_back_to_the_three_and_never_lapses(
    world: World, actor_of: ActorOf, client_of: ClientOf, how: str
) -> None:
    inquiry, police = asked(world, actor_of), actor_of(world.police, "weighing")
    late = police.now + MORE_WITHIN + timedelta(days=1)

    if how == "nothing":
        actions.refuse_inquiry(inquiry, reason="We know nothing more.", by=police)
    else:
        assert actions.lapse_inquiries(by=service_account("terms", now=police.now + MORE_WITHIN)) == 0
        assert actions.lapse_inquiries(by=service_account("terms", now=late)) == 1
        assert actions.lapse_inquiries(by=service_account("terms", now=late)) == 0

    assert now().stage == "open"
    for user in (world.police, world.prosecutor, world.mayor):
        by = actor_of(user, "weighing", now=late)
        [waiting] = Weighing.objects.visible_to(by).waiting_for(by)
        began = by.today if how == "silent" else police.today
        # A clock of its own: the first one ran while they waited for the submitter.
        assert waiting.due_on == began + WEIGHED_WITHIN[Triage.ORDINARY]
    page = (
        client_of(world.mayor, "weighing")
        .get(f"/weighings/{now().reference}/", headers={"accept-language": "en"})
        .text
    )
    assert "since it came back to the three" in page


def test_only_the_submitter_tells_more_and_only_of_its_own_before_the_three_agree(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    inquiry = asked(world, actor_of)

    with pytest.raises(NotYours):
        actions.answer_inquiry(inquiry, TOLD, by=actor_of(world.mayor, "weighing"))
    with pytest.raises(NotThere):
        actions.answer_inquiry(inquiry, TOLD, by=actor_of(world.other_director, "weighing"))
    police, unmet = actor_of(world.police, "weighing"), ["compelling-reasons-test"]
    with pytest.raises(NotLawful):
        actions.answer_inquiry(inquiry, TOLD, not_met=unmet, by=police)
    assert Statement.objects.unscoped("test").count() == 1
    assert client_of(world.school, "weighing").get(f"/inquiries/{inquiry.reference}/").status_code == 404
    # Nobody else is asked, and nothing of another kind can be brought in.
    assert Inquiry.objects.unscoped("test").get().organisation == world.police.organisation
    actions.answer_inquiry(inquiry, TOLD, by=police)
    assert {one.category for one in Statement.objects.unscoped("test")} == {"signal"}


def test_who_needs_more_says_what_and_a_withdrawn_signal_asks_nothing(
    world: World, actor_of: ActorOf
) -> None:
    inquiry = asked(world, actor_of)
    other = weighing_by(world.police, actor_of)
    with pytest.raises(QuestionMissing):
        judge(other, {world.mayor: replace(MORE, question=" ")}, actor_of)

    signal = Signal.objects.unscoped("test").get(scope=inquiry.scope)
    actions.call_off(signal, reason="A mistake.", by=actor_of(world.police, "weighing"))

    assert Inquiry.objects.unscoped("test").get().stage == "called_off"
    assert Weighing.objects.unscoped("test").get(signal=signal).stage == "called_off"


@pytest.mark.parametrize(("opinion", "seat"), [(Opinion.CARE, "mayor"), (Opinion.CRIMINAL, "prosecutor")])
def test_what_the_three_see_elsewhere_waits_for_who_goes_on_with_it(
    world: World, actor_of: ActorOf, client_of: ClientOf, opinion: Opinion, seat: str
) -> None:
    weighing = weighing_by(world.police, actor_of)
    elsewhere = replace(YES, opinion=opinion, reasons=REASONS)
    judge(weighing, {world.police: YES, world.prosecutor: elsewhere, world.mayor: elsewhere}, actor_of)
    url, theirs = f"/weighings/{weighing.reference}/", client_of(getattr(world, seat), "weighing")

    assert (now().stage, now().outcome) == ("not_taken_up", opinion)
    assert url in theirs.get("/").text
    assert client_of(world.police, "weighing").post(f"{url}go-on/").status_code == 403
    theirs.post(f"{url}go-on/")

    assert url not in theirs.get("/").text
    assert now().taken_over_at is not None
    assert not Case.objects.unscoped("test").exists()
