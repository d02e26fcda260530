"""Arrests reported, terms recorded, people released."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Item, Provision, check_provider, check_reason
from samenhang.exchange.rules.movements import category_of
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures.models import Arrest, Custody
from samenhang.measures.rules.custody import Arrested, Held, NotHeld, check_arrested, check_term
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person
from samenhang.persons.rules import check_human

PURPOSES = ("investigation", "prosecution", "person-centred-approach", "weighing")


@transaction.atomic
def report_arrest(person: Person, arrested: Arrested, *, by: Actor) -> Arrest:
    """Write down that somebody was arrested. What the police report, the prosecution reads too.

    Raises NotYours, NotThere, OnlyOfHumans, BadArrest, NotLawful.
    """
    policy.require(by, "arrest.report", person)
    check_human(person.kind)
    check_arrested(arrested, by.today)

    made = Arrest(
        provider_id=by.organisation_id,
        person=person,
        category=category_of(by.authority),
        purposes=pack(PURPOSES),
        reported_at=by.now,
        reported_by=by.user,
        **asdict(arrested),
    )
    made.scope = made.reference
    made.save()
    if by.authority == "POL":
        _tell_prosecution(made, person, by)

    record("arrest.reported", made, by=by, operation=Operation.COLLECTION)
    return made


@transaction.atomic
def record_custody(arrest: Arrest, held: Held, *, by: Actor) -> Custody:
    """Write down by which decision the person is held, and until when. Raises BadTerm, NotHeld."""
    arrest = _locked(arrest, "custody.record", by)
    known = Custody.objects.unscoped("the terms so far").of(arrest).filter(withdrawn_at__isnull=True)
    before = [row.as_held() for row in known]
    check_term(held, before, arrested_on=arrest.arrested_on, today=by.today)

    made = Custody.objects.create(
        **arrest.protection(),
        arrest=arrest,
        ends_on=held.ends_on,
        recorded_at=by.now,
        recorded_by=by.user,
        **asdict(held),
    )
    arrest.held_until = held.ends_on
    arrest.save(update_fields=["held_until"])

    record("custody.recorded", made, by=by, operation=Operation.COLLECTION)
    return made


@transaction.atomic
def release_person(arrest: Arrest, *, reason: str, by: Actor) -> Arrest:
    """The person is free from today on. Raises NotHeld."""
    arrest = _locked(arrest, "custody.record", by)
    check_reason(reason)

    arrest.released_on, arrest.release_reason = by.today, reason.strip()
    arrest.save(update_fields=["released_on", "release_reason"])

    record("arrest.released", arrest, by=by, reason=reason)
    return arrest


@transaction.atomic
def withdraw_arrest(arrest: Arrest, *, reason: str, by: Actor) -> Arrest:
    """Take back what was reported: it was not so, or somebody else. No figure counts it any more."""
    arrest = Arrest.objects.unscoped("locked").select_for_update().get(pk=arrest.pk)
    policy.require(by, "arrest.report", arrest)
    check_provider(arrest.provider_id, by.organisation_id)
    check_reason(reason)

    arrest.withdrawn_at = by.now
    arrest.save(update_fields=["withdrawn_at"])
    for term in Custody.objects.unscoped("falls with the arrest").of(arrest):
        term.withdrawn_at = by.now
        term.save(update_fields=["withdrawn_at"])

    record("arrest.withdrawn", arrest, by=by, reason=reason)
    return arrest


def _tell_prosecution(arrest: Arrest, person: Person, by: Actor) -> None:
    """An arrest is the prosecution's to judge (Sv 53-59), so it reads of it at once: who, and what for."""
    prosecution = Organisation.objects.body_for("OM", person.home_municipality)
    if prosecution is None:
        return
    own = Organisation.objects.get(pk=by.organisation_id)
    items = (Item(arrest.scope, arrest.category), Item(person.scope, "identity"))
    exchange.give(Provision(own, items, "investigation"), to=prosecution, by=by)


def _locked(arrest: Arrest, deed: str, by: Actor) -> Arrest:
    arrest = Arrest.objects.unscoped("locked").select_for_update().get(pk=arrest.pk)
    policy.require(by, deed, arrest)
    if arrest.released_on is not None or arrest.withdrawn_at is not None:
        raise NotHeld(_("This person is no longer held."))
    return arrest
