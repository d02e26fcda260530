"""Releasing a small total, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access.rules import NotThere
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.actions.reporting import require
from samenhang.national_picture.models import Release
from samenhang.national_picture.questions import figure_of
from samenhang.national_picture.rules import Asked, Figure, edition_on, releasing


@transaction.atomic
def release(key: str, asked: Asked, *, reason: str, by: Actor) -> Release:
    """Let one small total leave, as it stands now, for exactly this window.

    Holds as long as the count stays what the official saw: a changed count waits
    for a new release. Raises NotYours, OnlyPeopleRelease, UnknownFigure,
    NothingToRelease, Subtractable, NoReason.
    """
    require("report.release", by=by)
    releasing.check_person(human=by.human)
    releasing.check_reason(reason)
    releasing.check_period(asked)
    figure = figure_of(edition_on(asked.until).find(key), asked, now=by.now)
    releasing.check_releasable(figure)
    assert figure.counted is not None
    standing = Release.objects.standing().filter(key=key)
    releasing.check_no_subtraction(figure.window, figure.counted, [row.seen() for row in standing])
    row = Release.objects.create(
        key=key,
        since=figure.window.since,
        until=figure.window.until,
        counted=Release.pack(figure.counted),
        reason=reason,
        released_by=by.user,
        released_at=by.now,
    )
    record("figure.released", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


def figure_to_release(key: str, asked: Asked, *, by: Actor) -> Figure:
    """The figure as it stands now, for whoever may release it. Raises NotYours, UnknownFigure."""
    require("report.release", by=by)
    return figure_of(edition_on(asked.until).find(key), asked, now=by.now)


def find_release(reference: str, *, by: Actor) -> Release:
    """A release that stands, for those who may take it back. Raises NotYours, NotThere."""
    require("report.release", by=by)
    row = Release.objects.standing().filter(reference=reference).first()
    if row is None:
        raise NotThere
    return row


@transaction.atomic
def revoke(release: Release, *, reason: str, by: Actor) -> Release:
    """Take a release back: from now on no report has the total. What was published stays published."""
    require("report.release", by=by)
    releasing.check_reason(reason)
    row = Release.objects.select_for_update().get(pk=release.pk)
    if row.revoked_at is not None:
        raise releasing.NothingToRelease(_("This release was taken back before."))
    row.revoked_by, row.revoked_at = by.user, by.now
    row.save(update_fields=["revoked_by", "revoked_at"])
    record("figure.release-revoked", row, by=by, operation=Operation.DECISION, reason=reason)
    return row
