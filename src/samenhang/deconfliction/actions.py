"""Opening a window for a step, asking to wait, renewing and lifting that; and whether a step may be taken."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.deconfliction import rules
from samenhang.deconfliction.models import Hold, Window
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation

PURPOSES = ("prosecution", "investigation", "person-centred-approach", "weighing")


@transaction.atomic
def announce(step: str, *, kind: str, person_id: int, by: Actor) -> Window | None:
    """Let the prosecution know of this step before it is taken; None when such steps do not wait.

    Inside the transaction of a deed that was itself checked. A step is announced once; again changes nothing.
    """
    if not rules.is_listed(kind, by.today):
        return None
    windows = Window.objects.unscoped("whether the step was announced already")
    known: Window | None = windows.filter(step=step).first()
    if known is not None:
        return known
    prosecution = Organisation.objects.filter(authority="OM").order_by("region", "pk").first()
    if prosecution is None:
        return None  # There is nobody whose investigation could be in the way.
    made = Window(
        provider=prosecution,
        category="judicial-data",
        purposes=pack(PURPOSES),
        step=step,
        kind=kind,
        person_id=person_id,
        asker_id=by.organisation_id,
        opened_at=by.now,
        closes_at=rules.closes_at(by.now),
    )
    made.scope = made.reference
    made.save()

    record("step.announced", made, by=by, operation=Operation.DISCLOSURE, recipients=[prosecution.reference])
    return made


def waits(step: str, *, kind: str, by: Actor) -> rules.NotYet | None:
    """Why this step may not be taken yet, in the words that every asker gets; None when it may."""
    if not rules.is_listed(kind, by.today):
        return None
    window = (
        Window.objects.unscoped("the asker learns whether to wait, and no more").filter(step=step).first()
    )
    if window is None:
        return None
    return rules.not_yet(window.closes_at, window.held_until, by.now)


def check(step: str, *, kind: str, by: Actor) -> None:
    """Raises NotYet."""
    refusal = waits(step, kind=kind, by=by)
    if refusal is not None:
        raise refusal


@transaction.atomic
def hold(window: Window, *, days: int, reason: str, by: Actor) -> Hold:
    """Ask that the step waits so many days. Raises WindowClosed, TooLong, NotThere, NotYours."""
    window = _locked(window)
    policy.require(by, "step.hold", window)
    rules.check_window_open(window.closes_at, by.now)
    rules.check_hold(days, reason)
    if window.held_until is not None and window.held_until > by.now:
        raise rules.WindowClosed(_("A colleague asked to wait already."))
    return _place(window, None, days, reason, by)


@transaction.atomic
def renew(window: Window, *, days: int, reason: str, by: Actor) -> Hold:
    """Ask for so many days more, from now. By another prosecutor than who asked last."""
    window = _locked(window)
    policy.require(by, "step.hold", window)
    last = Hold.objects.unscoped("which hold is renewed").on(window).first()
    if last is None or window.held_until is None or window.held_until <= by.now:
        raise rules.WindowClosed(_("There is no hold to renew: the step may have been taken."))
    rules.check_renewal(last.placed_by, by.user)
    rules.check_hold(days, reason)
    return _place(window, last, days, reason, by)


@transaction.atomic
def lift(window: Window, *, reason: str, by: Actor) -> Window:
    """The step need not wait any longer. For one prosecutor alone."""
    window = _locked(window)
    policy.require(by, "step.hold", window)
    if window.held_until is None or window.held_until <= by.now:
        raise rules.WindowClosed(_("Nothing is held."))

    window.held_until = by.now
    window.save(update_fields=["held_until"])

    record("step.released", window, by=by, operation=Operation.DECISION, reason=reason)
    return window


def _locked(window: Window) -> Window:
    found: Window = Window.objects.unscoped("locked").select_for_update().get(pk=window.pk)
    return found


def _place(window: Window, renews: Hold | None, days: int, reason: str, by: Actor) -> Hold:
    made = Hold(
        **window.protection(),
        window=window,
        placed_by=by.user,
        placed_at=by.now,
        ends_at=by.now + timedelta(days=days),
        renews=renews,
    )
    made.save()
    window.held_until = made.ends_at
    window.save(update_fields=["held_until"])

    event = "step.held" if renews is None else "step.hold-renewed"
    record(event, made, by=by, operation=Operation.DECISION, reason=reason)
    return made
