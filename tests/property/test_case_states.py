"""Any order of deeds on a case: no forbidden step, and nothing visible that the policy denies."""

import random
from datetime import datetime, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions
from samenhang.cases.models import Case
from samenhang.cases.rules import RUNNING, Reviewed, Status, Verdict
from samenhang.cases.rules.course import NEXT
from samenhang.cases.rules.ending import Ground, Outcome
from samenhang.desk.destroying import destroy_due
from samenhang.foundation.errors import Refused
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from tests.cast import ActorOf, World
from tests.ending import MAY_END
from tests.weighing import opened_case

APPROACH = "person-centred-approach"
DEEDS = ("review", "rest", "may end", "wait", "lapse", "close", "hold", "destroy", "years pass")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_deeds_in_any_order_keep_what_must_always_be_true(
    world: World, actor_of: ActorOf, moment: datetime, seed: int
) -> None:
    dice, now = random.Random(seed), moment
    case = opened_case(world, actor_of)
    was, done = Status.OPEN, 0
    for _step in range(30):
        deed, user = (
            dice.choice(DEEDS),
            dice.choice([world.director, world.mayor, world.police, world.school]),
        )
        if deed == "wait":
            now += timedelta(days=dice.randint(5, 120))
        elif deed == "years pass" and was == Status.CLOSED:
            now += timedelta(days=dice.choice((400, 2_000)))
        try:
            _deed(deed, case, user, actor_of, now)
            done += 1
        except (NotThere, NotYours, Refused):
            assert _status(case) == was  # what was refused left nothing behind
        status = _status(case)
        assert status == was or status in NEXT[was], (deed, was, status)
        _check_who_sees(case, status, world, actor_of, now)
        was = status

    assert done > 4  # that it refused everything would prove nothing


def _deed(deed: str, case: Case, user: User, actor_of: ActorOf, now: datetime) -> None:
    by = actor_of(user, APPROACH, now=now)
    terms = service_account("terms", now=now)
    row = Case.objects.unscoped("test").filter(pk=case.pk).first()
    if deed == "lapse":
        actions.lapse_reviews(by=terms)
    elif deed == "destroy":
        destroy_due(by=terms)
    elif row is None:
        return
    elif deed in ("review", "rest"):
        soon = (now + timedelta(days=60)).date()
        verdict = Verdict.SUSPEND if deed == "rest" else Verdict.CONTINUE
        found = Reviewed(verdict, True, "An imaginary reason.", "Less was tried.", soon)
        actions.review(row, found, by=by)
    elif deed == "may end":
        actions.review(row, MAY_END, by=by)
    elif deed == "close":
        actions.close(row, outcome=Outcome.GOALS_MET, reason="It is no longer needed.", by=by)
    elif deed == "hold":
        actions.hold(row, Ground.COMPLAINT, reason="A complaint is waiting.", by=by)


def _status(case: Case) -> Status:
    """As the table of states says: a case of which no row is left is destroyed."""
    row = Case.objects.unscoped("test").filter(pk=case.pk).first()
    return Status(row.status) if row is not None else Status.DESTROYED


def _check_who_sees(case: Case, status: Status, world: World, actor_of: ActorOf, now: datetime) -> None:
    for user in (world.director, world.mayor, world.police, world.school):
        seen = Case.objects.visible_to(actor_of(user, APPROACH, now=now)).filter(pk=case.pk).exists()
        assert seen == (status in RUNNING and user != world.school), (user.username, status)
