"""Passwords and sessions: proving who one is, and what holds until one leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations import rules
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import ProviderAccount, Session, User
from samenhang.organisations.rules import signing_in

# Being seen is written down once a minute, not at every page.
SEEN_AGAIN = timedelta(minutes=1)


def check_password(request: HttpRequest | None, username: str, password: str, *, by: Actor) -> User:
    """The user with this name and password; throttled per account and address.

    Raises WrongPassword, in the same words for an unknown name; and, to who
    knows the password, FirstPasswordExpired and NoMandate.
    """
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User) or not user.human:
        record("sign-in.refused", "", by=by, operation=Operation.LOGIN)
        raise rules.WrongPassword(
            _("This name and password do not belong together. Check both and try again.")
        )
    if user.first_password_until and user.first_password_until < by.now:
        record("sign-in.refused", user, by=by, operation=Operation.LOGIN)
        raise rules.FirstPasswordExpired(_("This first password no longer works. Ask for a new one."))
    check_mandate(user, by=by)
    return user


def check_mandate(user: User, *, by: Actor) -> None:
    """Nobody comes in without a mandate in force today. Raises NoMandate."""
    if not user.mandates_on(timezone.localtime(by.now).date()):
        record("sign-in.refused", user, by=by, operation=Operation.LOGIN)
        raise rules.NoMandate(_("Your mandate is not in force today. Ask your administrator."))


def halfway_user(reference: str, *, by: Actor) -> User | None:
    """Who has proved one thing and not yet the second, if they may still come in."""
    user = User.objects.filter(reference=reference, is_active=True).first()
    return user if user and user.mandates_on(by.today) else None


def find_at_provider(issuer: str, subject: str, *, by: Actor) -> User:
    """The user whom an administrator linked to this account. Raises UnknownAtProvider and NoMandate.

    Never by e-mail address or name: those are the provider's to give and to change.
    """
    linked = ProviderAccount.objects.filter(
        issuer=issuer, subject=subject, user__is_active=True, user__human=True
    ).first()
    if linked is None:
        record("sign-in.refused", "", by=by, operation=Operation.LOGIN)
        raise signing_in.UnknownAtProvider(_("You are known there, but you have no account here yet."))
    check_mandate(linked.user, by=by)
    return linked.user


@transaction.atomic
def open_session(user: User, proof: signing_in.Proof, *, device: str, by: Actor) -> Session:
    """Let somebody in who proved who they are."""
    session = Session.objects.create(
        user=user,
        authentication=proof.how,
        strong=proof.strong,
        device=device,
        opened_at=by.now,
        seen_at=by.now,
        confirmed_at=by.now,
    )
    inside = replace(by, user=user.reference, authentication=proof.how, session=session.reference)
    record("sign-in.accepted", user, by=inside, operation=Operation.LOGIN)
    return session


def resume(reference: str, user: User, *, by: Actor) -> Session:
    """The session that a cookie names, if it still goes on. Raises SessionOver."""
    session = Session.objects.filter(reference=reference, user=user, ended_at__isnull=True).first()
    if session is None:
        raise signing_in.SessionOver(_("This session has ended. Sign in again."))
    limit = session.limit_reached(by.now)
    if limit:
        end_session(session, limit, by=by)
        raise signing_in.SessionOver(_("You were signed out to keep your account safe. Sign in again."))
    if by.now - session.seen_at >= SEEN_AGAIN:
        Session.objects.filter(pk=session.pk, ended_at__isnull=True).update(seen_at=by.now)
    return session


@transaction.atomic
def end_session(session: Session, ending: signing_in.Ending, *, by: Actor) -> None:
    """End one session: its cookie is dead at the next request. Ending it twice changes nothing."""
    ended = Session.objects.filter(pk=session.pk, ended_at__isnull=True).update(
        ended_at=by.now, ending=ending
    )
    if ended:
        record("session.ended", session, by=by, operation=Operation.LOGIN)


@transaction.atomic
def end_other_sessions(user: User, ending: signing_in.Ending, *, by: Actor) -> int:
    """End every session of this user but the one that asks for it; how many those were."""
    others = list(Session.objects.filter(user=user, ended_at__isnull=True).exclude(reference=by.session))
    for session in others:
        end_session(session, ending, by=by)
    return len(others)


@transaction.atomic
def confirm(session: Session, how: str, *, by: Actor) -> None:
    """The person proved again, just now, who they are."""
    session.confirmed_at = by.now
    session.save(update_fields=["confirmed_at"])
    record("session.confirmed", session, by=replace(by, authentication=how), operation=Operation.LOGIN)


@transaction.atomic
def change_password(user: User, password: str, *, by: Actor) -> User:
    """Another password, chosen by the person; every other session ends."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.password = make_password(password)
    user.first_password_until = None
    user.save(update_fields=["password", "first_password_until"])
    record("password.changed", user, by=by, operation=Operation.LOGIN)
    end_other_sessions(user, signing_in.Ending.CHANGED, by=by)
    return user


def choose_task(
    user: User,
    session: Session,
    *,
    purpose: str,
    case: str,
    readable: Callable[[str, Actor], bool],
    by: Actor,
) -> Actor:
    """The same person at work for a purpose, and perhaps a case: chosen once per task.

    readable: whether that actor reads the case; a case that is not there and one that is forbidden are
    refused in the same words. Raises NoSuchCase.
    """
    actor = actor_for(user, purpose=purpose, case=case, now=by.now, simulated=by.simulated, session=session)
    if case and not readable(case, actor):
        raise rules.NoSuchCase(
            _(
                "There is no case under this reference that you may read for this task. Look at the"
                " reference, such as K-7QX4-M2DZ-9F3K, or leave it empty."
            )
        )
    record("task.chosen", user, by=actor, operation=Operation.LOGIN)
    return actor
