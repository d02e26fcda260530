"""Any order of deeds from report to case: no forbidden step, no orphan, nobody reads what is not theirs."""

import random
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as cases
from samenhang.cases.models import Case, CaseParty, Inquiry, Weighing
from samenhang.cases.rules import (
    NEXT_OF_SEAT,
    NEXT_OF_WEIGHING,
    RUNNING,
    Judgement,
    Opinion,
    Seat,
    Stage,
)
from samenhang.cases.rules.ending import Outcome
from samenhang.cases.rules.opinions import NEXT_OF_INQUIRY
from samenhang.cases.rules.opinions import Inquiry as Stands
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import OfficialMessage, Signal
from samenhang.exchange.rules import NEXT, Status
from samenhang.exchange.rules.messages import NEXT_OF_MESSAGE, Course
from samenhang.foundation.errors import Refused
from samenhang.organisations.acting import installer, service_account
from samenhang.organisations.actions import found
from samenhang.organisations.models import User
from tests.cast import ActorOf, World
from tests.integration.test_official_messages import LETTER
from tests.weighing import REASONS, SAID, YES, judge, weighing_by

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
DEEDS = (
    "offer", "offer", *["judge"] * 8, "call off", "admit", "admit", "close", "follow up", "take back",
    "tell more", "know nothing", "days pass",
)  # fmt: skip
OPINIONS = [*[Opinion.APPROACH] * 6, Opinion.MORE, Opinion.MORE, Opinion.CARE]
TABLES: Mapping[type[Any], Mapping[Any, Set[Any]]] = {
    Signal: NEXT,
    Weighing: NEXT_OF_WEIGHING,
    Inquiry: NEXT_OF_INQUIRY,
    CaseParty: NEXT_OF_SEAT,
    OfficialMessage: NEXT_OF_MESSAGE,
}
States = dict[tuple[type[Any], int], Any]


@dataclass
class Play:
    """One signal of the police and one letter to the mayor, from a moment on."""

    world: World
    actor_of: ActorOf
    signal: int
    letter: int
    now: datetime

    def people(self) -> list[User]:
        return [self.world.police, self.world.prosecutor, self.world.mayor, self.world.school]


@pytest.mark.parametrize("seed", range(2))
def test_deeds_in_any_order_keep_what_must_always_be_true(
    world: World, actor_of: ActorOf, moment: datetime, seed: int
) -> None:
    dice = random.Random(seed)
    service = found("AIVD", "An imaginary service", by=installer(moment))
    letter = exchange.register_message(LETTER, service=service, by=actor_of(world.mayor, "public-order"))
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES}, actor_of)
    play = Play(world, actor_of, weighing.signal_id, letter.pk, moment)
    before, done = _states(), 0
    for _step in range(24):
        play.now += timedelta(hours=1)
        try:
            done += _deed(dice, play)
        except (NotThere, NotYours, Refused):
            assert _states() == before  # what was refused left nothing behind
        after = _states()
        _check_steps(before, after)
        _check_no_orphan(after)
        _check_who_sees(play)
        before = after

    assert done > 1  # that it refused everything would prove nothing


def _deed(dice: random.Random, play: Play) -> bool:
    """Try one deed, mostly as who may; False when there was nothing yet to try it on."""
    world = play.world
    deed = dice.choice(DEEDS)
    apt = {"offer": world.police, "call off": world.police, "judge": dice.choice(play.people())}
    user = apt.get(deed, world.mayor) if dice.random() < 0.7 else dice.choice(play.people())
    weigher = play.actor_of(user, "weighing", now=play.now)
    signal = Signal.objects.unscoped("test").get(pk=play.signal)
    weighing = Weighing.objects.unscoped("test").first()
    case = Case.objects.unscoped("test").first()
    match deed:
        case "offer":
            cases.open_weighing(signal, by=weigher)
        case "judge" if weighing:
            opinion = dice.choice(OPINIONS)
            cases.take_position(weighing, Judgement(opinion, REASONS, "What more?"), by=weigher)
        case "call off" if weighing and dice.random() < (0.3 if case else 0.03):
            cases.call_off(signal, reason="It was a mistake.", by=weigher)
        case "tell more" | "know nothing" | "days pass" if weighing:
            _ask(deed, dice, play, user)
        case "admit" if case:
            who = dice.choice([world.child_protection, world.school]).organisation
            cases.admit(case, who, reason="Asked for.", by=play.actor_of(user, APPROACH, now=play.now))
        case "close" if case and dice.random() < 0.5:
            by = play.actor_of(user, APPROACH, now=play.now)
            cases.close(case, outcome=Outcome.GOALS_MET, reason="It is over.", by=by)
        case "follow up" | "take back":
            _write(deed, play, user)
        case _:
            return False
    return True


def _ask(deed: str, dice: random.Random, play: Play, user: User) -> None:
    """What becomes of a question to the submitter; only the police submitted this one."""
    if deed == "days pass":
        play.now += timedelta(days=dice.choice((1, 15)))
        cases.lapse_inquiries(by=service_account("terms", now=play.now))
    for inquiry in Inquiry.objects.unscoped("test"):
        by = play.actor_of(user, "weighing", now=play.now)
        if deed == "tell more":
            cases.answer_inquiry(inquiry, SAID, by=by)
        elif deed == "know nothing":
            cases.refuse_inquiry(inquiry, reason="We know nothing more.", by=by)


def _write(deed: str, play: Play, user: User) -> None:
    purpose = "public-order" if user == play.world.mayor else "weighing"
    reader = play.actor_of(user, purpose, now=play.now)
    letter = OfficialMessage.objects.unscoped("test").get(pk=play.letter)
    if deed == "follow up":
        exchange.follow_up(letter, outcome="The mayor spoke with him.", by=reader)
    else:
        exchange.withdraw_message(letter, reason="The service took it back.", by=reader)


def _states() -> States:
    """Of every signal, weighing, party and official message."""
    found: States = {(Signal, row.pk): Status(row.status) for row in Signal.objects.unscoped("test")}
    found |= {(Weighing, row.pk): Stage(row.stage) for row in Weighing.objects.unscoped("test")}
    found |= {(Inquiry, row.pk): row.stage for row in Inquiry.objects.unscoped("test")}
    found |= {(CaseParty, row.pk): row.seat for row in CaseParty.objects.unscoped("test")}
    found |= {(OfficialMessage, row.pk): row.course for row in OfficialMessage.objects.unscoped("test")}
    return found


def _check_steps(before: States, after: States) -> None:
    assert set(before) <= set(after)  # nothing is lost on the way
    for key, now in after.items():
        table = TABLES[key[0]]
        was = before.get(key, next(iter(table)))
        assert now == was or now in table[was], (key, was, now)


def _check_no_orphan(states: States) -> None:
    """No weighing without its signal, no case without its weighing, nobody at a table that is gone."""
    signal = next(now for (model, _pk), now in states.items() if model is Signal)
    weighing = next((now for (model, _pk), now in states.items() if model is Weighing), None)
    allowed = {
        None: {Status.RECEIVED, Status.WITHDRAWN},
        Stage.OPEN: {Status.OFFERED},
        Stage.WAITING: {Status.OFFERED},
        Stage.TAKEN_UP: {Status.TAKEN_UP, Status.WITHDRAWN},
        Stage.NOT_TAKEN_UP: {Status.NOT_TAKEN_UP, Status.WITHDRAWN},
        Stage.CALLED_OFF: {Status.WITHDRAWN},
    }
    assert signal in allowed[weighing]
    asked = any(now == Stands.ASKED for now in states.values())
    assert asked == (weighing == Stage.WAITING)  # nothing waits without a question, and no question alone
    case = Case.objects.unscoped("test").first()
    assert (case is not None) == (weighing == Stage.TAKEN_UP)
    seated = any(now == Seat.SEATED for now in states.values())
    assert seated == (case is not None and case.status in RUNNING)


def _check_who_sees(play: Play) -> None:
    signal = Signal.objects.unscoped("test").get(pk=play.signal)
    case = Case.objects.unscoped("test").first()
    letter = OfficialMessage.objects.unscoped("test").get(pk=play.letter)
    shielded = case is not None and case.status not in RUNNING
    seats = (play.world.prosecutor, play.world.mayor)
    seated = {one.organisation_id for one in CaseParty.objects.unscoped("test").active()}
    for user in play.people():
        weigher = play.actor_of(user, "weighing", now=play.now)
        seen = Signal.objects.visible_to(weigher).filter(pk=signal.pk).exists()
        given = signal.status != Status.RECEIVED and signal.status != Status.WITHDRAWN and not shielded
        assert seen == (user == play.world.police or (given and user in seats)), (
            user.username,
            signal.status,
        )
        party = CaseParty.objects.visible_to(play.actor_of(user, APPROACH, now=play.now)).exists()
        assert party == (user.organisation_id in seated), user.username
        read = OfficialMessage.objects.visible_to(weigher).exists()
        assert not read, user.username  # it was sent for public order alone
    mayor = play.actor_of(play.world.mayor, "public-order", now=play.now)
    read = OfficialMessage.objects.visible_to(mayor).exists()
    assert read == (letter.course != Course.WITHDRAWN)
