"""The clauses of the policy, each with two faces: a predicate and a ``Q``.

A record may be read when every clause holds. The same table answers for one
record (``decide``) and for all (``visible_to``); a property test over random
worlds proves that they agree, and another that no clause can be missed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import BigIntegerField, CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex

from samenhang.access import rules
from samenhang.access.written import Written, blank, found, of_record, written
from samenhang.foundation.once import once
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.disclosure import identity_providers, permitted_tuples
from samenhang.journal import Actor

if TYPE_CHECKING:
    from samenhang.access.models import Block, Grant, Protected


@dataclass(frozen=True)
class Question:
    """Who asks, for which kind of record."""

    actor: Actor
    label: str

    def capacities(self) -> tuple[str, ...]:
        """As whom the actor may receive: their own body, the joint bodies they may sit in, a third party."""
        return (self.actor.authority, *rules.JOINT_BODIES, rules.THIRD_PARTY)

    @cached_property
    def enabled(self) -> frozenset[str]:
        """The guarded rules of the law that are switched on today."""
        return Approval.objects.enabled_on(self.actor.today)

    def permitted(self, capacity: str) -> frozenset[tuple[str, str]]:
        """(authority of the provider, category) that the law lets this capacity have today.

        Identity needed to link another permitted item may go with it.
        """
        actor = self.actor
        if not actor.purpose or not actor.authority:
            return frozenset()
        direct = permitted_tuples(capacity, actor.purpose, actor.today, self.enabled)
        named = identity_providers(capacity, actor.purpose, actor.today, self.enabled)
        return direct | {(provider, "identity") for provider in named}

    @property
    def lawful(self) -> str:
        """Every capacity, provider and category that the law of today permits together, as one text."""
        permitted = (
            f"{capacity}|{giver}|{what}"
            for capacity in self.capacities()
            for giver, what in self.permitted(capacity)
        )
        return f";{';'.join(sorted(permitted))};"

    @property
    def kept_for(self) -> str:
        """How the purpose stands among those of a record."""
        return rules.pack([self.actor.purpose])

    def grants(self) -> "QuerySet[Grant]":
        from samenhang.access.models import Grant

        return Grant.objects.held_by(self.actor)

    @property
    def oversees(self) -> bool:
        return self.actor.purpose == rules.OVERSIGHT

    def looks(self) -> "QuerySet[Grant]":
        """Rights of this person alone: to who oversees they open what is shielded, or for another purpose."""
        return self.grants().filter(user_id=self.actor.user_id)

    def blocks(self) -> "QuerySet[Block]":
        from samenhang.access.models import Block

        return Block.objects.hitting(self.actor)


class _Whoever(Question):
    """The same with blanks."""

    lawful = blank("lawful")
    kept_for = blank("kept for")


@dataclass(frozen=True)
class Clause:
    """One condition for reading, as a predicate over a record and as a filter."""

    name: str
    holds: "Callable[[Question, Protected], bool]"
    q: Callable[[Question], Q]


ALL, NONE = Q(), Q(pk__in=[])


def _own(question: Question, record: "Protected") -> bool:
    return bool(record.provider.pk == question.actor.organisation_id)


def _own_q(question: Question) -> Q:
    return Q(provider_id=question.actor.organisation_id)


def _function(question: Question, _record: "Protected") -> bool:
    return rules.may_read(question.label, question.actor.roles)


def _function_q(question: Question) -> Q:
    return ALL if rules.may_read(question.label, question.actor.roles) else NONE


def _looks_into(question: Question, record: "Protected") -> bool:
    """Whoever oversees, with a right of their own to look into this scope for a time."""
    return question.oversees and question.looks().filter(scope=record.scope).exists()


def _looks_into_q(question: Question) -> Q:
    return Q(found(question.looks().filter(scope=of_record("scope")), "scope"))


def _purpose(question: Question, record: "Protected") -> bool:
    kept_for = question.actor.purpose in rules.unpack(record.purposes)
    return kept_for or _looks_into(question, record)


def _purpose_q(question: Question) -> Q:
    kept_for = Q(purposes__contains=question.kept_for)
    return kept_for | _looks_into_q(question) if question.oversees else kept_for


def _released(question: Question, record: "Protected") -> bool:
    if _own(question, record):
        return True
    provider = record.provider.authority
    held = question.grants().filter(scope=record.scope, category=record.category)
    return any(
        grant.capacity == provider or (provider, record.category) in question.permitted(grant.capacity)
        for grant in held
        if grant.capacity in question.capacities()
    )


def _released_q(question: Question) -> Q:
    """Own, or held by a grant in a capacity to which the law of today lets the provider give it.

    One look-up in the grants for each record. What the law permits is one text in which capacity,
    provider and category are looked up together: said as a condition for each of them, every query of
    every page would cost more to write than to answer.
    """
    held = question.grants().filter(scope=of_record("scope"), category=of_record("category"))
    whose = of_record("provider__authority")
    road = Concat(Value(";"), "capacity", Value("|"), whose, Value("|"), "category", Value(";"))
    told = held.annotate(of=whose, lawful_at=StrIndex(question.lawful, road))
    # What a joint body made itself belongs to those who sit in it.
    received = Q(lawful_at__gt=0) | Q(of=F("capacity"), capacity__in=question.capacities())
    lawfully = found(told.filter(received), "scope", "category", "provider__authority")
    return _own_q(question) | Q(lawfully)


def _clearance(question: Question, record: "Protected") -> bool:
    return record.classification <= question.actor.clearance


def _clearance_q(question: Question) -> Q:
    return Q(classification__lte=question.actor.clearance)


def _block(question: Question, record: "Protected") -> bool:
    hitting = question.blocks().filter(scope=record.scope)
    if _looks_into(question, record):
        hitting = hitting.exclude(kind=rules.SHIELDED)
    return not hitting.exists()


def _block_q(question: Question) -> Q:
    hitting = question.blocks().filter(scope=of_record("scope"))
    free = ~Q(found(hitting, "scope"))
    if not question.oversees:
        return free
    return free | (_looks_into_q(question) & ~Q(found(hitting.exclude(kind=rules.SHIELDED), "scope")))


def _withdrawn(question: Question, record: "Protected") -> bool:
    return record.withdrawn_at is None or _own(question, record)


def _withdrawn_q(question: Question) -> Q:
    return Q(withdrawn_at__isnull=True) | _own_q(question)


CLAUSES = (
    Clause("function", _function, _function_q),
    Clause("purpose", _purpose, _purpose_q),
    Clause("released", _released, _released_q),
    Clause("clearance", _clearance, _clearance_q),
    Clause("block", _block, _block_q),
    Clause("withdrawn", _withdrawn, _withdrawn_q),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """May this be? And if not, by which clause."""

    allowed: bool
    clause: str = ""


def decide(actor: Actor, deed: str, record: "Protected") -> Decision:
    """May this actor do this to this record now? ``read``, or a deed of ``functions.json``.

    Every deed needs that the record may be read.
    """
    question = Question(actor, record._meta.label)
    for clause in CLAUSES:
        if not clause.holds(question, record):
            return Decision(allowed=False, clause=clause.name)
    if deed != "read" and not rules.may_do(deed, actor.roles):
        return Decision(allowed=False, clause="deed")
    return Decision(allowed=True)


def visible(actor: Actor, label: str) -> Q:
    """The records of this kind that the actor may read, as a filter.

    But for the function of the role every clause is the same for all kinds and, but for what is filled
    in, for everybody: it is written once, and filled in once for each request.
    """
    if not actor.purpose:
        return NONE  # no record is kept for none
    function, *others = CLAUSES
    shared = once(f"policy of {actor}", lambda: _of_actor(tuple(others), actor))
    return function.q(Question(actor, label)) & shared


def _of_actor(clauses: tuple[Clause, ...], actor: Actor) -> Q:
    question = Question(actor, "")
    moment = DateTimeField().get_db_prep_value(actor.now, connection)
    told = {
        "organisation": actor.organisation_id,
        "user": actor.user_id,
        "authority": actor.authority,
        "clearance": actor.clearance,
        "now": moment,
        "kept for": question.kept_for,
        "lawful": question.lawful,
    }
    return Q(_of_whoever(clauses, question.oversees).filled(told))


@lru_cache(maxsize=32)
def _of_whoever(clauses: tuple[Clause, ...], oversees: bool) -> Written:
    """The clauses as one text, with blanks for who asks, and when, and what the law of that day permits."""
    asker = Actor(
        user="", organisation="", authority=blank("authority"), roles=frozenset(),
        purpose=rules.OVERSIGHT if oversees else "any other", now=blank("now"),
        clearance=blank("clearance"), organisation_id=blank("organisation"), user_id=blank("user"),
    )  # fmt: skip
    from samenhang.access.models import Protected

    allowed = ALL
    for clause in clauses:
        allowed &= clause.q(_Whoever(asker, ""))
    fields = {field.attname: field for field in Protected._meta.local_fields}
    return written(allowed, fields | {"provider_id": BigIntegerField(), "provider__authority": CharField()})


def require(actor: Actor, deed: str, record: "Protected") -> None:
    """Raises NotThere when the record may not be read, NotYours when only the deed may not be done."""
    decision = decide(actor, deed, record)
    if not decision.allowed:
        raise rules.NotYours if decision.clause == "deed" else rules.NotThere


def require_function(actor: Actor, deed: str) -> None:
    """For a deed that makes something new. Raises NotYours."""
    if not rules.may_do(deed, actor.roles):
        raise rules.NotYours


def attach(actor: Actor, records: "Iterable[Protected]", field: str) -> None:
    """Fetch, for each record, the protected record behind a foreign key, as far as the actor may see it.

    What may not be seen becomes ``None``. One query. Use it instead of
    ``select_related``, which the database refuses for protected tables.
    """
    rows = list(records)
    if not rows:
        return
    target = rows[0]._meta.get_field(field).related_model
    keys = {getattr(row, f"{field}_id") for row in rows}
    found = target.objects.visible_to(actor).in_bulk(keys - {None})  # type: ignore[union-attr]
    for row in rows:
        row._state.fields_cache[field] = found.get(getattr(row, f"{field}_id"))
