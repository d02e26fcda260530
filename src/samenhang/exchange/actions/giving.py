"""Giving chosen statements in writing, and keeping what a recipient without an account answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import unpack
from samenhang.exchange import rules
from samenhang.exchange.actions.disclosing import disclose, may_give
from samenhang.exchange.actions.recalling import answered, settle, stop_reading
from samenhang.exchange.actions.stating import state
from samenhang.exchange.models import Disclosure, Recall, Statement, is_outside
from samenhang.exchange.rules import Content, Item, Provision, giving, receiving
from samenhang.exchange.rules.receiving import Outcome, Standing
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person

NECESSITY = "necessity-statement"
STANDS = (Standing.OFFERED, Standing.ACCEPTED, Standing.CHANGED)
OUTCOMES = {
    Standing.ACCEPTED: Outcome.CONFIRMED,
    Standing.DELETED: Outcome.CERTIFIED,
    Standing.KEPT: Outcome.KEPT,
}


def may_be_written(*, by: Actor) -> Mapping[str, tuple[str, ...]]:
    """Categories that the actor's organisation may give to others by itself today, with their purposes."""
    return giving.purposes_by_category(by.authority, by.today, Approval.objects.enabled_on(by.today))


@transaction.atomic
def write_statement(
    person: Person, content: Content, *, category: str, purposes: Collection[str], by: Actor
) -> Statement:
    """Write down what may be given for these purposes. Given to nobody yet.

    It is kept for the purpose at hand as well. Raises as ``state`` does, and Incomplete where no rule of
    today lets it be given so.
    """
    giving.check_written(category, purposes, may_be_written(by=by), born=person.birth_date, on=by.today)
    kept_for = dict.fromkeys((by.purpose, *purposes))
    return state(content, about=person, category=category, purposes=kept_for, by=by)


def to_give(person: Person, *, by: Actor) -> list[Statement]:
    """What the actor's own organisation says about this person and still stands."""
    own = Statement.objects.visible_to(by).standing().about(person.pk)
    return list(own.filter(provider_id=by.organisation_id))


def law_of_items(
    person: Person,
    said: Iterable[Statement],
    *,
    to: Organisation,
    purpose: str,
    not_met: Collection[str] = (),
    by: Actor,
) -> list[tuple[Statement, law.Answer]]:
    """For each statement whether it may go to this organisation today, with the sentence why or why not."""
    rows = list(said)
    given = Disclosure.objects.unscoped("whether it was given already").received_by(to.pk)
    there = given.filter(scope__in=[one.scope for one in rows], purpose=purpose, standing__in=STANDS)
    already = set(there.values_list("scope", flat=True))
    found = []
    for one in rows:
        provision = _provision([one], purpose, frozenset(not_met), by)
        answer = may_give(provision, to=to, by=by)[provision.items[0]]
        shown = giving.narrowed(
            answer,
            purpose=purpose,
            kept_for=unpack(one.purposes),
            born=person.birth_date,
            given_already=one.scope in already,
            on=by.today,
        )
        found.append((one, shown))
    return found


@transaction.atomic
def give_in_writing(
    person: Person,
    said: Collection[Statement],
    *,
    to: Organisation,
    purpose: str,
    not_met: Collection[str] = (),
    by: Actor,
) -> list[Disclosure]:
    """Give these statements in one letter, all or nothing; with the person's identity where the law lets it.

    not_met: conditions that were not confirmed. What a statement itself lacks counts whatever was ticked.
    Raises NotThere, NotYours, NotYourData, Incomplete and NotLawful with the sentence of each that may not.
    """
    if not said or to.pk == by.organisation_id:
        raise rules.Incomplete(_("Choose at least one statement, and another organisation."))
    for one in said:
        policy.require(by, "statement.disclose", one)
        rules.check_provider(one.provider_id, by.organisation_id)
        if one.person_id != person.pk or one.withdrawn_at is not None:
            raise rules.Incomplete(_("A letter holds statements about this one person that still stand."))
    answers = law_of_items(person, said, to=to, purpose=purpose, not_met=not_met, by=by)
    denied = [answer.sentence for _one, answer in answers if not answer.permitted]
    if denied:
        raise rules.NotLawful(rules.listed(denied))

    made, named = [], False
    whom = Item(person.scope, "identity")
    for lacking in (False, True):
        part = [one for one in said if _lacks(one) == lacking]
        if not part:
            continue
        provision = _provision(part, purpose, frozenset(not_met), by)
        with_identity = replace(provision, items=(*provision.items, whom))
        ours = person.provider_id == by.organisation_id and not named
        if ours and may_give(with_identity, to=to, by=by)[whom].permitted:
            provision, named = with_identity, True
        made += disclose(provision, to=to, by=by)
    return made


@transaction.atomic
def note_answer(disclosure: Disclosure, standing: Standing, *, words: str, by: Actor) -> Disclosure:
    """Write down what a recipient without an account here answered, on paper or through its own channel.

    words: its feedback, why it refuses or keeps, or its certificate. Raises NotThere, NotYours,
    NotYourData, IllegalTransition, Incomplete.
    """
    disclosure = Disclosure.objects.unscoped("locked").select_for_update().get(pk=disclosure.pk)
    policy.require(by, "statement.disclose", disclosure)
    rules.check_provider(disclosure.provider_id, by.organisation_id)
    rules.check_reason(words)
    if not is_outside(disclosure.recipient_id):
        raise rules.IllegalTransition(_("This organisation answers here itself."))
    rules.check_transition(receiving.NEXT_OF_DISCLOSURE, Standing(disclosure.standing), standing)
    asked = Recall.objects.unscoped("what its recipient was asked").filter(item=disclosure.scope)
    waiting = asked.filter(provider_id=disclosure.recipient_id, outcome__in=[Outcome.OPEN, Outcome.KEPT])
    request = waiting.select_for_update().order_by("-pk").first()
    if request is not None and standing in OUTCOMES:
        settle(request, OUTCOMES[standing], words.strip(), by=by)
    else:
        answered(disclosure, standing, words.strip(), by=by)
    if standing == Standing.REFUSED:
        stop_reading(disclosure, by=by)
    record("disclosure.answer-noted", disclosure, by=by)
    return Disclosure.objects.unscoped("as it stands now").get(pk=disclosure.pk)


def _lacks(one: Statement) -> bool:
    return not one.necessity.strip()


def _provision(said: Collection[Statement], purpose: str, not_met: frozenset[str], by: Actor) -> Provision:
    """One provision of statements that all say, or all lack, why they are necessary."""
    items = tuple(dict.fromkeys(Item(one.scope, one.category, one.special) for one in said))
    missing = not_met | {NECESSITY} if any(map(_lacks, said)) else not_met
    own = Organisation.objects.get(pk=by.organisation_id)
    return Provision(own, items, purpose, "", missing, "written")
