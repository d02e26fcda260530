"""Importing official lists, and approving them for account screening."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.watchlists import publishers, rules
from samenhang.watchlists.models import ListApproval, ListedRecord, ListVersion, OfficialList
from samenhang.watchlists.publishers import Changes, ListedPerson, PublishedList
from samenhang.watchlists.rules import lists

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """The version that stands now, whether it was there before, and what it changed."""

    version: ListVersion
    known: bool
    changes: Changes


NOTHING = Changes((), (), ())


@transaction.atomic
def import_list(published: PublishedList, *, by: Actor) -> Imported:
    """Let this list take the place of the publisher's earlier one. The same files again change nothing.

    Raises NotUsable when it was not read whole, and NotYours.
    """
    policy.require_function(by, "list.import")
    problems = published.problems
    first = next((p for p in problems if p.fatal), problems[0] if problems else None)
    lists.check_usable(published.usable, f"{first.where}: {first.message}" if first else "")
    OfficialList.objects.get_or_create(publisher=published.publisher)
    official = OfficialList.objects.select_for_update().get(publisher=published.publisher)
    latest = official.versions.last()
    if latest and latest.digest == published.digest:
        return Imported(latest, known=True, changes=NOTHING)

    current = {row.number: row for row in official.records.filter(until__isnull=True)}
    changes = publishers.compare(
        (lists.from_json(row.content) for row in current.values()), published.persons
    )
    version = _version(official, published, changes, by)
    _end([current[number] for number in _ended(changes)], version)
    _begin((*changes.added, *(after for _before, after in changes.changed)), version)

    record("list.imported", version, by=by, operation=Operation.COLLECTION)
    return Imported(version, known=False, changes=changes)


@transaction.atomic
def approve_list(publisher: str, *, reason: str, by: Actor) -> ListApproval:
    """A named person lets this list be used for account screening. Never for passengers.

    Raises NotYours, UnknownList, ReasonMissing and AlreadyApproved.
    """
    policy.require_function(by, "list.approve")
    rules.check_reason(reason)
    official = _list(publisher)
    if ListApproval.objects.standing(by.today).filter(official_list=official).exists():
        raise lists.AlreadyApproved(_("This list is approved already."))

    approval = ListApproval.objects.create(
        official_list=official, approved_by_id=by.user_id, starts_on=by.today
    )

    record("list.approved", approval, by=by, operation=Operation.DECISION, reason=reason)
    return approval


@transaction.atomic
def take_back_approval(publisher: str, *, reason: str, by: Actor) -> ListApproval:
    """End the use of a list at once.

    Raises NotYours, UnknownList, ReasonMissing and NotApproved.
    """
    policy.require_function(by, "list.approve")
    rules.check_reason(reason)
    standing = ListApproval.objects.standing(by.today).filter(official_list=_list(publisher))
    approval = standing.select_for_update().first()
    if approval is None:
        raise lists.NotApproved(_("This list is not approved."))

    approval.taken_back_on = by.today
    approval.save(update_fields=["taken_back_on"])

    record("list.approval-ended", approval, by=by, operation=Operation.DECISION, reason=reason)
    return approval


def _list(publisher: str) -> OfficialList:
    official = OfficialList.objects.select_for_update().filter(publisher=publisher.upper()).first()
    if official is None:
        raise lists.UnknownList(_("There is no such list. Import it first."))
    return official


def _version(official: OfficialList, published: PublishedList, changes: Changes, by: Actor) -> ListVersion:
    return ListVersion.objects.create(
        official_list=official,
        digest=published.digest,
        generated_on=published.generated_on,
        imported_at=by.now,
        imported_by=by.user,
        persons=len(published.persons),
        aliases=sum(len(person.aliases) for person in published.persons),
        others=published.others,
        problems=[{"where": p.where, "message": p.message} for p in published.problems],
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.removed),
    )


def _ended(changes: Changes) -> list[str]:
    """Numbers of the records whose content no longer stands."""
    return [person.number for person in (*changes.removed, *(before for before, _after in changes.changed))]


def _end(rows: list[ListedRecord], version: ListVersion) -> None:
    for row in rows:
        row.until = version
    ListedRecord.objects.bulk_update(rows, ["until"], batch_size=AT_ONCE)


def _begin(persons: Iterable[ListedPerson], version: ListVersion) -> None:
    ListedRecord.objects.bulk_create(
        (
            ListedRecord(
                official_list=version.official_list,
                number=person.number,
                content=lists.to_json(person),
                since=version,
            )
            for person in persons
        ),
        batch_size=AT_ONCE,
    )
