"""The kinds of measures on a page: their names, and which can be chosen today for whom."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.language import language
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.measures import AvailableMeasure, measures_available
from samenhang.journal import Actor
from samenhang.measures.rules.suits import suits

KINDS = {
    "administrative": gettext_lazy("Administrative"),
    "financial": gettext_lazy("Financial"),
    "criminal": gettext_lazy("Criminal law"),
    "care": gettext_lazy("Care"),
    "online": gettext_lazy("Online"),
    "protective": gettext_lazy("Protective"),
}


def choices(actor: Actor, *, legal: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of today, in groups, each with its mark said in words. legal: for a legal person."""
    approved = Approval.objects.enabled_on(actor.today)
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in measures_available(actor.today, approved):
        if (kind.approved or actor.simulated) and suits(kind.code, legal=legal):
            groups.setdefault(kind.kind, []).append((kind.code, f"{kind_name(kind)} ({_mark(kind)})"))
    return [(str(KINDS.get(group, group)), kinds) for group, kinds in sorted(groups.items())]


def kind_name(kind: AvailableMeasure | Any) -> str:
    """The name of a kind in the language of the page."""
    return str(kind.name_nl if language() == "nl" else kind.name_en)


def _mark(kind: AvailableMeasure) -> str:
    if kind.approved:
        return _("approved by a lawyer")
    return _("not approved by a lawyer: demonstration only")
