"""What an organisation is asked to bring in before the conference, and what came of that."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as cases
from samenhang.cases.models import Case, CaseParty
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import locked_item
from samenhang.conferences.models import Item, Paper
from samenhang.conferences.rules import ItemStage
from samenhang.conferences.rules.papers import NEXT_OF_PAPER, PaperStage, check_day
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Content
from samenhang.journal import Actor, record
from samenhang.organisations.models import Organisation


@transaction.atomic
def ask_paper(item: Item, organisation: Organisation, *, what: str, due_on: date, by: Actor) -> Paper:
    """Ask an organisation that sits at the case to bring something in by a day, for this item.

    Raises NotInTheRoom for who does not sit there, NotBefore, WordsMissing, IllegalTransition.
    """
    item, conference = locked_item(item, by=by)
    rules.check_words(what)
    if item.stage != ItemStage.PLANNED:
        raise rules.IllegalTransition(_("Papers are asked for before an item is discussed."))
    check_day(due_on, by.today, timezone.localtime(conference.starts_at).date())
    if organisation not in may_be_asked(item, by=by):
        raise rules.NotInTheRoom(_("%s does not sit at this case.") % organisation.name)
    paper: Paper = Paper.objects.create(
        **item.protection(),
        item=item,
        organisation=organisation,
        what=what.strip(),
        asked_at=by.now,
        due_on=due_on,
    )
    record("conference.paper-asked", paper, by=by, recipients=[organisation.reference])
    return paper


@transaction.atomic
def bring_paper(
    paper: Paper, content: Content, *, category: str, not_met: Collection[str] = (), by: Actor
) -> Paper:
    """Answer with a statement, which everybody at the case may read under the law of the day.

    Raises NotYours, and all that ``cases.actions.bring`` raises.
    """
    paper = _of_asked(paper, "statement.disclose", by)
    item = Item.objects.unscoped("for which it was asked").get(pk=paper.item_id)
    case = Case.objects.visible_to(by).filter(pk=item.case_id).first()
    if case is None:
        raise NotThere
    statement = cases.bring(case, content, category=category, not_met=not_met, by=by)
    exchange.rely(statement, item, by=by)
    paper.statement = statement
    return _answered(paper, PaperStage.BROUGHT, by)


@transaction.atomic
def refuse_paper(paper: Paper, *, reason: str, by: Actor) -> Paper:
    """Bring nothing, and say why: there is nothing, or it may not be given. Raises NotYours, WordsMissing."""
    paper = _of_asked(paper, "conference.take-part", by)
    rules.check_words(reason)
    paper.answer = reason.strip()
    return _answered(paper, PaperStage.REFUSED, by)


@transaction.atomic
def withdraw_paper(paper: Paper, *, by: Actor) -> Paper:
    """The chair needs it no longer."""
    paper = Paper.objects.unscoped("locked").select_for_update().get(pk=paper.pk)
    policy.require(by, "conference.chair", paper)
    locked_item(Item.objects.unscoped("for which it was asked").get(pk=paper.item_id), by=by)
    rules.check_transition(NEXT_OF_PAPER, PaperStage(paper.stage), PaperStage.WITHDRAWN)
    return _answered(paper, PaperStage.WITHDRAWN, by)


def may_be_asked(item: Item, *, by: Actor) -> list[Organisation]:
    """Who sits at the case of the item, but for the actor's own organisation."""
    parties = CaseParty.objects.unscoped("who sits at the case").active().filter(case_id=item.case_id)
    bodies = Organisation.objects.filter(pk__in=list(parties.values_list("organisation_id", flat=True)))
    return list(bodies.exclude(pk=by.organisation_id))


def close_papers(items: Iterable[Item], stage: PaperStage, *, by: Actor) -> None:
    """What is still asked for these items is waited for no longer. Inside the transaction of a deed."""
    waiting = Paper.objects.unscoped("nobody waits any more").filter(
        item_id__in=[item.pk for item in items], stage=PaperStage.ASKED
    )
    for paper in waiting.order_by("pk"):
        _answered(paper, stage, by)


def _of_asked(paper: Paper, deed: str, by: Actor) -> Paper:
    """The paper, locked, for who was asked. Raises NotThere, NotYours, IllegalTransition."""
    paper = Paper.objects.unscoped("locked").select_for_update().get(pk=paper.pk)
    policy.require(by, deed, paper)
    if paper.organisation_id != by.organisation_id:
        raise NotYours
    if paper.stage != PaperStage.ASKED:
        raise rules.IllegalTransition(
            _("This was answered already, or is needed no longer. Look at the page of the paper.")
        )
    return paper


def _answered(paper: Paper, stage: PaperStage, by: Actor) -> Paper:
    paper.stage, paper.answered_at = stage, by.now
    paper.save(update_fields=["stage", "answer", "answered_at", "statement"])
    record(f"conference.paper-{stage}", paper, by=by)
    return paper
