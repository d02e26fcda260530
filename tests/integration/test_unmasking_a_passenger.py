"""A masked passenger is shown again only as Directive (EU) 2016/681 art. 12(3) allows."""

from datetime import timedelta
from typing import Any

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.foundation.keys import key_store
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import Mandate
from samenhang.travel import actions, sealing
from samenhang.travel.models import Passenger, Unmasking
from samenhang.travel.rules import unmasking as rules
from samenhang.travel.rules.unmasking import Finding, Ground
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import FANTASIO, arrive

pytestmark = pytest.mark.django_db
WHY = "Inquiry Nergens-7 cannot go on without knowing who sat on this flight."
YES = {"decision": "yes", "reason": "It is needed for this inquiry, and less would not do."}


@pytest.fixture
def kept(world: World, actor_of: ActorOf, clock: StandingClock) -> Passenger:
    """Fantasio, kept for recorded evidence and masked six months later; it is that day now."""
    (row,) = arrive(FANTASIO, now=clock.moment)
    actions.keep_longer(row, reason="A confirmed hit.", by=actor_of(world.travel))
    clock.moment += timedelta(days=190)
    actions.mask(by=service_account("receiving", now=clock.moment))
    found: Passenger = Passenger.objects.unscoped("a test looks").get(pk=row.pk)
    return found


@pytest.fixture
def asked(kept: Passenger, world: World, actor_of: ActorOf) -> Unmasking:
    return actions.ask_unmasking(kept, Ground.TERRORISM, reason=WHY, by=actor_of(world.travel))


@pytest.fixture
def approved(asked: Unmasking, world: World, actor_of: ActorOf) -> Unmasking:
    by = actor_of(world.prosecutor, "investigation")
    return actions.decide_unmasking(asked, approve=True, reason=YES["reason"], by=by)


def the_row() -> Unmasking:
    found: Unmasking = Unmasking.objects.unscoped("a test looks").get()
    return found


def test_from_the_request_by_one_to_the_data_for_that_one_through_the_pages(
    kept: Passenger, world: World, client_of: ClientOf
) -> None:
    analyst, prosecutor = client_of(world.travel), client_of(world.prosecutor, "investigation")
    officer = client_of(world.travel_privacy)
    assert "FANTASIO" not in analyst.get("/travel/masked/").text

    done = analyst.post(f"/travel/masked/{kept.reference}/", {"ground": "terrorism", "reason": WHY})
    page = done.headers["Location"]
    assert WHY in prosecutor.get(page).text
    assert prosecutor.post(page + "decide/", YES).status_code == 302
    shown = analyst.post(page + "passenger/")
    noticed = officer.get("/")
    found = officer.post(page + "review/", {"finding": "in-order", "remark": WHY})

    assert "FANTASIO" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert the_row().reference in noticed.text
    assert found.status_code == 302
    for name in ("asked", "approved", "officer-told", "found-in-order"):
        assert Entry.objects.filter(event=f"unmasking.{name}", subject=the_row().reference).count() == 1
    opened = Entry.objects.get(event="passenger.unmasked")
    assert (opened.subject, opened.user) == (kept.reference, world.travel.reference)
    assert (the_row().shown, the_row().finding) == (1, "in-order")


def test_it_is_shown_to_the_requester_only(approved: Unmasking, world: World, client_of: ClientOf) -> None:
    page = f"/travel/unmasking/{approved.reference}/"

    statuses = {}
    for who in (world.travel_two, world.prosecutor, world.travel_privacy, world.police, world.school):
        purpose = "investigation" if who == world.prosecutor else ""
        answers = [
            client_of(who, purpose).post(page + "passenger/"),
            client_of(who, purpose).get(page),
            client_of(who, purpose).get("/travel/masked/"),
        ]
        assert all("FANTASIO" not in answer.text for answer in answers)
        statuses[who.username.removeprefix("imaginary.")] = answers[0].status_code

    assert statuses == {
        "travel_two": 403, "prosecutor": 403, "travel_privacy": 403, "police": 404, "school": 404,
    }  # fmt: skip


def test_it_is_shown_for_a_day_and_no_longer(
    approved: Unmasking, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    clock.moment += rules.SHOWN_FOR - timedelta(seconds=1)
    assert actions.open_unmasked(approved, by=actor_of(world.travel))["given_names"] == "FANTASIO"

    clock.moment += timedelta(seconds=1)
    with pytest.raises(rules.NotShown):
        actions.open_unmasked(approved, by=actor_of(world.travel))


def test_before_the_approval_and_after_a_refusal_nothing_is_shown(
    asked: Unmasking, world: World, actor_of: ActorOf
) -> None:
    with pytest.raises(rules.NotShown):
        actions.open_unmasked(asked, by=actor_of(world.travel))

    by = actor_of(world.prosecutor, "investigation")
    actions.decide_unmasking(asked, approve=False, reason=YES["reason"], by=by)

    with pytest.raises(rules.NotShown):
        actions.open_unmasked(asked, by=actor_of(world.travel))
    assert the_row().officer_told_at is None


def test_only_the_authority_that_the_law_names_approves(
    asked: Unmasking, world: World, actor_of: ActorOf
) -> None:
    who_asked, colleague, officer = world.travel, world.travel_two, world.travel_privacy
    refused = dict.fromkeys((who_asked, colleague, officer), NotYours)
    refused |= dict.fromkeys((world.police, world.border, world.minister), NotThere)

    for who, refusal in refused.items():
        with pytest.raises(refusal):
            actions.decide_unmasking(asked, approve=True, reason=YES["reason"], by=actor_of(who))
    assert the_row().status == "asked"


def test_a_prosecutor_who_works_in_the_unit_does_not_approve_and_neither_does_the_requester(
    asked: Unmasking, world: World, actor_of: ActorOf
) -> None:
    Mandate.objects.filter(user__in=[world.travel_two, world.travel]).update(role="prosecutor")

    for who in (world.travel_two, world.travel):
        with pytest.raises(NotYours):
            actions.decide_unmasking(
                asked, approve=True, reason=YES["reason"], by=actor_of(who, "investigation")
            )
    with pytest.raises(rules.SamePerson):
        rules.check_four_eyes(asked_by=1, asked_for=2, by=1, of=3)


def test_where_nobody_can_be_told_nothing_can_be_asked_or_approved(
    kept: Passenger, world: World, actor_of: ActorOf
) -> None:
    asked = actions.ask_unmasking(kept, Ground.SERIOUS, reason=WHY, by=actor_of(world.travel))
    Mandate.objects.filter(user=world.travel_privacy).delete()

    with pytest.raises(rules.NobodyToTell):
        actions.ask_unmasking(kept, Ground.SERIOUS, reason=WHY, by=actor_of(world.travel_two))
    by = actor_of(world.prosecutor, "investigation")
    with pytest.raises(rules.NobodyToTell):
        actions.decide_unmasking(asked, approve=True, reason=YES["reason"], by=by)


@pytest.mark.parametrize("step", ["ask", "decide", "open"])
def test_never_where_the_key_was_destroyed(
    kept: Passenger, world: World, actor_of: ActorOf, client_of: ClientOf, step: str
) -> None:
    analyst, authority = actor_of(world.travel), actor_of(world.prosecutor, "investigation")
    deeds: dict[str, Any] = {
        "ask": lambda: actions.ask_unmasking(kept, Ground.TERRORISM, reason=WHY, by=analyst),
        "decide": lambda: actions.decide_unmasking(the_row(), approve=True, reason=WHY, by=authority),
        "open": lambda: actions.open_unmasked(the_row(), by=analyst),
    }
    for before in list(deeds)[: list(deeds).index(step)]:
        deeds[before]()
    key_store().destroy(sealing.of_one(kept.reference))

    with pytest.raises(rules.KeyGone):
        deeds[step]()
    if step != "ask":
        page = client_of(world.travel).get(f"/travel/unmasking/{the_row().reference}/").text
        assert WHY not in page  # what was written about the passenger went with the key
    assert not key_store().holds(sealing.of_one(kept.reference))


def test_who_is_not_masked_or_was_asked_for_before_is_refused(
    asked: Unmasking, kept: Passenger, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    by = actor_of(world.travel)
    other = arrive(FANTASIO, now=clock.moment, reference="9")[-1]

    with pytest.raises(rules.AskedBefore):
        actions.ask_unmasking(kept, Ground.TERRORISM, reason=WHY, by=by)
    with pytest.raises(rules.NotMasked):
        actions.ask_unmasking(other, Ground.TERRORISM, reason=WHY, by=by)
    with pytest.raises(rules.NoReason):
        actions.ask_unmasking(kept, Ground.TERRORISM, reason="Because.", by=by)


def test_a_request_that_nobody_decides_lapses(
    asked: Unmasking, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    clock.moment += rules.DECIDE_WITHIN

    by = actor_of(world.prosecutor, "investigation")
    with pytest.raises(rules.DecidedBefore):
        actions.decide_unmasking(asked, approve=True, reason=YES["reason"], by=by)


def test_what_the_officer_finds_not_in_order_ends_at_once_and_is_found_once(
    approved: Unmasking, world: World, actor_of: ActorOf
) -> None:
    officer = actor_of(world.travel_privacy)
    actions.review_unmasking(approved, Finding.NOT_IN_ORDER, remark=WHY, by=officer)

    with pytest.raises(rules.NotShown):
        actions.open_unmasked(approved, by=actor_of(world.travel))
    with pytest.raises(rules.ReviewedBefore):
        actions.review_unmasking(approved, Finding.IN_ORDER, remark=WHY, by=officer)


def test_the_officer_of_another_body_sees_no_request(
    approved: Unmasking, world: World, client_of: ClientOf
) -> None:
    assert client_of(world.privacy).get(f"/travel/unmasking/{approved.reference}/").status_code == 404


def test_before_the_statute_no_law_names_anybody() -> None:
    from datetime import date

    with pytest.raises(rules.NobodyToApprove):
        rules.approver_on(date(2014, 6, 30))
