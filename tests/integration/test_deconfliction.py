"""Every listed step waits the same two days, investigation or not, and nobody learns whether there is one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases.models import Case
from samenhang.deconfliction import actions, rules
from samenhang.deconfliction.models import Hold, Window
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.measures import measures_available
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status, Term
from tests.cast import SINCE, ActorOf, ClientOf, StandingClock, World
from tests.weighing import opened_case

WORK = "person-centred-approach"
WHY = "Nothing lighter would keep others safe."
ENGLISH = {"accept-language": "en"}
SECRET = "A warrant is being prepared."
As = Callable[..., Actor]


@pytest.fixture
def at(world: World, actor_of: ActorOf, clock: StandingClock) -> As:
    """``at("mayor", days=3)``: that person so many days later."""

    def act(name: str, days: float = 0) -> Actor:
        return actor_of(getattr(world, name), WORK, now=clock.moment + timedelta(days=days))

    return act


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    made = opened_case(world, actor_of)
    for kind in ("GW-172A", "OTS"):
        Approval.objects.create(subject=kind, lawyer="L. Maginary", given_by="test", starts_on=SINCE)
    return made


@pytest.fixture
def ready(case: Case, world: World, at: As) -> Measure:
    """An area ban that the mayor could impose at once, were it not for the window."""
    measure = measures.suggest(
        case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=at("director")
    )
    measures.check(measure, holds=True, legality=WHY, by=at("lawyer"))
    return measures.propose(measure, world.municipality, about="Pippi", by=at("director"))


def impose(measure: Measure, by: Actor) -> Measure:
    term = Term(by.today, by.today + timedelta(days=30))
    return measures.decide(measure, impose=True, reasons=WHY, term=term, by=by)


def window() -> Window:
    return Window.objects.unscoped("test").get()


def test_a_step_waits_two_days_and_then_goes_on_without_anybodys_answer(ready: Measure, at: As) -> None:
    with pytest.raises(rules.NotYet):
        impose(ready, at("mayor", 1.9))

    assert impose(ready, at("mayor", 2)).status == Status.IMPOSED


def test_before_the_window_closes_every_asker_reads_the_same_whether_it_is_held_or_not(
    ready: Measure, at: As
) -> None:
    free = str(actions.waits(ready.reference, kind=ready.kind, by=at("mayor", 1)))

    actions.hold(window(), days=14, reason=SECRET, by=at("prosecutor", 0.5))

    held = str(actions.waits(ready.reference, kind=ready.kind, by=at("mayor", 1)))
    assert held == free


def test_whether_a_step_waits_depends_on_its_kind_and_the_day_alone(case: Case, at: As) -> None:
    by = at("director")
    windows = [actions.announce(f"M-{n}", kind="GW-172A", person_id=case.person_id, by=by) for n in range(2)]

    actions.hold(windows[0], days=14, reason=SECRET, by=at("prosecutor"))  # type: ignore[arg-type]
    third = actions.announce("M-3", kind="GW-172A", person_id=case.person_id, by=by)

    lengths = {one.closes_at - one.opened_at for one in (*windows, third) if one is not None}
    assert lengths == {rules.WINDOW}


def test_a_held_step_waits_without_a_word_of_why_and_goes_on_by_itself(ready: Measure, at: As) -> None:
    actions.hold(window(), days=14, reason=SECRET, by=at("prosecutor", 1))

    with pytest.raises(rules.NotYet) as told:
        impose(ready, at("mayor", 14.9))

    assert "warrant" not in str(told.value)
    assert all(b"warrant" not in bytes(entry.envelope) for entry in Entry.objects.all())
    assert impose(ready, at("mayor", 15)).status == Status.IMPOSED


@pytest.mark.parametrize(("days", "reason"), [(15, SECRET), (0, SECRET), (14, " ")])
def test_a_hold_longer_than_two_weeks_or_without_a_reason_is_refused(
    ready: Measure, at: As, days: int, reason: str
) -> None:
    with pytest.raises(rules.TooLong):
        actions.hold(window(), days=days, reason=reason, by=at("prosecutor"))


def test_only_another_prosecutor_renews_a_hold(ready: Measure, at: As) -> None:
    first = actions.hold(window(), days=14, reason=SECRET, by=at("prosecutor", 1))
    with pytest.raises(rules.SecondProsecutorNeeded):
        actions.renew(window(), days=14, reason=SECRET, by=at("prosecutor", 10))

    second = actions.renew(window(), days=14, reason=SECRET, by=at("prosecutor_two", 10))

    assert second.renews_id == first.pk
    assert second.ends_at - second.placed_at <= rules.LONGEST_HOLD
    with pytest.raises(rules.NotYet):
        impose(ready, at("mayor", 16))
    assert impose(ready, at("mayor", 24)).status == Status.IMPOSED


def test_one_prosecutor_alone_lets_a_step_go_on(ready: Measure, at: As) -> None:
    actions.hold(window(), days=14, reason=SECRET, by=at("prosecutor", 1))

    actions.lift(window(), reason="It is over.", by=at("prosecutor", 3))

    assert impose(ready, at("mayor", 3)).status == Status.IMPOSED


@pytest.mark.parametrize("days", [2, 20])
def test_after_the_window_nobody_asks_to_wait(ready: Measure, at: As, days: int) -> None:
    with pytest.raises(rules.WindowClosed):
        actions.hold(window(), days=14, reason=SECRET, by=at("prosecutor", days))
    with pytest.raises(rules.WindowClosed):
        actions.renew(window(), days=14, reason=SECRET, by=at("prosecutor_two", days))


def test_a_hold_blocks_no_refusal_no_withdrawal_no_lifting_and_no_lapse(
    ready: Measure, case: Case, world: World, at: As
) -> None:
    running = impose(ready, at("mayor", 2))
    measures.notify(running, told_on=at("mayor", 2).today, by=at("mayor", 2))
    Window.objects.unscoped("test").update(held_until=at("mayor", 90).now)
    other = measures.suggest(
        case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=at("director", 2)
    )
    actions.hold(
        Window.objects.unscoped("test").get(step=other.reference), days=14, reason=SECRET,
        by=at("prosecutor", 2),
    )  # fmt: skip

    withdrawn = measures.withdraw(other, reason="No longer needed.", by=at("director", 3))
    lifted = measures.lift(running, reason="It worked.", by=at("mayor", 3))

    assert (withdrawn.status, lifted.status) == (Status.WITHDRAWN, Status.LIFTED)


def test_care_the_youth_court_and_what_ends_by_itself_are_no_listed_steps(case: Case, at: As) -> None:
    available = measures_available(date(2026, 11, 23))
    waiting = {one.code for one in available if rules.is_listed(one.code, date(2026, 11, 23))}

    assert {"GW-172A", "TW-AREA"} & waiting
    for free in ("OTS", "VOTS", "UHP", "GESL", "GEZAG", "CR-", "REINT", "EXIT", "CARE", "SIS-", "PNR-"):
        assert not [code for code in waiting if code.startswith(free)], free
    assert actions.announce("M-CHILD", kind="OTS", person_id=case.person_id, by=at("director")) is None
    assert actions.waits("M-CHILD", kind="OTS", by=at("mayor")) is None


def test_only_the_prosecution_sees_windows_and_holds(
    ready: Measure, at: As, world: World, client_of: ClientOf
) -> None:
    held = actions.hold(window(), days=14, reason=SECRET, by=at("prosecutor"))
    address = f"/no-objection/{window().reference}/"

    for name in ("mayor", "director", "police", "school", "lawyer"):
        with pytest.raises(NotThere):
            actions.lift(window(), reason="Let me.", by=at(name))
        assert not Window.objects.visible_to(at(name)).exists()
        assert not Hold.objects.visible_to(at(name)).exists()
        assert client_of(getattr(world, name), WORK).get(address).status_code == 404
    assert Hold.objects.visible_to(at("prosecutor_two")).get() == held


def test_the_prosecutor_asks_on_the_page_and_the_mayor_reads_only_that_it_waits(
    ready: Measure, world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    prosecutor, reference = client_of(world.prosecutor, WORK), window().reference
    assert reference in prosecutor.get("/no-objection/").content.decode()
    asked = prosecutor.post(f"/no-objection/{reference}/", {"days": "14", "reason": SECRET})

    clock.moment += timedelta(days=3)
    page = client_of(world.mayor, WORK).get(
        f"/measures/{ready.reference}/", headers={"accept-language": "en"}
    )

    assert asked.status_code == 302
    assert "need not say why" in page.content.decode()
    assert reference not in page.content.decode()
    again = client_of(world.prosecutor, WORK).post(f"/no-objection/{reference}/lift/", {"reason": "Over."})
    assert again.status_code == 302
    later = client_of(world.mayor, WORK).get(
        f"/measures/{ready.reference}/", headers={"accept-language": "en"}
    )
    assert "need not say why" not in later.content.decode()


def test_steps_of_before_the_act_were_never_asked_about() -> None:
    assert not rules.is_listed("GW-172A", date(2025, 6, 30))
    assert rules.is_listed("GW-172A", date(2025, 7, 1))


def test_a_role_beside_the_prosecutor_in_the_same_service_holds_nothing(
    ready: Measure, world: World, at: As
) -> None:
    with pytest.raises((NotYours, NotThere)):
        actions.hold(window(), days=14, reason=SECRET, by=at("police"))
