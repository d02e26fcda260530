"""The kinds of work that signals bring to who made them, and the links that say whom they are about."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Notice
from samenhang.cases.rules import Regime, regime_on
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.exchange.models import Signal
from samenhang.journal import Actor
from samenhang.persons.models import IdentityLink


def _signals(actor: Actor, rows: list[Signal]) -> list[Task]:
    before = regime_on(actor.today) == Regime.COVENANT
    title = _("Talk signal %s over with your partners") if before else _("Offer signal %s for weighing")
    return [
        Task(
            title=title % row.reference,
            person=row.person_id,
            why=_("It is written down, but nobody outside your organisation can see it yet."),
            url=reverse("cases:signal", args=[row.reference]),
            since=row.submitted_at,
        )
        for row in rows
    ]


@each
def _notices(row: Notice) -> Task:
    return Task(
        title=_("Read what came of signal %s") % row.scope,
        why=_("The signal of your organisation was not taken up."),
        url=reverse("cases:signal", args=[row.scope]),
        since=row.made_at,
        due=row.due_on,
    )


@each
def _links(row: IdentityLink) -> Task:
    return Task(
        title=_("Decide on link %s") % row.reference,
        person=row.person_id,
        why=_("A colleague says that these details are about this person. A second person decides."),
        url=reverse("persons:link", args=[row.reference]),
        since=row.proposed_at,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "signals", gettext_lazy("Signals not offered yet"), ("statement.disclose",), "exchange.Signal",
        "cases:signals",
        lambda actor: Signal.objects.visible_to(actor).not_offered().filter(
            provider_id=actor.organisation_id
        ),
        _signals,
    ),
    Kind(
        "notices", gettext_lazy("Answers to your signals"), ("signal.submit",), "cases.Notice",
        "cases:signals",
        lambda actor: Notice.objects.visible_to(actor).unread().filter(recipient_id=actor.organisation_id),
        _notices,
    ),
    Kind(
        "links", gettext_lazy("Identity links to decide"), ("person.link",), "persons.IdentityLink",
        "desk:my-work", lambda actor: IdentityLink.objects.visible_to(actor).waiting_for(actor), _links,
    ),
)  # fmt: skip
