"""Writing a signal down in one deed: who it is about, what was seen, and the signal itself."""

from django.db import transaction

from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import Content, Origin, Triage
from samenhang.journal import Actor
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity


@transaction.atomic
def report(
    about: Person | Identity,
    content: Content,
    *,
    municipality: str,
    origin: Origin = Origin.OWN_WORK,
    triage: Triage = Triage.ORDINARY,
    by: Actor,
) -> Signal:
    """A signal with one statement, about a known person or one whom the actor hereby opens.

    A person is opened because somebody reports on them, never because a name
    was mentioned. Raises what the deeds it is made of raise.
    """
    if isinstance(about, Identity):
        claim = persons.claim(about, by=by)
        reason = "Opened for a signal to be weighed."
        about = persons.open_person(claim, home_municipality=municipality, reason=reason, by=by)
    statement = exchange.state(content, about=about, by=by)
    return exchange.submit_signal(
        about, [statement], municipality=municipality, origin=origin, triage=triage, by=by
    )
