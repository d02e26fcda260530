"""Police and marechaussee issue, renew and lift alerts; nobody else sees or changes them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.foundation.errors import Refused
from samenhang.journal.models import Entry
from samenhang.watchlists import actions
from samenhang.watchlists.models import Alert
from samenhang.watchlists.rules import ReasonMissing
from samenhang.watchlists.rules.alerts import AlreadyLifted, Incomplete, NoGround, ReviewTooLate
from tests.cast import ActorOf, World
from tests.watchlists import alert, every_alert, listed, request

pytestmark = pytest.mark.django_db


def test_the_police_issue_an_alert_and_the_journal_says_so(world: World, actor_of: ActorOf) -> None:
    made = alert(actor_of(world.police))

    entry = Entry.objects.get(event="alert.issued")
    assert (entry.subject, entry.organisation) == (made.reference, world.police.organisation.reference)
    assert made.legal_basis.startswith("Verordening (EU) 2018/1862 art. 36")
    assert made.scope == made.reference


def test_the_marechaussee_issues_its_own_alerts_and_sees_none_of_the_police(
    world: World, actor_of: ActorOf
) -> None:
    of_police, of_kmar = alert(actor_of(world.police)), alert(actor_of(world.border))

    seen = set(Alert.objects.visible_to(actor_of(world.border)))

    assert seen == {of_kmar}
    assert of_police not in seen


@pytest.mark.parametrize("who", ["prosecutor", "mayor", "travel", "list_manager", "administrator", "school"])
def test_nobody_else_issues_or_sees_an_alert(who: str, world: World, actor_of: ActorOf) -> None:
    alert(actor_of(world.police))
    outsider = actor_of(getattr(world, who))

    with pytest.raises(NotYours):
        actions.issue(listed(), request(), by=outsider)
    assert not Alert.objects.visible_to(outsider).exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"review_on": date(2026, 11, 23)}, ReviewTooLate),
        ({"review_on": date(2027, 11, 24)}, ReviewTooLate),
        ({"criteria": ()}, Incomplete),
        ({"criteria": ("faith",)}, Incomplete),
        ({"criteria": ("arrest-warrant",)}, Incomplete),
        ({"contact": " "}, Incomplete),
        ({"action": "arrest"}, NoGround),
        ({"kind": "BEN-SZ"}, NoGround),
    ],
)
def test_an_alert_says_all_that_the_article_asks(
    change: dict[str, Any], refusal: type[Refused], world: World, actor_of: ActorOf
) -> None:
    with pytest.raises(refusal):
        actions.issue(listed(), request(**change), by=actor_of(world.police))

    assert not every_alert().exists()


def test_a_name_alone_is_too_little_to_look_for(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(Incomplete):
        actions.issue(listed(birth_dates=(), documents=()), request(), by=actor_of(world.police))


def test_inquiry_checks_did_not_exist_before_the_regulation(world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police)
    before = police.now.replace(year=2022)
    then = replace(police, now=before)

    with pytest.raises(NoGround):
        actions.issue(listed(), request(action="inquiry", review_on=date(2023, 5, 1)), by=then)
    made = actions.issue(listed(), request(review_on=date(2023, 5, 1)), by=then)
    assert made.legal_basis.startswith("Besluit 2007/533/JBZ")


def test_an_alert_past_its_review_is_overdue_and_no_longer_compared(world: World, actor_of: ActorOf) -> None:
    made = alert(actor_of(world.police))

    last = made.review_on
    after = last.replace(day=2)

    assert list(every_alert().active(last)) == [made]
    assert not every_alert().active(after).exists()
    assert list(every_alert().overdue(after)) == [made]


def test_renewing_an_overdue_alert_compares_it_again(world: World, actor_of: ActorOf, clock: Any) -> None:
    made = alert(actor_of(world.police))
    made.caught_up_at = clock.moment
    made.save(update_fields=["caught_up_at"])
    clock.moment = clock.moment.replace(year=2027, month=6)

    renewed = actions.renew(
        made, review_on=date(2027, 12, 1), reason="still sought", by=actor_of(world.police)
    )

    assert renewed.caught_up_at is None
    assert list(every_alert().active(date(2027, 12, 1))) == [made]


def test_lifting_ends_it_once_and_destroys_the_key_of_its_false_hits(world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police)
    made = alert(police)

    lifted = actions.lift(made, reason="found", by=police)

    assert (lifted.lifted_at, bytes(lifted.fingerprint_key)) == (police.now, b"")
    assert not every_alert().active(police.today).exists()
    with pytest.raises(AlreadyLifted):
        actions.lift(made, reason="again", by=police)
    assert Entry.objects.filter(event="alert.lifted").count() == 1


def test_lifting_needs_a_reason(world: World, actor_of: ActorOf) -> None:
    made = alert(actor_of(world.police))

    with pytest.raises(ReasonMissing):
        actions.lift(made, reason=" ", by=actor_of(world.police))


@pytest.mark.parametrize("who", ["border", "travel", "prosecutor", "school"])
def test_to_an_outsider_the_alert_of_the_police_does_not_exist(
    who: str, world: World, actor_of: ActorOf
) -> None:
    made = alert(actor_of(world.police))

    with pytest.raises(NotThere):
        actions.lift(made, reason="not mine", by=actor_of(getattr(world, who)))
