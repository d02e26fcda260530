"""A statement is corrected or withdrawn by its provider from where it stands, and says which day is which."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from samenhang.cases import actions as cases
from samenhang.exchange import actions
from samenhang.exchange.models import Disclosure, Statement
from samenhang.exchange.rules import Incomplete
from samenhang.exchange.rules.receiving import Standing
from tests.cast import ActorOf, ClientOf, World
from tests.conference import APPROACH
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db
EXPECTED = "Deze dag moet nog komen"


def test_a_fact_has_happened_and_what_is_expected_is_an_assessment(world: World, actor_of: ActorOf) -> None:
    case, by = opened_case(world, actor_of), actor_of(world.police, APPROACH)
    later = replace(SAID, true_from=date(2027, 12, 31))

    with pytest.raises(Incomplete, match=EXPECTED):
        cases.bring(case, later, category="police-data", by=by)

    assert cases.bring(case, replace(later, kind="assessment"), category="police-data", by=by).pk


def test_the_provider_corrects_and_withdraws_what_it_brought_from_the_case_page(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    row = cases.bring(case, SAID, category="police-data", by=actor_of(world.police, APPROACH))
    police, prosecution = client_of(world.police, APPROACH), client_of(world.prosecutor, APPROACH)
    page, url = f"/cases/{case.reference}/", f"/statements/{row.reference}"
    back = {"QUERY_STRING": f"next={page}"}

    assert f"{url}/correct/" in police.get(page).text
    file = f"/persons/{row.person.reference}/"
    assert f"{url}/withdraw/" in police.get(file).text
    assert f"{url}/withdraw/" not in prosecution.get(file).text
    seen = prosecution.get(page).text
    assert f"{url}/correct/" not in seen
    assert "Gebeurd op" in seen
    assert prosecution.post(f"{url}/withdraw/", {"reason": "It is not ours."}).status_code == 403
    assert client_of(world.other_director, APPROACH).get(f"{url}/correct/").status_code == 404
    typed = {field: value for field, value in asdict(SAID).items() if value}
    typed |= {"text": "It was said in another hall.", "true_from": "18-11-2026"}
    wrong = police.post(f"{url}/correct/", typed | {"true_from": "31-12-2027", "reason": "Another day."})
    assert (wrong.status_code, EXPECTED in wrong.text) == (422, True)
    assert police.post(f"{url}/correct/", typed | {"reason": "Another day."}, **back).url == page
    assert "It was said in another hall." in prosecution.get(page).text
    assert police.post(f"{url}/withdraw/", {"reason": "Twice the same."}).status_code == 422

    right = Statement.objects.unscoped("test").get(corrects=row)
    police.post(f"/statements/{right.reference}/withdraw/", {"reason": "It was somebody else."})
    assert "It was said in another hall." not in prosecution.get(page).text


def test_what_goes_to_a_table_is_not_shown_as_waiting_for_an_answer(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    cases.bring(case, SAID, category="police-data", by=actor_of(world.police, APPROACH))
    given = Disclosure.objects.unscoped("test").filter(
        recipient=world.municipality, standing=Standing.OFFERED
    )
    row = given.latest("pk")
    mayor = client_of(world.director, APPROACH)

    assert not given.to_answer().exists()
    assert not row.waits_for_answer
    page = mayor.get(f"/disclosures/{row.reference}/").text
    assert "antwoord is niet nodig" in page
    assert "Aanvaard het voordat" not in page


def test_a_task_names_only_a_case_that_may_be_read_and_says_no_alike(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    typed = {"purpose": APPROACH, "case": case.reference}

    there = client_of(world.other_director, APPROACH).post("/task/", typed)
    nowhere = client_of(world.other_director, APPROACH).post("/task/", typed | {"case": "K-ZZZZ-ZZZZ-ZZZZ"})
    assert (there.status_code, nowhere.status_code) == (422, 422)
    for answer in (there, nowhere):
        assert "Er is geen casus met dit kenmerk die u voor deze taak mag lezen." in answer.text
    assert client_of(world.director, APPROACH).post("/task/", typed).status_code == 302


def test_nobody_mends_what_is_withdrawn_already(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    case, by = opened_case(world, actor_of), actor_of(world.police, APPROACH)
    row = cases.bring(case, SAID, category="police-data", by=by)
    actions.withdraw(row, reason="It was somebody else.", by=by)

    page = client_of(world.police, APPROACH).get(f"/statements/{row.reference}/correct/").text
    assert '<form class="samenhang-form"' not in page
