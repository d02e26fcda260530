"""What people have beside their password: adding it, proving it, taking it away."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations import passkeys
from samenhang.organisations.actions.sessions import check_mandate, end_other_sessions
from samenhang.organisations.models import Factor, Session, User
from samenhang.organisations.rules import signing_in
from samenhang.organisations.rules.signing_in import Kind
from samenhang.organisations.sealed import opened, seal


@transaction.atomic
def begin_code(user: User, name: str, *, by: Actor) -> Factor:
    """Make the secret for an authenticator app; it counts once a code of it was typed."""
    Factor.objects.filter(user=user, kind=Kind.CODE, confirmed=False).delete()
    _check_room(user)
    factor = Factor(user=user, kind=Kind.CODE, name=name, added_at=by.now)
    factor.sealed = seal(factor, secrets.token_bytes(signing_in.SECRET_BYTES))
    factor.save()
    record("factor.begun", factor, by=by, operation=Operation.LOGIN)
    return factor


@transaction.atomic
def add_code(factor: Factor, typed: str, *, by: Actor) -> Factor:
    """The app shows the right code, so it can be relied on. Raises WrongCode."""
    factor = Factor.objects.select_for_update().get(pk=factor.pk, kind=Kind.CODE, confirmed=False)
    step = signing_in.accepted_step(opened(factor), typed, now=by.now, after=factor.counter)
    if step is None:
        raise signing_in.WrongCode(_("This code is not right. Wait for the next one and type that."))
    factor.counter, factor.confirmed = step, True
    factor.save(update_fields=["counter", "confirmed"])
    _added(factor, by)
    return factor


@transaction.atomic
def add_passkey(
    user: User, name: str, site: passkeys.Site, state: Any, answer: Mapping[str, Any], *, by: Actor
) -> Factor:
    """Rely on this security key from now on. Raises WrongCode when its answer is not right."""
    _check_room(user)
    try:
        made = passkeys.read_new(site, state, answer)
    except passkeys.NotRight as error:
        raise signing_in.WrongCode(_("The key could not be added. Try again.")) from error
    factor = Factor(user=user, kind=Kind.PASSKEY, name=name, added_at=by.now, confirmed=True)
    factor.sealed, factor.counter = seal(factor, made.credential), made.counter
    factor.save()
    _added(factor, by)
    return factor


@transaction.atomic
def make_recovery_codes(user: User, *, by: Actor) -> list[str]:
    """New codes for the day that everything else is lost; the old ones stop working. Shown once."""
    codes = signing_in.new_recovery_codes()
    Factor.objects.filter(user=user, kind=Kind.RECOVERY).delete()
    factor = Factor(user=user, kind=Kind.RECOVERY, added_at=by.now, confirmed=True)
    factor.sealed = seal(factor, json.dumps([signing_in.digest_of(code) for code in codes]).encode())
    factor.save()
    record("recovery-codes.made", user, by=by, operation=Operation.LOGIN)
    end_other_sessions(user, signing_in.Ending.CHANGED, by=by)
    return codes


@transaction.atomic
def remove_factor(factor: Factor, *, required: bool, by: Actor) -> None:
    """Rely on it no longer. Raises FactorStays for the last one where a second factor is required."""
    user = User.objects.select_for_update().get(pk=factor.user_id)
    others = user.factors.usable().exclude(pk=factor.pk).exclude(kind=Kind.RECOVERY)
    if factor.kind != Kind.RECOVERY and not others.exists():
        if required:
            raise signing_in.FactorStays(_("This is your last second factor. Add another one first."))
        user.factors.filter(kind=Kind.RECOVERY).delete()
    reference = factor.reference
    factor.delete()
    record("factor.removed", reference, by=by, operation=Operation.LOGIN)
    end_other_sessions(user, signing_in.Ending.CHANGED, by=by)


def check_code(user: User, typed: str, *, by: Actor) -> Kind:
    """Which kind of code was typed: of an app, or for recovery. Either works once.

    Raises WrongCode, and TooManyTries while a pause lasts: then no code is looked at.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        signing_in.check_tries(user.wrong_codes, user.wrong_codes_since, by.now)
        kind = _used_code(user, typed, by)
        if kind is None:
            user.wrong_codes = signing_in.tries_so_far(user.wrong_codes, user.wrong_codes_since, by.now) + 1
            user.wrong_codes_since = by.now
            record("second-factor.refused", user, by=by, operation=Operation.LOGIN)
        else:
            user.wrong_codes, user.wrong_codes_since = 0, None
        user.save(update_fields=["wrong_codes", "wrong_codes_since"])
    if kind is None:  # raised outside, so that the count and the entry stay
        raise signing_in.WrongCode(_("This code is not right. Wait for the next one and type that."))
    return kind


def check_passkey(
    user: User, site: passkeys.Site, state: Any, answer: Mapping[str, Any], *, by: Actor
) -> Factor:
    """The key that signed. Raises WrongCode; a key that counts backwards was copied and is refused."""
    with transaction.atomic():
        held = {
            factor.pk: factor
            for factor in user.factors.usable().filter(kind=Kind.PASSKEY).select_for_update()
        }
        try:
            signed = passkeys.read_signature(
                site, state, answer, {pk: opened(factor) for pk, factor in held.items()}
            )
        except passkeys.NotRight:
            signed = None
        factor = held.get(signed.pk) if signed else None
        if signed and factor and (signed.counter > factor.counter or signed.counter == factor.counter == 0):
            factor.counter, factor.used_at = signed.counter, by.now
            factor.save(update_fields=["counter", "used_at"])
            return factor
        record("second-factor.refused", user, by=by, operation=Operation.LOGIN)
    raise signing_in.WrongCode(_("This key was not accepted. Try again, or use another way."))


def find_by_passkey(site: passkeys.Site, state: Any, answer: Mapping[str, Any], *, by: Actor) -> User:
    """The user whose key signed, by itself. Raises WrongCode, in the same words for a key we never saw."""
    try:
        user = User.objects.filter(reference=passkeys.handle_in(answer), is_active=True, human=True).first()
    except passkeys.NotRight:
        user = None
    if user is None:
        record("sign-in.refused", "", by=by, operation=Operation.LOGIN)
        raise signing_in.WrongCode(_("This key was not accepted. Try again, or use another way."))
    check_passkey(user, site, state, answer, by=by)
    check_mandate(user, by=by)
    return user


def _used_code(user: User, typed: str, by: Actor) -> Kind | None:
    for factor in user.factors.usable().exclude(kind=Kind.PASSKEY).select_for_update():
        if factor.kind == Kind.CODE:
            step = signing_in.accepted_step(opened(factor), typed, now=by.now, after=factor.counter)
            if step is None:
                continue
            factor.counter = step
        else:
            left: list[str] = json.loads(opened(factor))
            if signing_in.digest_of(typed) not in left:
                continue
            left.remove(signing_in.digest_of(typed))
            factor.sealed = seal(factor, json.dumps(left).encode())
        factor.used_at = by.now
        factor.save(update_fields=["counter", "sealed", "used_at"])
        return Kind(factor.kind)
    return None


def _added(factor: Factor, by: Actor) -> None:
    """The session in which it was added has now proved it too; every other session ends."""
    session = Session.objects.filter(reference=by.session, user=factor.user_id).first()
    if session and not session.strong:
        session.authentication = f"{session.authentication}+{factor.kind}"
        session.strong = True
        session.save(update_fields=["authentication", "strong"])
    record("factor.added", factor, by=by, operation=Operation.LOGIN)
    end_other_sessions(factor.user, signing_in.Ending.CHANGED, by=by)


def _check_room(user: User) -> None:
    if user.factors.count() >= signing_in.FACTORS_AT_MOST:
        raise signing_in.FactorStays(_("You have as many factors as there can be. Remove one first."))
