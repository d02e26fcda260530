"""What must be found before a measure is decided, and measures that the law has for minors alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from samenhang.cases.models import Case
from samenhang.journal import Actor
from samenhang.measures import actions, rules
from samenhang.measures.models import Finding, Measure
from samenhang.measures.rules import Ruling, Status, Term, Upload
from samenhang.measures.rules.findings import BadFinding, Found, Kind, NoMinor, NotFound
from tests.cast import ActorOf, ClientOf, World
from tests.deconflicting import two_days_pass
from tests.weighing import opened_case

WORK = "person-centred-approach"
REASON = "A full sentence with facts and their date."
WHY = {"necessity": REASON, "subsidiarity": REASON, "intended": REASON}
LETTER = Upload(name="besluit.pdf", content=b"%PDF-1.7 an invented decision")
VISITED = Found(
    Kind.ADDRESS, date(2026, 11, 20), "Three visits, nobody there; the neighbours know of nothing."
)
RULING = Ruling(
    "COLL", "Imaginary municipal executive", date(2026, 11, 23), "XX-1", REASON,
    Term(date(2026, 11, 23), None, date(2027, 11, 1)),
)  # fmt: skip


@pytest.fixture
def as_(world: World, actor_of: ActorOf, moment: datetime) -> Callable[..., Actor]:
    def act(name: str, purpose: str = WORK) -> Actor:
        return replace(actor_of(getattr(world, name), purpose=purpose), simulated=True)

    return act


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    return opened_case(world, actor_of)


def checked(case: Case, as_: Callable[..., Actor], kind: str) -> Measure:
    measure = actions.suggest(case, kind, **WHY, by=as_("director"))
    two_days_pass()
    return actions.check(measure, holds=True, legality=REASON, by=as_("lawyer"))


def test_nobody_is_deregistered_without_an_investigation_of_the_address(
    case: Case, as_: Callable[..., Actor]
) -> None:
    measure = checked(case, as_, "BRP-DEREG")

    with pytest.raises(NotFound):
        actions.record_decision(measure, RULING, LETTER, by=as_("director"))
    advice = Found(Kind.BOX_ADVICE, date(2026, 11, 20), number="XX-2")
    actions.find(measure, advice, by=as_("director"))
    with pytest.raises(NotFound):
        actions.record_decision(measure, RULING, LETTER, by=as_("director"))

    actions.find(measure, VISITED, by=as_("director"))

    measure = actions.record_decision(measure, RULING, LETTER, by=as_("director"))
    assert measure.status == Status.RECORDED


def test_a_refusal_needs_no_finding_and_an_imposition_does(
    case: Case, as_: Callable[..., Actor], world: World
) -> None:
    term = Term(date(2026, 11, 23), None, date(2027, 11, 1))
    for impose in (True, False):
        measure = checked(case, as_, "PASS-CANCEL")
        actions.propose(measure, world.municipality, about="Imaginary", by=as_("director"))
        if impose:
            with pytest.raises(NotFound):
                actions.decide(measure, impose=True, reasons=REASON, term=term, by=as_("mayor"))
        else:
            decided = actions.decide(measure, impose=False, reasons=REASON, by=as_("mayor"))
            assert decided.status == Status.REFUSED


def test_nothing_is_found_after_the_decision(case: Case, as_: Callable[..., Actor]) -> None:
    measure = checked(case, as_, "BRP-DEREG")
    actions.find(measure, VISITED, by=as_("director"))
    actions.record_decision(measure, RULING, LETTER, by=as_("director"))

    with pytest.raises(rules.IllegalTransition):
        actions.find(measure, VISITED, by=as_("director"))


@pytest.mark.parametrize(
    "found",
    [
        replace(VISITED, text="short"),
        replace(VISITED, found_on=date(2026, 11, 24)),
        Found(Kind.BOX_ADVICE, date(2026, 11, 20), "What the box knows of this person.", "XX-2"),
        Found(Kind.BOX_ADVICE, date(2026, 11, 20)),
    ],
)
def test_what_is_no_finding_is_refused(case: Case, as_: Callable[..., Actor], found: Found) -> None:
    measure = checked(case, as_, "BRP-DEREG")

    with pytest.raises(BadFinding):
        actions.find(measure, found, by=as_("director"))


def test_the_database_keeps_no_content_of_the_closed_box(case: Case, as_: Callable[..., Actor]) -> None:
    measure = checked(case, as_, "BRP-DEREG")
    row = actions.find(measure, Found(Kind.BOX_ADVICE, date(2026, 11, 20), number="X"), by=as_("director"))

    row.text = "What the box knows."
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(update_fields=["text"])


@pytest.mark.parametrize("kind", ["OTS", "VOTS", "UHP", "GESL"])
def test_measures_for_minors_are_for_minors(case: Case, as_: Callable[..., Actor], kind: str) -> None:
    with pytest.raises(NoMinor):
        actions.suggest(case, kind, **WHY, by=as_("director"))


def test_pending_is_begun_and_not_yet_decided_on_that_day(case: Case, as_: Callable[..., Actor]) -> None:
    def pending(on: date) -> int:
        return Measure.objects.unscoped("test").pending_on(on).filter(kind="BRP-DEREG").count()

    today = date(2026, 11, 23)
    measure = checked(case, as_, "BRP-DEREG")
    assert (pending(today), pending(today - timedelta(days=1))) == (1, 0)

    actions.find(measure, VISITED, by=as_("director"))
    actions.record_decision(measure, RULING, LETTER, by=as_("director"))

    assert pending(today) == 0


def test_a_finding_is_seen_by_who_sees_the_measure(
    case: Case, as_: Callable[..., Actor], world: World, client_of: ClientOf
) -> None:
    measure = checked(case, as_, "BRP-DEREG")
    director = client_of(world.director, WORK)
    url = f"/measures/{measure.reference}/"

    before = director.get(url)
    typed = {"kind": "address", "found_on": "20-11-2026", "text": VISITED.text, "number": ""}
    kept = director.post(f"{url}find/", typed)
    wrong = director.post(f"{url}find/", {**typed, "kind": "box-advice"})

    assert "Adresonderzoek" in before.text
    assert kept.status_code == 302
    assert wrong.status_code == 422
    for name in ("lawyer", "mayor", "police"):
        assert VISITED.text in client_of(getattr(world, name), WORK).get(url).text
    for name in ("school", "other_director", "statistician"):
        user = getattr(world, name)
        assert client_of(user).get(url).status_code in (403, 404)
        assert client_of(user).post(f"{url}find/", typed).status_code in (403, 404)
    outsider = as_("other_director")
    assert not Finding.objects.visible_to(outsider).exists()
