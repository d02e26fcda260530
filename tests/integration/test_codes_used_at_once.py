"""Two browsers with the same code at the same moment: one comes in."""

import threading

import pytest
from django.db import connection

from samenhang.organisations import actions
from samenhang.organisations.models import Factor, User
from samenhang.organisations.rules.signing_in import TRIES, WrongCode, code_at, step_at
from samenhang.organisations.sealed import opened
from tests.cast import ActorOf, StandingClock, World

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_uses_the_code(world: World, actor_of: ActorOf, clock: StandingClock) -> None:
    by = actor_of(world.police)
    factor = actions.begin_code(world.police, "Imaginary phone", by=by)
    Factor.objects.update(confirmed=True)
    code = code_at(opened(factor), step_at(clock.moment))
    start, accepted = threading.Barrier(AT_ONCE), []

    def try_it() -> None:
        start.wait()
        try:
            accepted.append(actions.check_code(world.police, code, by=by))
        except WrongCode:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(accepted) == 1
    assert User.objects.get(pk=world.police.pk).wrong_codes <= AT_ONCE - 1 < TRIES
