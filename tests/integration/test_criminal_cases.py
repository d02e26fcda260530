"""That a criminal case runs: for police and prosecution alone, with an end, and nothing left after it."""

from datetime import date, timedelta

import pytest

from samenhang.access.models import Grant
from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange.models import Disclosure
from samenhang.foundation.states import IllegalTransition
from samenhang.national_picture.questions import QUESTIONS, Ask
from samenhang.national_picture.rules import Window
from samenhang.organisations.acting import service_account
from samenhang.organisations.actions import give_mandate, open_account
from samenhang.organisations.rules import purposes_of
from samenhang.persons.models import IdentityClaim, Person
from samenhang.persons.rules import OnlyOfHumans
from samenhang.prosecution import actions
from samenhang.prosecution.models import (
    CriminalCase,
    Evidence,
    EvidenceStep,
    Offence,
    RoleTally,
    SuspectedRole,
)
from samenhang.prosecution.rules.course import (
    BadCase,
    CaseOver,
    OtherPurpose,
    Outcome,
    SecondProsecutorNeeded,
    Stage,
)
from tests.cast import PASSWORD, SINCE, ActorOf, ClientOf, World
from tests.criminal import BEGAN, Track, later, now_of, track

MODELS = (CriminalCase, SuspectedRole, Offence, Evidence, EvidenceStep)
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Track:
    return track(world, actor_of)


def counted(role: str, start: Track) -> int:
    answer = QUESTIONS[f"criminal_cases_{role.replace('-', '_')}"](Ask(YEAR, (), start.police.now))
    return int(answer)


def forget(start: Track, days: int) -> int:
    by = service_account("terms", now=start.police.now + timedelta(days=days))
    return actions.destroy_due(by=by)


def test_what_the_police_write_down_the_prosecution_reads_with_who_it_is(
    start: Track, world: World, actor_of: ActorOf
) -> None:
    case = start.opened()

    for purpose in ("investigation", "prosecution"):
        prosecutor = actor_of(world.prosecutor, purpose)
        assert CriminalCase.objects.visible_to(prosecutor).get() == case
        assert start.person.display_for(prosecutor) == "Pippi Fantasia"


def test_nobody_else_reads_a_case_an_offence_or_evidence_for_any_purpose(
    start: Track, world: World, actor_of: ActorOf
) -> None:
    start.tried()

    bodies = (world.police.organisation, world.prosecutor.organisation)
    outsiders = [user for user in world.users() if user.organisation not in bodies]
    for user in outsiders:
        for purpose in purposes_of(frozenset(user.mandates.values_list("role", flat=True))):
            actor = actor_of(user, purpose)
            for model in MODELS:
                assert not model.objects.visible_to(actor).exists(), (user, model)


@pytest.mark.parametrize(
    "role", ["travel-analyst", "decision-officer", "statistician", "data-protection-officer", "administrator"]
)
def test_a_colleague_in_the_police_without_this_work_sees_nothing(
    start: Track, world: World, actor_of: ActorOf, client_of: ClientOf, role: str
) -> None:
    case = start.tried()
    colleague = open_account(
        "imaginary.colleague", "Imaginary colleague", world.police.organisation, password=PASSWORD,
        by=start.police,
    )  # fmt: skip
    give_mandate(colleague, role, starts_on=SINCE, by=start.police)

    for purpose in purposes_of(frozenset({role})):
        actor = actor_of(colleague, purpose)
        for model in (*MODELS, Disclosure):
            assert not model.objects.visible_to(actor).exists(), model
    browser = client_of(colleague)
    assert browser.get(f"/criminal-cases/{case.reference}/").status_code == 404
    assert "Strafzaken" not in browser.get("/").text


def test_what_goes_to_the_prosecution_leaves_no_record_in_given_and_received(start: Track) -> None:
    case = start.opened()

    assert Grant.objects.filter(scope=case.scope, organisation=start.prosecutor.organisation_id).exists()
    assert not Disclosure.objects.unscoped("test").exists()


def test_somebody_who_may_see_the_person_sees_no_trace_of_the_case_on_their_file(
    start: Track, world: World, client_of: ClientOf
) -> None:
    before = {
        user.username: client_of(user).get(f"/persons/{start.person.reference}/").content
        for user in (world.mayor, world.director, world.border, world.statistician, world.privacy)
    }

    start.tried()

    for user in (world.mayor, world.director, world.border, world.statistician, world.privacy):
        page = client_of(user).get(f"/persons/{start.person.reference}/")
        assert page.status_code == 404
        assert len(page.content) == len(before[user.username])


def test_an_outsider_cannot_tell_whether_the_case_exists(
    start: Track, world: World, client_of: ClientOf
) -> None:
    case = start.tried()
    offence = Offence.objects.unscoped("test").get()
    piece = Evidence.objects.unscoped("test").get()
    people = (world.school, world.director, world.mayor, world.child_protection, world.privacy)

    for user in (*people, world.minister, world.administrator, world.travel):
        client = client_of(user)
        for reference in (case.reference, "CC-NOBODY"):
            assert client.get(f"/criminal-cases/{reference}/").status_code == 404
            assert client.post(f"/criminal-cases/{reference}/close/", {"reason": "So."}).status_code == 404
        for url in (f"/offences/{offence.reference}/", f"/evidence/{piece.reference}/"):
            assert client.get(url).status_code == 404
        assert client.get(f"/persons/{start.person.reference}/criminal-cases/new/").status_code == 404


def test_it_is_not_opened_while_working_for_the_approach(
    start: Track, world: World, actor_of: ActorOf
) -> None:
    with pytest.raises((OtherPurpose, NotThere)):
        start.opened(by=actor_of(world.police, "weighing"))
    with pytest.raises((NotYours, NotThere)):
        start.opened(by=actor_of(world.mayor, "public-order"))


def test_it_is_about_a_human_being_with_a_role_and_a_day_that_has_passed(start: Track) -> None:
    with pytest.raises(BadCase):
        start.opened(roles=())
    with pytest.raises(BadCase):
        start.opened(roles=("leader",))
    with pytest.raises(BadCase):
        actions.open_case(
            start.person, roles=["returnee"], began_on=start.police.today + timedelta(1), by=start.police
        )
    Person.objects.unscoped("test").filter(pk=start.person.pk).update(kind="foundation", birth_date="")
    start.person = Person.objects.unscoped("test").get(pk=start.person.pk)
    with pytest.raises(OnlyOfHumans):
        start.opened()


def test_written_down_twice_it_is_there_once(start: Track) -> None:
    start.opened()

    with pytest.raises(BadCase):
        start.opened()

    assert CriminalCase.objects.unscoped("test").count() == 1


def test_only_a_prosecutor_takes_prosecutes_and_ends_it(start: Track) -> None:
    case = start.opened()

    with pytest.raises(NotYours):
        actions.move_on(case, Stage.INVESTIGATION, by=start.police)
    with pytest.raises(NotYours):
        actions.close(case, Outcome.DISMISSED, reason="There is nothing in it.", by=start.police)
    with pytest.raises(IllegalTransition):
        actions.move_on(case, Stage.TRIAL, by=start.prosecutor)


def test_nobody_is_prosecuted_without_an_offence(start: Track) -> None:
    case = start.taken()

    with pytest.raises(BadCase):
        actions.move_on(case, Stage.PROSECUTION, by=start.prosecutor)


def test_only_a_court_acquits_or_convicts(start: Track) -> None:
    case = start.taken()

    for outcome in (Outcome.ACQUITTED, Outcome.CONVICTED, Outcome.LAPSED):
        with pytest.raises(BadCase):
            actions.close(case, outcome, reason="It was said.", by=start.prosecutor)


def test_who_wrote_it_down_takes_back_a_mistake_until_a_prosecutor_took_it(start: Track) -> None:
    mistaken = actions.close(start.opened(), Outcome.MISTAKE, reason="It was somebody else.", by=start.police)
    assert mistaken.outcome == Outcome.MISTAKE

    taken = start.taken()
    with pytest.raises(NotYours):
        actions.close(taken, Outcome.MISTAKE, reason="It was somebody else.", by=start.police)


def test_another_prosecutor_says_that_it_still_runs(start: Track) -> None:
    case = start.taken()

    with pytest.raises(SecondProsecutorNeeded):
        actions.review(case, reason="It runs.", by=later(start.prosecutor, 100))
    reviewed = actions.review(case, reason="A request abroad is open.", by=later(start.second, 100))

    assert reviewed.review_on == (start.second.today + timedelta(days=100 + 182))


def test_what_nobody_reviews_ends_by_itself_and_goes(start: Track, world: World) -> None:
    case = start.taken()

    def lapse(days: int) -> int:
        by = service_account("terms", now=start.police.now + timedelta(days=days))
        return actions.lapse_unreviewed(by=by)

    assert lapse(182 + 91) == 0
    assert lapse(182 + 92) == 1
    assert lapse(182 + 92) == 0
    assert now_of(case).outcome == Outcome.LAPSED
    assert forget(start, 182 + 92 + 27) == 0
    assert forget(start, 182 + 92 + 28) == 1


@pytest.mark.parametrize("outcome", [Outcome.ACQUITTED, Outcome.CONVICTED])
def test_after_an_acquittal_the_list_of_evidence_goes_at_once_and_after_a_conviction_it_stays(
    start: Track, outcome: Outcome
) -> None:
    case = start.tried()

    actions.close(case, outcome, reason="Final since this week.", by=start.prosecutor)

    left = outcome == Outcome.CONVICTED
    assert Evidence.objects.unscoped("test").exists() is left
    assert EvidenceStep.objects.unscoped("test").exists() is left
    assert Offence.objects.unscoped("test").exists()


def test_nothing_is_added_to_a_case_that_ended(start: Track) -> None:
    case = start.taken()
    offence = start.offence(case)
    actions.close(case, Outcome.DISMISSED, reason="Not enough proof.", by=start.prosecutor)

    with pytest.raises(CaseOver):
        start.offence(case)
    with pytest.raises(CaseOver):
        start.evidence(offence)
    with pytest.raises(CaseOver):
        actions.name_roles(case, roles=["recruiter"], by=start.police)


def test_on_its_day_all_of_it_goes_with_the_person_whom_nothing_else_needs(start: Track) -> None:
    case = start.tried()
    actions.close(case, Outcome.ACQUITTED, reason="Final since this week.", by=start.prosecutor)

    assert forget(start, 90) == 0
    assert forget(start, 91) == 1
    assert forget(start, 91) == 0

    for model in (*MODELS, IdentityClaim, Person):
        assert not model.objects.unscoped("test").exists(), model
    assert not Grant.objects.filter(scope=case.scope).exists()


def test_the_figures_count_each_role_of_a_case_once_and_no_mistake(start: Track) -> None:
    assert counted("returnee", start) == 0
    case = start.opened()
    assert [counted(role, start) for role in ("returnee", "financer", "recruiter")] == [1, 1, 0]

    actions.name_roles(case, roles=["recruiter", "returnee"], by=start.police)
    assert [counted(role, start) for role in ("returnee", "financer", "recruiter")] == [1, 0, 1]

    actions.close(case, Outcome.MISTAKE, reason="It was somebody else.", by=start.police)
    assert [counted(role, start) for role in ("returnee", "financer", "recruiter")] == [0, 0, 0]


def test_a_figure_of_a_past_period_stays_when_the_case_is_destroyed(start: Track) -> None:
    case = start.taken()
    actions.close(case, Outcome.NO_OFFENCE, reason="It was a hoax.", by=start.prosecutor)
    assert counted("returnee", start) == 1

    forget(start, 91)

    assert counted("returnee", start) == 1
    assert RoleTally.objects.between(BEGAN, BEGAN, "returnee") == 1


def test_a_case_of_the_prosecution_itself_is_its_own(start: Track) -> None:
    start.opened()
    own = actions.open_case(
        start.person, roles=["recruiter"], began_on=BEGAN, number="OM-1", by=start.prosecutor
    )

    assert own.stage == Stage.INVESTIGATION
    assert list(CriminalCase.objects.visible_to(start.police).filter(number="OM-1")) == []


def test_the_pages_from_report_to_end(start: Track, world: World, client_of: ClientOf) -> None:
    police, prosecutor = client_of(world.police, "investigation"), client_of(world.prosecutor, "prosecution")
    typed = {"roles": ["returnee"], "began_on": "2-11-2026", "number": "PL-1"}

    kept = police.post(f"/persons/{start.person.reference}/criminal-cases/new/", typed)
    page = kept["Location"]
    waits = prosecutor.get("/")
    taken = prosecutor.post(f"{page}take/", {"number": ""})
    shown = prosecutor.get(page)
    file = police.get(f"/persons/{start.person.reference}/")
    ended = prosecutor.post(f"{page}close/", {"outcome": "no-offence", "reason": "It was a hoax."})

    assert kept.status_code == taken.status_code == ended.status_code == 302
    assert "Strafzaken die op een officier wachten" in waits.text
    assert "terugkeerder" in shown.text
    assert "Pippi Fantasia" in shown.text
    assert page in file.text
    assert page not in police.get("/criminal-cases/").text
    assert page in police.get("/criminal-cases/?ended=1").text
    assert police.get(f"{page}take/").status_code == 404
    wrong = police.post(f"/persons/{start.person.reference}/criminal-cases/new/", {"number": ""})
    assert wrong.status_code == 422


def test_with_another_task_police_see_no_case_and_write_none_down(
    start: Track, world: World, client_of: ClientOf
) -> None:
    case = start.opened()
    police = client_of(world.police, "person-centred-approach")

    assert police.get(f"/criminal-cases/{case.reference}/").status_code == 404
    assert case.reference not in police.get("/criminal-cases/").text
    assert police.get(f"/persons/{start.person.reference}/criminal-cases/new/").status_code == 404


def test_a_review_is_asked_of_prosecutors_in_time(start: Track, world: World, client_of: ClientOf) -> None:
    case = start.taken()
    CriminalCase.objects.unscoped("test").filter(pk=case.pk).update(review_on=date(2026, 11, 30))

    assert "Loopt deze strafzaak nog?" in client_of(world.prosecutor_two, "prosecution").get("/").text
    assert "Loopt deze strafzaak nog?" not in client_of(world.police, "investigation").get("/").text
