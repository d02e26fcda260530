"""Stating, correcting and withdrawing."""

from collections.abc import Iterable
from dataclasses import asdict, replace

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.models import Protected
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.actions.leaning import fall, lean_instead, rely
from samenhang.exchange.actions.telling import tell
from samenhang.exchange.models import Holding, OfficialMessage, Signal, Statement, holders
from samenhang.exchange.rules.messages import with_caveat
from samenhang.exchange.rules.receiving import Why
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons.models import Person


@transaction.atomic
def state(
    content: rules.Content,
    *,
    about: Person | None,
    category: str = "signal",
    purposes: Iterable[str] = rules.PURPOSES,
    derived_from: Iterable[Protected] = (),
    by: Actor,
) -> Statement:
    """Write down what the actor's organisation knows. Given to nobody yet.

    derived_from: what it was concluded from, as far as the actor may read that: it is
    never firmer, and the reliability of an official message goes with it. Raises
    NotYours, NotThere, Incomplete, NecessityMissing, TooFirm and UnknownTerm.
    """
    derived_from = list(derived_from)
    policy.require_function(by, "statement.record")
    if about is not None:
        policy.require(by, "statement.record", about)
    rules.check_content(content)
    rules.check_happened(content, by.today)
    law.category_label(category)  # an unknown category is a slip of the pen
    content = _as_firm(content, derived_from)

    made = Statement(
        provider_id=by.organisation_id,
        person=about,
        category=category,
        purposes=pack(tuple(purposes)),
        known_at=by.now,
        recorded_by=by.user,
        **asdict(content),
    )
    made.scope = made.reference
    made.save()
    for source in derived_from:
        policy.require(by, "read", source)
        rely(source, made, by=by)

    record("statement.made", made, by=by, operation=Operation.COLLECTION)
    return made


def _as_firm(content: rules.Content, sources: Iterable[Protected]) -> rules.Content:
    """With the caveat of each official message it rests on. Raises TooFirm."""
    said = [one for one in sources if isinstance(one, Statement)]
    rules.check_not_firmer(content, [(one.source_evaluation, one.information_evaluation) for one in said])
    for one in sources:
        if isinstance(one, OfficialMessage):
            content = replace(content, text=with_caveat(content.text, one.number, one.reliability))
    return content


@transaction.atomic
def correct(statement: Statement, content: rules.Content, *, reason: str, by: Actor) -> Statement:
    """Put another statement in the place of a wrong one (Wet PGA art. 10).

    The new one takes the scope of the old, so it reaches everyone who had that;
    the old one falls, and what leans on it must be reconsidered.
    """
    statement = _own(statement, by)
    rules.check_content(content)
    rules.check_happened(content, by.today)
    rules.check_reason(reason)

    right = Statement(
        **statement.protection(),
        person_id=statement.person_id,
        known_at=by.now,
        recorded_by=by.user,
        corrects=statement,
        **asdict(content),
    )
    right.save()
    for signal in Signal.objects.unscoped("the signals that held the wrong one").filter(statements=statement):
        Holding.objects.create(signal=signal, statement=right)
    _fall(statement, reason, by)
    tell([statement.scope], Why.CORRECTED, by=by)
    lean_instead(right, instead_of=statement, by=by)

    record("statement.corrected", right, by=by, reason=reason, recipients=holders(statement, by.now))
    return right


@transaction.atomic
def withdraw(statement: Statement, *, reason: str, by: Actor) -> Statement:
    """Take a statement back: only the provider still sees it; what leans on it must be reconsidered."""
    statement = _own(statement, by)
    rules.check_reason(reason)

    _fall(statement, reason, by)
    tell([statement.scope], Why.WITHDRAWN, by=by)

    record("statement.withdrawn", statement, by=by, reason=reason, recipients=holders(statement, by.now))
    return statement


def _own(statement: Statement, by: Actor) -> Statement:
    statement = Statement.objects.unscoped("locked").select_for_update().get(pk=statement.pk)
    policy.require(by, "statement.record", statement)
    rules.check_provider(statement.provider_id, by.organisation_id)
    if statement.withdrawn_at is not None:
        raise rules.IllegalTransition(_("This statement was already withdrawn or corrected."))
    return statement


def _fall(statement: Statement, reason: str, by: Actor) -> None:
    statement.withdrawn_at = by.now
    statement.save(update_fields=["withdrawn_at"])
    fall(statement, reason=reason, by=by)
