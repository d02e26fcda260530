"""Relatives and others round a person: whom one may call, and nothing that could make them a subject.

A child is represented: by a parent with authority or a guardian (BW 1:245), to whom what the child must
know is told too; and anybody may have a lawyer.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.persons.rules.kinds import is_legal

# House policy: "minimal" (Wet PGA art. 4(h)) is also a matter of time. Who is needed longer is noted anew.
KEPT = timedelta(days=180)
# House policy: who represents a child or is somebody's lawyer is needed as long as letters go out.
KEPT_FOR_LETTERS = timedelta(days=365)
# What somebody round a person may be used for: to help, never to look into.
PURPOSES = ("person-centred-approach", "child-protection")


class Relation(TextChoices):
    """What they are to the person; no more is kept of them."""

    PARENT = "parent", gettext_lazy("Parent")
    GUARDIAN = "guardian", gettext_lazy("Guardian")
    PARTNER = "partner", gettext_lazy("Partner")
    CHILD = "child", gettext_lazy("Child")
    SIBLING = "sibling", gettext_lazy("Brother or sister")
    FAMILY = "family", gettext_lazy("Other family")
    LAWYER = "lawyer", gettext_lazy("Lawyer")
    BOARD = "board", gettext_lazy("Board")
    OTHER = "other", gettext_lazy("Somebody else who helps")


# A guardian may be an institution.
MAY_REPRESENT = (Relation.PARENT, Relation.GUARDIAN)


def relations_of(kind: str) -> list[Relation]:
    """What somebody can be to such a person: an organisation has a board, and no family."""
    if is_legal(kind):
        return [Relation.BOARD, Relation.LAWYER, Relation.OTHER]
    return [relation for relation in Relation if relation != Relation.BOARD]


class TooLittle(Refused):
    code = "contact-incomplete"
    status = 422


class RepresentsNobody(Refused):
    code = "represents-nobody"
    status = 422


@dataclass(frozen=True, slots=True)
class Whom:
    """All that is kept. reach: a telephone number or an address; needed_for: why at all."""

    name: str
    reach: str
    needed_for: str

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def of_bytes(cls, data: bytes) -> "Whom":
        return cls(**json.loads(data))


def check_whom(whom: Whom, relation: Relation, kind: str) -> None:
    """kind: of the person whom they stand beside. Raises TooLittle."""
    if relation not in relations_of(kind):
        raise TooLittle(_("Nobody can be that to whom this file is about. Choose another relation."))
    if not (whom.name.strip() and whom.needed_for.strip()):
        raise TooLittle(_("Give a name, and say why the person cannot be helped without it."))


def check_represents(relation: Relation, *, minor: bool) -> None:
    """Raises RepresentsNobody."""
    if not minor:
        raise RepresentsNobody(_("Only a child has a legal representative."))
    if relation not in MAY_REPRESENT:
        raise RepresentsNobody(_("A parent or a guardian represents a child."))


def forget_on(noted_on: date, relation: Relation, grown_on: date | None = None) -> date:
    """The first day on which it is gone. grown_on: of who represents a child, when the child is an adult."""
    if grown_on is not None:
        return min(noted_on + KEPT_FOR_LETTERS, grown_on)
    return noted_on + (KEPT_FOR_LETTERS if relation == Relation.LAWYER else KEPT)
