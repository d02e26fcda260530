"""Evidence for each element: its states, by which route it came, and what is still missing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.identifiers import ALPHABET, GROUPS, SIZE
from samenhang.prosecution.rules.tables import Article, Named

# A reference of this installation, as it stands on every page.
_OURS = re.compile(rf"\b[A-Z]{{1,2}}(?:-[{ALPHABET}]{{{SIZE}}}){{{GROUPS}}}\b", re.IGNORECASE)


class State(TextChoices):
    SOUGHT = "sought", gettext_lazy("Sought")
    SECURED = "secured", gettext_lazy("Secured")
    TESTED = "tested", gettext_lazy("Tested, and it holds")
    CHALLENGED = "challenged", gettext_lazy("Challenged")
    LOST = "not-obtainable", gettext_lazy("Not obtainable")


NEXT: Mapping[State, frozenset[State]] = {
    State.SOUGHT: frozenset({State.SECURED, State.LOST}),
    State.SECURED: frozenset({State.TESTED, State.CHALLENGED, State.LOST}),
    State.TESTED: frozenset({State.CHALLENGED, State.LOST}),
    State.CHALLENGED: frozenset({State.TESTED, State.LOST}),
    State.LOST: frozenset(),
}
# What is there, and stands.
HELD = frozenset({State.SECURED, State.TESTED})


class Kind(TextChoices):
    """The means of proof of art. 339 Sv, and what leads to them. Not read."""

    WITNESS = "witness", gettext_lazy("Statement of a witness")
    SUSPECT = "suspect", gettext_lazy("Statement of the suspect")
    EXPERT = "expert", gettext_lazy("Report of an expert")
    OFFICER = "officer", gettext_lazy("Report of an officer")
    DOCUMENT = "document", gettext_lazy("Document or image")
    DEVICE = "device", gettext_lazy("Device or data")
    OBJECT = "object", gettext_lazy("Object")
    FOREIGN = "foreign", gettext_lazy("Answer to a request to another country")


class Route(TextChoices):
    """How it came into the criminal file."""

    INVESTIGATION = "investigation", gettext_lazy("Found by the criminal investigation itself")
    MESSAGE = "message", gettext_lazy("Official message of a service")
    DEMAND = "demand", gettext_lazy("Order of the prosecutor to hand it over")
    PROVISION = "provision", gettext_lazy("Given anew for the criminal case, under a rule")


# By these something comes that stands in this installation: its reference is kept, never its text.
WITH_SOURCE = frozenset({Route.MESSAGE, Route.PROVISION})


class BadEvidence(Refused):
    code = "bad-evidence"
    status = 422


class KeptApart(Refused):
    """Administrative material without a route of its own."""

    code = "kept-apart"
    status = 422


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody writes down of one piece.

    element: a code of the article. exculpatory: it speaks for the person. filed_at: where in the criminal
    file, or where it is looked for. source: the reference of a message or provision. number, ordered_on: of
    the prosecutor's order.
    """

    element: str
    kind: Kind
    filed_at: str
    exculpatory: bool = False
    route: Route = Route.INVESTIGATION
    source: str = ""
    number: str = ""
    ordered_on: date | None = None


def check_noted(noted: Noted, article: Article, today: date) -> None:
    """Raises BadEvidence, KeptApart."""
    if article.element(noted.element) is None:
        raise BadEvidence(_("Choose an element of this article."))
    if len(noted.filed_at.strip()) < 3:
        raise BadEvidence(_("Say where in the criminal file it is, or where it is looked for."))
    if _OURS.search(f"{noted.filed_at} {noted.number}"):
        raise KeptApart(
            _(
                "A reference of this system stands for administrative material. It is no part of the "
                "criminal file: it needs an official message, an order of the prosecutor, or to be given "
                "anew."
            )
        )
    if (noted.route in WITH_SOURCE) != bool(noted.source):
        raise KeptApart(_("Choose the message or the provision by which it came, and only for such a route."))
    if noted.route == Route.DEMAND and not (noted.number.strip() and noted.ordered_on):
        raise KeptApart(_("Give the number and the day of the prosecutor's order."))
    if noted.ordered_on is not None and (noted.route != Route.DEMAND or noted.ordered_on > today):
        raise BadEvidence(_("Only an order that was given has a day, and that day has passed."))


@dataclass(frozen=True, slots=True)
class Line:
    """One element with what is known of its proof, and beside it what speaks for the person.

    held: something that stands proves it. challenged: what proves it is challenged, or something that
    stands speaks for the person.
    """

    element: Named
    proves: tuple[Any, ...]
    exculpatory: tuple[Any, ...]
    held: bool
    challenged: bool

    @property
    def missing(self) -> bool:
        return not self.held


def checklist(article: Article, pieces: Iterable[Any]) -> list[Line]:
    """Every element of the article, in its order. pieces: with ``element``, ``exculpatory`` and ``state``."""
    known = list(pieces)
    lines = []
    for element in article.elements:
        here = [one for one in known if one.element == element.code]
        proves = tuple(one for one in here if not one.exculpatory)
        speaks_for = tuple(one for one in here if one.exculpatory)
        lines.append(
            Line(
                element,
                proves,
                speaks_for,
                held=any(one.state in HELD for one in proves),
                challenged=any(one.state == State.CHALLENGED for one in proves)
                or any(one.state in HELD for one in speaks_for),
            )
        )
    return lines
