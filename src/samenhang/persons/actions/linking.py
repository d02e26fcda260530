"""Claiming, opening a person, and linking: each by a person, with a reason."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack, unpack
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons import rules
from samenhang.persons.models import IdentityClaim, IdentityLink, Person, put_words
from samenhang.persons.rules import Link


@transaction.atomic
def claim(
    identity: rules.Identity, *, purposes: Iterable[str] = rules.IDENTITY_PURPOSES, by: Actor
) -> IdentityClaim:
    """Write down what the actor's organisation knows somebody to be called. It is about nobody yet.

    Raises NotYours and UnreadableClaim.
    """
    policy.require_function(by, "person.claim")
    rules.check_identity(identity)
    suited = rules.purposes_of(identity.kind, tuple(purposes))

    made = IdentityClaim(
        provider_id=by.organisation_id,
        category="identity",
        purposes=pack(rules.purposes_for(identity.birth_date, suited, by.today)),
        kind=identity.kind,
        surname=identity.surname.strip(),
        given_names=identity.given_names.strip(),
        birth_date=identity.birth_date,
        seat=identity.seat.strip(),
        kvk_number=identity.kvk_number,
        source=identity.source.strip(),
        claimed_at=by.now,
        claimed_by=by.user,
    )
    made.scope = made.reference
    made.save()
    put_words([made])

    record("identity.claimed", made, by=by, operation=Operation.COLLECTION)
    return made


@transaction.atomic
def open_person(founding: IdentityClaim, *, home_municipality: str = "", reason: str, by: Actor) -> Person:
    """Make a person whom this claim defines: “whoever this claim is about”.

    Raises IllegalLink when the claim is already about somebody or the reason is empty.
    """
    founding = _locked_claim(founding)
    policy.require(by, "person.open", founding)
    rules.check_reason(reason)
    _check_free(founding)

    person = Person(
        provider_id=by.organisation_id,
        category="identity",
        purposes=founding.purposes,
        kind=founding.kind,
        home_municipality=home_municipality,
        birth_date=founding.birth_date,
        opened_at=by.now,
    )
    person.scope = person.reference
    person.save()
    link = _link(founding, person, reason, by)
    link.founding, link.state = True, Link.CONFIRMED
    link.decided_by, link.decided_at, link.decided_because = by.user, by.now, reason
    link.save()
    _hang(founding, person)

    record("person.opened", person, by=by, operation=Operation.COLLECTION, reason=reason)
    return person


@transaction.atomic
def propose_link(claim: IdentityClaim, person: Person, *, reason: str, by: Actor) -> IdentityLink:
    """Say that this claim is about this person. Nothing changes until a second person agrees."""
    claim = _locked_claim(claim)
    policy.require(by, "person.link", claim)
    policy.require(by, "person.link", person)
    rules.check_reason(reason)
    rules.check_same_kind(claim.kind, person.kind)
    _check_free(claim)
    pair = IdentityLink.objects.unscoped("a pair has one open proposal, whoever made it")
    if pair.waiting().filter(claim=claim, person=person).exists():
        raise rules.IllegalLink(_("This link was already proposed and waits for a second person."))

    link = _link(claim, person, reason, by)
    link.save()

    record("link.proposed", link, by=by, operation=Operation.COMBINATION, reason=reason)
    return link


@transaction.atomic
def decide_link(link: IdentityLink, *, confirm: bool, reason: str, by: Actor) -> IdentityLink:
    """Confirm or reject a proposal of somebody else.

    Raises SecondPersonNeeded for the proposer, IllegalLink when it no longer waits.
    """
    link = _locked_link(link)
    policy.require(by, "person.link", link)
    wanted = Link.CONFIRMED if confirm else Link.REJECTED
    rules.check_transition(rules.NEXT, Link(link.state), wanted)
    rules.check_second_person(link.proposed_by, by.user)
    rules.check_reason(reason)
    claim = IdentityClaim.objects.unscoped("hung on the person by a second person's deed")
    claimed = claim.select_for_update().get(pk=link.claim_id)
    if confirm:
        _check_free(claimed)

    link.state = wanted
    link.decided_by, link.decided_at, link.decided_because = by.user, by.now, reason
    link.save(update_fields=["state", "decided_by", "decided_at", "decided_because"])
    if confirm:
        _hang(claimed, _child_first(_person_of(link), claimed, by))

    record(f"link.{wanted}", link, by=by, operation=Operation.COMBINATION, reason=reason)
    return link


@transaction.atomic
def undo_link(link: IdentityLink, *, reason: str, by: Actor) -> IdentityLink:
    """Take the claim off the person again. Always possible for one person alone, once."""
    link = _locked_link(link)
    policy.require(by, "person.link", link)
    rules.check_transition(rules.NEXT, Link(link.state), Link.UNDONE)
    rules.check_reason(reason)

    was = Link(link.state)
    link.state = Link.UNDONE
    link.undone_by, link.undone_at, link.undone_because = by.user, by.now, reason
    link.save(update_fields=["state", "undone_by", "undone_at", "undone_because"])
    if was == Link.CONFIRMED:
        claims = IdentityClaim.objects.unscoped("taken off the person")
        claim = claims.select_for_update().get(pk=link.claim_id)
        claim.person_id, claim.scope = None, claim.reference
        claim.save(update_fields=["person", "scope"])

    record("link.undone", link, by=by, operation=Operation.COMBINATION, reason=reason)
    return link


@transaction.atomic
def move(person: Person, *, home_municipality: str, reason: str, by: Actor) -> Person:
    """Write down in which municipality the person lives now."""
    person = Person.objects.unscoped("locked").select_for_update().get(pk=person.pk)
    policy.require(by, "person.link", person)
    return _settle(person, home_municipality, reason, by)


@transaction.atomic
def settle(person: Person, *, home_municipality: str, by: Actor) -> Person:
    """The same, for an area above, inside the transaction of a deed that it checked itself."""
    person = Person.objects.unscoped("locked").select_for_update().get(pk=person.pk)
    return _settle(person, home_municipality, "", by)


def _settle(person: Person, home_municipality: str, reason: str, by: Actor) -> Person:
    person.home_municipality = home_municipality
    person.save(update_fields=["home_municipality"])
    record("person.moved", person, by=by, reason=reason)
    return person


def _locked_claim(claim: IdentityClaim) -> IdentityClaim:
    return IdentityClaim.objects.unscoped("locked").select_for_update().get(pk=claim.pk)


def _locked_link(link: IdentityLink) -> IdentityLink:
    return IdentityLink.objects.unscoped("locked").select_for_update().get(pk=link.pk)


def _person_of(link: IdentityLink) -> Person:
    return Person.objects.unscoped("the person of a link that may be read").get(pk=link.person_id)


def _child_first(person: Person, claim: IdentityClaim, by: Actor) -> Person:
    """Who turns out to be a minor is a child from then on: their identity serves fewer purposes."""
    if person.birth_date or not claim.birth_date:
        return person
    person.birth_date = claim.birth_date
    person.purposes = pack(rules.purposes_for(claim.birth_date, unpack(person.purposes), by.today))
    person.save(update_fields=["birth_date", "purposes"])
    for known in IdentityClaim.objects.unscoped("all that is known of a child").filter(person=person):
        known.purposes = pack(rules.purposes_for(claim.birth_date, unpack(known.purposes), by.today))
        known.save(update_fields=["purposes"])
    return person


def _check_free(claim: IdentityClaim) -> None:
    if claim.person_id is not None:
        raise rules.IllegalLink(_("This claim is already about a person. Undo that link first."))


def _link(claim: IdentityClaim, person: Person, reason: str, by: Actor) -> IdentityLink:
    return IdentityLink(
        **person.protection(provider_id=by.organisation_id, category="identity"),
        claim=claim,
        person=person,
        proposed_by=by.user,
        proposed_at=by.now,
        proposed_because=reason,
    )


def _hang(claim: IdentityClaim, person: Person) -> None:
    claim.person_id, claim.scope = person.pk, person.scope
    claim.save(update_fields=["person", "scope"])
