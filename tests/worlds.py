"""Puts the plain facts of the oracle into the database, with few statements."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samenhang.access import policy
from samenhang.access.models import Block, Grant, Protected
from samenhang.access.rules import pack
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.organisations.models import Organisation, User
from samenhang.persons.models import Person
from tests.oracle import Body, Facts, Kept, Somebody

Maker = Callable[[Kept, dict[str, Any]], Protected]


@dataclass
class Placed:
    """The rows behind the facts. records: by name."""

    organisations: dict[Body, Organisation]
    users: dict[tuple[Body, str], User]
    records: dict[str, Protected]

    def actor(self, who: Somebody) -> Actor:
        organisation, user = self.organisations[who.body], self.users[who.body, who.name]
        return Actor(
            user=user.reference,
            organisation=organisation.reference,
            authority=who.body.authority,
            roles=who.roles,
            purpose=who.purpose,
            now=who.now,
            clearance=who.clearance,
            organisation_id=organisation.pk,
            user_id=user.pk,
        )

    def decided(self, who: Somebody, record: Kept) -> bool:
        """What ``policy.decide`` says of this one record."""
        return policy.decide(self.actor(who), "read", self.records[record.name]).allowed

    def listed(self, who: Somebody, records: Iterable[Kept]) -> set[str]:
        """Names of the records that ``visible_to`` lists."""
        wanted = list(records)
        models = {type(self.records[record.name]) for record in wanted}
        seen = {
            (model, key)
            for model in models
            for key in model.objects.visible_to(self.actor(who)).values_list("pk", flat=True)  # type: ignore[attr-defined]
        }
        rows = {record.name: self.records[record.name] for record in wanted}
        return {name for name, row in rows.items() if (type(row), row.pk) in seen}


def a_person(kept: Kept, common: dict[str, Any]) -> Protected:
    return Person(opened_at=_since(kept), **common)


def place(facts: Facts, people: Iterable[Somebody], makers: Mapping[str, Maker] | None = None) -> Placed:
    """Make the rows. makers: how to make a record of each model; persons when not told."""
    asking = list(people)
    bodies = {who.body for who in asking} | {kept.body for kept in facts.kept}
    bodies |= {grant.body for grant in facts.given} | {bar.body for bar in facts.barred if bar.body}
    organisations = _organisations(sorted(bodies, key=repr))
    users = _users(asking, organisations)
    named = {name: user for (_body, name), user in users.items()}
    records = {kept.name: _record(kept, organisations, makers or {}) for kept in facts.kept}
    Grant.objects.bulk_create(
        Grant(
            scope=given.scope,
            organisation=organisations[given.body],
            user=named.get(given.person),
            category=given.category,
            capacity=given.capacity,
            basis="test",
            starts_at=given.starts_at,
            ends_at=given.ends_at,
            given_by="test",
        )
        for given in facts.given
    )
    Block.objects.bulk_create(
        Block(
            scope=bar.scope,
            kind=bar.kind,
            organisation=organisations[bar.body] if bar.body else None,
            user=named[bar.person] if bar.person else None,
            starts_at=bar.starts_at,
            ends_at=bar.ends_at,
            given_by="test",
        )
        for bar in facts.barred
    )
    Approval.objects.bulk_create(
        Approval(subject=rule, lawyer="test", given_by="test", starts_on=date(2000, 1, 1))
        for rule in sorted(facts.enabled)
    )
    return Placed(organisations, users, records)


def _organisations(bodies: list[Body]) -> dict[Body, Organisation]:
    made = {
        body: Organisation(
            authority=body.authority, region=body.region, name=f"{body.authority} {body.region}"
        )
        for body in bodies
    }
    Organisation.objects.bulk_create(made.values())
    return made


def _users(asking: list[Somebody], organisations: dict[Body, Organisation]) -> dict[tuple[Body, str], User]:
    who_where = sorted({(who.body, who.name) for who in asking}, key=repr)
    made = {
        (body, name): User(
            username=f"imaginary.{body.authority}.{body.region}.{name}"[:80],
            name=f"Imaginary {name}",
            organisation=organisations[body],
            password="!",
        )
        for body, name in who_where
    }
    User.objects.bulk_create(made.values())
    return made


def _record(kept: Kept, organisations: dict[Body, Organisation], makers: Mapping[str, Maker]) -> Protected:
    common = {
        "scope": kept.scope,
        "provider": organisations[kept.body],
        "category": kept.category,
        "purposes": pack(kept.purposes),
        "classification": kept.classification,
        "withdrawn_at": _since(kept) if kept.withdrawn else None,
    }
    made = makers.get(kept.model, a_person)(kept, common)
    if made.pk is None:
        made.save()
    return made


def _since(_kept: Kept) -> Any:
    from tests.conftest import MOMENT

    return MOMENT
