"""Publishing a report: from then on it stays as it is, and later reports take care of it."""

from django.db import transaction
from django.utils import timezone

from samenhang.access.rules import NotThere
from samenhang.exchange import actions as exchange
from samenhang.exchange.actions.leaning import Leaning
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture import files
from samenhang.national_picture.actions.reporting import make_report, require
from samenhang.national_picture.models import Publication
from samenhang.national_picture.questions import behind
from samenhang.national_picture.rules import Asked, Report, releasing
from samenhang.organisations.models import User


@transaction.atomic
def publish(asked: Asked, *, reason: str, by: Actor) -> Publication:
    """Publish the report of these days as it stands now. Raises NotYours, OnlyPeopleRelease, NoReason."""
    require("report.release", by=by)
    releasing.check_person(human=by.human)
    releasing.check_reason(reason)
    report = make_report(asked, by=by)
    official = User.objects.select_related("organisation").get(reference=by.user)
    who = files.Publisher(official.name, official.organisation.name, timezone.localtime(by.now).date())
    contents = {}
    for language in files.LANGUAGES:
        making = files.Making(language, by.now, demonstration=by.simulated, publisher=who)
        contents[language] = files.told(report, making)
    row = Publication(
        edition=report.edition.edition,
        until=asked.until,
        contents=contents,
        published_by=by.user,
        published_at=by.now,
    )
    row.keep({figure.definition.key: figure.total for figure in report.figures if figure.total})
    row.save(force_insert=True)
    exchange.rely_on(_under(report, by), Leaning(row.reference, row.reference, by.organisation_id), by=by)
    record("report.published", row, by=by, operation=Operation.DISCLOSURE, reason=reason)
    return row


def _under(report: Report, by: Actor) -> set[str]:
    """References of all that it counts and that can lean on a statement, so that a fall is told."""
    found: set[str] = set()
    for figure in report.figures:
        records = behind(figure.definition, report.asked, now=by.now)
        if records is not None:
            found |= set(records.values_list("reference", flat=True))
    return found


def report_to_publish(asked: Asked, *, by: Actor) -> Report:
    """What would leave now, for whoever may publish it. Raises NotYours, NoEdition."""
    require("report.release", by=by)
    return make_report(asked, by=by)


def publications(*, by: Actor) -> list[Publication]:
    """The reports published so far, latest first. Raises NotYours."""
    require("report.make", by=by)
    return list(Publication.objects.filter(published_at__lte=by.now).latest_first()[:50])


def find_publication(reference: str, *, by: Actor) -> Publication:
    """Raises NotYours, NotThere."""
    require("report.make", by=by)
    row = Publication.objects.filter(reference=reference).first()
    if row is None:
        raise NotThere
    record("report.opened", row, by=by, operation=Operation.CONSULTATION)
    return row
