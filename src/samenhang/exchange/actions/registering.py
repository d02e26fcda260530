"""The register of official messages: registered by the addressee, followed up, withdrawn."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.actions.leaning import fall
from samenhang.exchange.models import OfficialMessage
from samenhang.exchange.rules.messages import (
    CATEGORY,
    NEXT_OF_MESSAGE,
    Course,
    Letter,
    RegisteredAlready,
    check_letter,
)
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person


@transaction.atomic
def register_message(
    letter: Letter, *, service: Organisation, about: Person | None = None, by: Actor
) -> OfficialMessage:
    """Write down an official message that the actor's own organisation received, for the actor's purpose.

    Refuses what the law of the day of the message did not let that service give
    this addressee: such a letter goes back. Raises NotYours, NotThere,
    Incomplete, RegisteredAlready, and NotLawful with the law's sentence.
    """
    policy.require_function(by, "official-message.register")
    if about is not None:
        policy.require(by, "read", about)
    check_letter(letter, by.today)
    answer = law.ask(
        service.authority,
        by.authority,
        CATEGORY,
        by.purpose,
        letter.dated_on,
        enabled=Approval.objects.enabled_on(letter.dated_on),
    )
    if not answer.permitted:
        raise rules.NotLawful(answer.sentence)
    standing = OfficialMessage.objects.unscoped("a service gives a number once").standing()
    if standing.filter(provider=service, number=letter.number.strip()).exists():
        raise RegisteredAlready(_("This number of this service was registered already."))

    addressee = Organisation.objects.get(pk=by.organisation_id)
    made = OfficialMessage(
        provider=service,
        category=CATEGORY,
        purposes=pack([by.purpose]),
        number=letter.number.strip(),
        dated_on=letter.dated_on,
        addressee=addressee,
        person=about,
        topic=letter.topic,
        text=letter.text.strip(),
        reliability=letter.reliability.strip(),
        purpose=by.purpose,
        rule=answer.rule or "",
        basis=answer.basis,
        registered_at=by.now,
        registered_by=by.user,
    )
    made.scope = made.reference
    made.save()
    access.grant(made.scope, addressee, categories=[CATEGORY], basis=made.rule, by=by)

    record("official-message.registered", made, by=by, operation=Operation.COLLECTION, basis=made.rule)
    return made


@transaction.atomic
def follow_up(message: OfficialMessage, *, outcome: str, by: Actor) -> OfficialMessage:
    """Say what the addressee did with it. Once; what comes later stands in the file."""
    message = _locked(message, by)
    rules.check_reason(outcome)
    rules.check_transition(NEXT_OF_MESSAGE, message.course, Course.FOLLOWED_UP)

    message.follow_up, message.followed_up_at, message.followed_up_by = outcome.strip(), by.now, by.user
    message.save(update_fields=["follow_up", "followed_up_at", "followed_up_by"])

    record("official-message.followed-up", message, by=by, reason=outcome)
    return message


@transaction.atomic
def withdraw_message(message: OfficialMessage, *, reason: str, by: Actor) -> OfficialMessage:
    """Keep that the service took its message back: from now on the addressee no longer reads it."""
    message = _locked(message, by)
    rules.check_reason(reason)
    rules.check_transition(NEXT_OF_MESSAGE, message.course, Course.WITHDRAWN)

    message.withdrawn_at = by.now
    message.save(update_fields=["withdrawn_at"])
    fall(message, reason=reason, by=by)

    record("official-message.withdrawn", message, by=by, reason=reason)
    return message


def _locked(message: OfficialMessage, by: Actor) -> OfficialMessage:
    """The message, when the actor's organisation is its addressee and it still stands."""
    message = OfficialMessage.objects.unscoped("locked").select_for_update().get(pk=message.pk)
    policy.require(by, "official-message.register", message)
    rules.check_provider(message.addressee_id, by.organisation_id)
    return message
