"""A decision as it is told: who was there when it was made, who said otherwise and who did not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms import Form

from samenhang.conferences.models import Attendance, Decision, Dissent
from samenhang.conferences.models.room import invited
from samenhang.organisations.models import Organisation, User


@dataclass(slots=True)
class Told:
    """One decision. there: who was in the room when it was made; silent: who of them did not dissent.

    withdraw: the form by which a wrong click is undone; only on the chair's screen.
    """

    decision: Decision
    there: list[tuple[User, Organisation]]
    dissents: list[tuple[Dissent, Organisation]]
    silent: list[Organisation]
    withdraw: Form | None = None


def told(
    decisions: Iterable[Decision], there: Iterable[Attendance], dissents: Iterable[Dissent]
) -> list[Told]:
    """The decisions of one item; there, dissents: of that item, as far as the reader may read them."""
    there, dissents = list(there), list(dissents)
    users = invited(there)
    keys = {one.organisation_id for one in there} | {one.organisation_id for one in dissents}
    bodies = Organisation.objects.in_bulk(keys)
    return [_told(one, there, dissents, users, bodies) for one in decisions]


def _told(
    decision: Decision,
    there: list[Attendance],
    dissents: list[Dissent],
    users: dict[int, User],
    bodies: dict[int, Organisation],
) -> Told:
    at = decision.decided_at
    present = [
        one for one in there if at and one.from_at <= at and (one.until_at is None or one.until_at > at)
    ]
    said = [one for one in dissents if one.decision_id == decision.pk]
    silent = {one.organisation_id for one in present} - {one.organisation_id for one in said}
    return Told(
        decision,
        [(users[one.user_id], bodies[one.organisation_id]) for one in present],
        [(one, bodies[one.organisation_id]) for one in said],
        sorted((bodies[key] for key in silent), key=lambda body: (body.name, body.pk)),
    )
