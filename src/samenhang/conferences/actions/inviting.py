"""Whom the law of the day lets come, what they answer, and who is taken off the list."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.models import Block
from samenhang.access.rules import NotYours
from samenhang.cases import rules as cases
from samenhang.cases.models import covenant_between
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import locked
from samenhang.conferences.models import Conference, Invitee
from samenhang.conferences.rules import Stage
from samenhang.conferences.rules.inviting import (
    ANSWERS,
    NEXT_OF_INVITATION,
    Answer,
    check_not_oneself,
)
from samenhang.exchange.rules import NotLawful
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.organisations.models import Organisation, User

# What an invited organisation reads of the conference itself: when, where, and who comes.
SEEN = ("meeting-minutes",)
# Into which state a person comes who is put on the list.
_PUT_ON = {
    Stage.PREPARED: Answer.LISTED,
    Stage.INVITED: Answer.INVITED,
    Stage.UNDER_WAY: Answer.LAPSED,
}


@transaction.atomic
def invite(conference: Conference, user: User, *, by: Actor) -> Invitee:
    """Ask somebody to come, when the law of the conference's day lets their organisation sit there.

    Whoever was taken off may be asked again. Raises NotLawful with the law's sentence, NoCovenant,
    AlreadyThere.
    """
    conference = locked(conference, by=by)
    rules.check_not_over(Stage(conference.stage))
    return seat(conference, user, _PUT_ON[Stage(conference.stage)], by=by)


@transaction.atomic
def invite_all(conference: Conference, users: Iterable[User], *, by: Actor) -> None:
    """Ask these to come: all of them, or nobody when the law does not let one of them sit there."""
    for user in users:
        invite(conference, user, by=by)


@transaction.atomic
def answer(invitee: Invitee, wanted: Answer, *, reason: str = "", by: Actor) -> Invitee:
    """Whoever is invited comes or does not, and may change that until the conference begins.

    reason: why not; may stay empty. Raises NotThere, NotYours for everybody else, IllegalTransition.
    """
    invitee = Invitee.objects.unscoped("locked").select_for_update().get(pk=invitee.pk)
    policy.require(by, "conference.take-part", invitee)
    if invitee.user_id != by.user_id or wanted not in ANSWERS:
        raise NotYours
    conference = Conference.objects.unscoped("whether it began").get(pk=invitee.conference_id)
    if conference.stage != Stage.INVITED:
        raise rules.IllegalTransition(_("This invitation is not out, or the conference began or is over."))
    rules.check_transition(NEXT_OF_INVITATION, Answer(invitee.stage), wanted)
    invitee.stage, invitee.answered_at = wanted, by.now
    invitee.reason = reason.strip() if wanted == Answer.DECLINED else ""
    invitee.save(update_fields=["stage", "reason", "answered_at"])
    record(f"conference.invitation-{wanted}", invitee, by=by)
    return invitee


@transaction.atomic
def take_off(invitee: Invitee, *, reason: str, by: Actor) -> Invitee:
    """Take somebody off the list before the conference begins: at once they read nothing of it any more.

    Their organisation neither, unless a colleague stays on the list. They read that they were taken
    off, and why. Raises NotThere, NotYours, WordsMissing, NotInvited, IllegalTransition.
    """
    conference = locked(Conference.objects.unscoped("of the invitee").get(pk=invitee.conference_id), by=by)
    invitee = Invitee.objects.unscoped("locked").select_for_update().get(pk=invitee.pk)
    if conference.stage not in (Stage.PREPARED, Stage.INVITED):
        raise rules.IllegalTransition(_("The conference began. Whoever must go, leaves the room."))
    rules.check_words(reason)
    check_not_oneself(invitee.user_id, by.user_id)
    rules.check_transition(NEXT_OF_INVITATION, Answer(invitee.stage), Answer.TAKEN_OFF)
    invitee.stage, invitee.reason, invitee.scope = Answer.TAKEN_OFF, reason.strip(), invitee.reference
    invitee.read_at = None
    invitee.save(update_fields=["stage", "reason", "scope", "read_at"])

    body = Organisation.objects.get(pk=invitee.organisation_id)
    for reader in {body, Organisation.objects.get(pk=conference.organisation_id)}:
        access.grant(invitee.scope, reader, categories=SEEN, basis=invitee.basis, capacity="CASUS", by=by)
    access.block(conference.scope, Block.Kind.CONFLICT, user=User.objects.get(pk=invitee.user_id), by=by)
    left = Invitee.objects.unscoped("whether a colleague stays").of(conference).on_list()
    if body.pk != conference.organisation_id and not left.filter(organisation=body).exists():
        access.end_grants(conference.scope, organisation=body, by=by)
    # A calendar takes an entry out only for a later revision than the one that put it in.
    conference.revision += 1
    conference.save(update_fields=["revision"])
    record("conference.person-taken-off", invitee, by=by, reason=reason, recipients=[body.reference])
    return invitee


@transaction.atomic
def read_taken_off(invitee: Invitee, *, by: Actor) -> Invitee:
    """They know now that they were taken off. Raises NotThere, NotYours for everybody else."""
    invitee = Invitee.objects.unscoped("locked").select_for_update().get(pk=invitee.pk)
    policy.require(by, "conference.take-part", invitee)
    if invitee.user_id != by.user_id or invitee.stage != Answer.TAKEN_OFF:
        raise NotYours
    if invitee.read_at is None:
        invitee.read_at = by.now
        invitee.save(update_fields=["read_at"])
        record("conference.taken-off-read", invitee, by=by)
    return invitee


def seat(conference: Conference, user: User, stage: Answer, *, by: Actor) -> Invitee:
    """Put a person on the list, for the first time or again. Inside the transaction of a checked deed."""
    organisation = user.organisation
    basis = _basis(conference, organisation, by)
    known = Invitee.objects.unscoped("a person is invited once").select_for_update()
    row = known.filter(conference=conference, user=user).first()
    if row is None:
        row = Invitee(
            **conference.protection(category=SEEN[0]),
            conference=conference,
            user=user,
            organisation=organisation,
        )
    elif row.stage != Answer.TAKEN_OFF:
        raise rules.AlreadyThere(_("%s is invited already.") % user.name)
    else:
        _let_back_in(conference, row, by)
    access.grant(conference.scope, organisation, categories=SEEN, basis=basis, capacity="CASUS", by=by)
    row.scope, row.basis, row.stage, row.reason = conference.scope, basis, stage, ""
    row.answered_at = None
    row.save()
    record("conference.person-invited", row, by=by, recipients=[organisation.reference])
    return row


def lapse_invitations(conference: Conference, *, by: Actor) -> None:
    """Whoever did not answer is asked no more. Inside the deed by which it began or was called off."""
    open_still = Invitee.objects.unscoped("nobody is asked any more").of(conference).order_by()
    open_still.filter(stage__in=[Answer.LISTED, Answer.INVITED]).update(stage=Answer.LAPSED)


def ask_again(conference: Conference, *, by: Actor) -> None:
    """It was moved: the law of the new day, and everybody but who moved it says again whether they come.

    Inside the deed by which it was moved. Raises NotLawful, NoCovenant.
    """
    rows = Invitee.objects.unscoped("who is asked again").of(conference).on_list().select_for_update()
    for row in rows:
        row.basis = _basis(conference, Organisation.objects.get(pk=row.organisation_id), by)
        if row.stage in ANSWERS and row.user_id != by.user_id:
            rules.check_transition(NEXT_OF_INVITATION, Answer(row.stage), Answer.INVITED)
            row.stage, row.reason, row.answered_at = Answer.INVITED, "", None
        row.save(update_fields=["basis", "stage", "reason", "answered_at"])


def _let_back_in(conference: Conference, row: Invitee, by: Actor) -> None:
    access.end_grants(row.scope, by=by)
    shut = Block.objects.filter(scope=conference.scope, user_id=row.user_id, ends_at__isnull=True)
    for one in shut:
        access.lift(one, by=by)
    conference.revision += 1
    conference.save(update_fields=["revision"])


def _basis(conference: Conference, organisation: Organisation, by: Actor) -> str:
    """The rule that lets the organisation sit there on that day; a covenant on days before the Act."""
    day = timezone.localtime(conference.starts_at).date()
    if cases.regime_on(day) == cases.Regime.COVENANT:
        together = {conference.organisation_id: conference.organisation, organisation.pk: organisation}
        return f"covenant:{covenant_between(list(together.values()), by).pk}"
    answer = law.ask(
        "CASUS",
        organisation.authority,
        SEEN[0],
        rules.APPROACH,
        day,
        enabled=Approval.objects.enabled_on(day),
    )
    if not answer.permitted:
        raise NotLawful(answer.sentence)
    return answer.rule or ""
