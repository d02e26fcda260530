"""Who sees the person and the case of the approach learns nothing of a criminal case, also not by its end."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Certificate
from samenhang.cases.rules.ending import Outcome as Ended
from samenhang.desk.destroying import destroy_due
from samenhang.exchange.models import Signal
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from samenhang.persons.models import IdentityClaim, Person
from samenhang.prosecution import actions
from samenhang.prosecution.models import CriminalCase
from samenhang.prosecution.rules.course import Outcome, Stage
from samenhang.prosecution.rules.evidence import Kind, Noted, State
from samenhang.prosecution.rules.reach import AT_HOME, Reached
from tests.cast import ActorOf, ClientOf, World
from tests.criminal import HERE
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A case of the approach, and a criminal case about the same person."""

    case: Case
    person: Person

    def investigate(self, world: World, actor_of: ActorOf) -> CriminalCase:
        police = actor_of(world.police, "investigation")
        prosecutor = actor_of(world.prosecutor, "prosecution")
        row = actions.open_case(
            self.person, roles=["returnee"], began_on=date(2026, 11, 2), number="PL-1", by=police
        )
        actions.move_on(row, Stage.INVESTIGATION, by=prosecutor)
        offence = actions.note_offence(row, "SR-140A", HERE, Reached(AT_HOME), by=police)
        noted = Noted("part", Kind.OFFICER, "report 1")
        actions.note_evidence(offence, noted, state=State.SECURED, by=police)
        return row


@pytest.fixture
def scene(world: World, actor_of: ActorOf) -> Scene:
    case = opened_case(world, actor_of)
    return Scene(case, Person.objects.unscoped("test").get(pk=case.person_id))


def pages(user: User, scene: Scene, client_of: ClientOf) -> dict[str, tuple[int, str]]:
    """What somebody sees wherever a trace could be, without what differs at each reading."""
    found = {}
    for purpose in ("person-centred-approach", "weighing"):
        client = client_of(user, purpose)
        for url in (
            "/", f"/persons/{scene.person.reference}/", f"/cases/{scene.case.reference}/",
            "/signals/", "/disclosures/", "/criminal-cases/", "/oversight/cases/", "/measures/",
        ):  # fmt: skip
            page = client.get(url)
            found[f"{purpose} {url}"] = page.status_code, _steady(page.text)
    return found


def _steady(text: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce|X-CSRFToken"?:? ?)="?[^">]*', r"\1", text)


def test_nobody_who_works_at_the_case_sees_any_page_differ(
    scene: Scene, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    people = (world.mayor, world.director, world.child_protection, world.privacy, world.minister)
    before = {user.pk: pages(user, scene, client_of) for user in people}

    scene.investigate(world, actor_of)

    for user in people:
        after = pages(user, scene, client_of)
        assert [url for url in after if after[url] != before[user.pk][url]] == [], user


def test_the_end_of_the_approach_tells_nobody_that_the_person_stays(
    scene: Scene, world: World, actor_of: ActorOf, client_of: ClientOf, moment: datetime
) -> None:
    scene.investigate(world, actor_of)
    cases.close(
        scene.case, outcome=Ended.GOALS_MET, reason="It is over.",
        by=actor_of(world.mayor, "person-centred-approach"),
    )  # fmt: skip
    Case.objects.unscoped("test").filter(pk=scene.case.pk).update(destroy_on=date(2026, 12, 1))

    later = service_account("terms", now=moment + timedelta(days=30))
    assert destroy_due(by=later) == 1

    certificate = Certificate.objects.get()
    assert certificate.kept_for == []
    assert Person.objects.unscoped("test").filter(pk=scene.person.pk).exists()
    for user in (world.mayor, world.director):
        actor = actor_of(user, "person-centred-approach")
        assert not Person.objects.visible_to(actor).exists()
        assert not IdentityClaim.objects.visible_to(actor).exists()
    police = actor_of(world.police, "investigation")
    assert CriminalCase.objects.visible_to(police).exists()
    assert scene.person.display_for(police) != scene.person.reference


def test_the_person_goes_once_the_criminal_case_has_gone_too(
    scene: Scene, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    row = scene.investigate(world, actor_of)
    actions.close(
        row, Outcome.NO_OFFENCE, reason="It was a hoax.", by=actor_of(world.prosecutor, "prosecution")
    )
    by = service_account("terms", now=moment + timedelta(days=92))

    assert actions.destroy_due(by=by) == 1

    # The case of the approach still runs: the person stays for it.
    assert Person.objects.unscoped("test").filter(pk=scene.person.pk).exists()
    assert not CriminalCase.objects.unscoped("test").exists()
    assert Signal.objects.unscoped("test").exists()
