"""Passengers are compared only with lists of persons sought, for the directive's purposes (art. 6(3)(a))."""

from datetime import date, datetime

import pytest

from samenhang.travel.models import Passenger
from samenhang.travel.rules import comparing
from samenhang.travel.rules.comparing import ListNotAllowed
from samenhang.watchlists import actions
from tests.cast import ActorOf, ClientOf, World
from tests.watchlists import FANTASIO, alert, arrive, every_alert, every_hit, screener

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("code", ["POL:SIS-36", "POL:SIS-26", "KMAR:SIS-36", "KMAR:SIS-26"])
def test_alerts_of_police_and_marechaussee_are_lists_that_the_law_names(code: str) -> None:
    comparing.check_comparable(code, TODAY)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("UN-SC", "no purpose of the PNR directive"),
        ("OFAC-SDN", "no purpose of the PNR directive"),
        ("MIGRATION", "no purpose of the PNR directive"),
        ("COMMERCIAL", "No list of persons sought"),
        ("POL:SIS-24", "no law names this list"),
        ("SCHOOL:SIS-36", "no law names this list"),
        ("", "no law names this list"),
    ],
)
def test_every_other_list_is_refused_with_the_reason(code: str, why: str) -> None:
    from django.utils import translation

    with translation.override("en"), pytest.raises(ListNotAllowed, match=why):
        comparing.check_comparable(code, TODAY)


def test_a_list_is_allowed_on_the_days_on_which_its_law_holds() -> None:
    with pytest.raises(ListNotAllowed):
        comparing.check_comparable("POL:SIS-36", date(2019, 6, 17))
    comparing.check_comparable("POL:SIS-36", date(2019, 6, 18))


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "found"), [("SIS-36", 1), ("SIS-24", 0)])
def test_screening_leaves_a_list_out_that_is_not_allowed_and_says_so(
    world: World, actor_of: ActorOf, client_of: ClientOf, moment: datetime, kind: str, found: int
) -> None:
    issued = alert(actor_of(world.police))
    every_alert().update(kind=kind)
    arrive(FANTASIO, now=moment)

    screened = actions.screen_waiting(by=screener(moment))

    assert every_hit().count() == found
    assert [kind in sentence for sentence in screened.refused] == [True] * (1 - found)
    page = client_of(world.police).get(f"/alerts/{issued.reference}/").text
    assert ("POL:SIS-24" in page) == (not found)
    # The comparison with what is allowed is done: nobody waits for a list that may not be used.
    assert not Passenger.objects.unscoped("a test looks").awaiting_screening().exists()


@pytest.mark.django_db
def test_everybody_can_see_which_lists_are_compared_and_why_others_are_not(
    world: World, client_of: ClientOf
) -> None:
    page = client_of(world.school).get("/travel/lists/").text

    assert "PNR-wet art. 6" in page
    assert "Tegoeden bevriezen is geen doel van de PNR-richtlijn" in page
