"""A conference or an item of it, locked for who chairs it; every deed of the chair begins here."""

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.conferences import rules
from samenhang.conferences.models import Conference, Item
from samenhang.conferences.rules import Stage
from samenhang.journal import Actor, record


def locked(conference: Conference, *, by: Actor) -> Conference:
    """The conference, locked, for who chairs it. Raises NotThere, NotYours."""
    conference = Conference.objects.unscoped("locked").select_for_update().get(pk=conference.pk)
    policy.require(by, "conference.chair", conference)
    if conference.organisation_id != by.organisation_id:
        raise NotYours
    return conference


def locked_item(item: Item, *, by: Actor) -> tuple[Item, Conference]:
    """The item and its conference, locked, for who chairs it. Raises NotThere, NotYours."""
    item = Item.objects.unscoped("locked").select_for_update().get(pk=item.pk)
    policy.require(by, "conference.chair", item)
    return item, locked(Conference.objects.unscoped("of the item").get(pk=item.conference_id), by=by)


def advance(conference: Conference, wanted: Stage, *, reason: str = "", by: Actor) -> Conference:
    rules.check_transition(rules.NEXT, Stage(conference.stage), wanted)
    conference.stage, conference.revision = wanted, conference.revision + 1
    conference.save(update_fields=["stage", "revision"])
    record(f"conference.{wanted.replace('_', '-')}", conference, by=by, reason=reason)
    return conference
