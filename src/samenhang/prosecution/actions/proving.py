"""Offences with the ground on which Dutch law reaches them, and the evidence for each element."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.exchange.models import Disclosure, OfficialMessage, Statement
from samenhang.exchange.rules import Handling, check_reason
from samenhang.exchange.rules.receiving import Standing
from samenhang.foundation.states import check_transition
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.prosecution.actions.running import locked
from samenhang.prosecution.models import CriminalCase, Evidence, EvidenceStep, Offence
from samenhang.prosecution.rules import reach
from samenhang.prosecution.rules.course import PURPOSES
from samenhang.prosecution.rules.evidence import (
    NEXT,
    BadEvidence,
    KeptApart,
    Noted,
    Route,
    State,
    check_noted,
)
from samenhang.prosecution.rules.reach import Place, Reached

# Who works on a criminal file. What anybody else was given is no part of it.
CRIMINAL = ("POL", "OM", "LOVJ")
_STANDS = (Standing.OFFERED, Standing.ACCEPTED)


@transaction.atomic
def note_offence(case: CriminalCase, article: str, where: Place, reached: Reached, *, by: Actor) -> Offence:
    """Note what somebody is suspected of, and on which ground Dutch law reaches it.

    Raises NotThere, NotYours, CaseOver, BadOffence, NoReach.
    """
    case = locked(case, "criminal-case.prove", by=by)
    reach.check_offence(article, where, by.today, demonstration=by.simulated)
    ground = reach.check_reached(article, where, reached, demonstration=by.simulated)

    made = Offence.objects.create(
        **case.protection(),
        criminal_case=case,
        article=article,
        since=where.since,
        until=where.until,
        place=where.place.strip(),
        country=where.country,
        ground=ground.code,
        met=[one.code for one in ground.conditions],
        dual_note=reached.dual_note.strip() if ground.dual else "",
        noted_at=by.now,
        noted_by=by.user,
    )

    record("offence.noted", made, by=by, operation=Operation.COLLECTION, basis=ground.article)
    return made


@transaction.atomic
def withdraw_offence(offence: Offence, *, reason: str, by: Actor) -> Offence:
    """It was not so, or it is not prosecuted: it and its evidence count no more."""
    offence = _offence(offence, by)
    check_reason(reason)

    offence.withdrawn_at = by.now
    offence.save(update_fields=["withdrawn_at"])

    record("offence.withdrawn", offence, by=by, reason=reason)
    return offence


@transaction.atomic
def note_evidence(offence: Offence, noted: Noted, *, state: State = State.SOUGHT, by: Actor) -> Evidence:
    """Note where something for or against one element is, or is looked for.

    Raises NotThere, NotYours, CaseOver, BadEvidence, and KeptApart for administrative material without a
    route of its own.
    """
    offence = _offence(offence, by)
    check_noted(noted, offence.law, by.today)
    if state not in (State.SOUGHT, State.SECURED):
        raise BadEvidence(_("It begins as sought or secured."))
    if noted.route == Route.DEMAND:
        policy.require(by, "criminal-case.lead", offence)
    if noted.source and noted.source not in dict(sources(offence, noted.route, by=by)):
        raise KeptApart(
            _(
                "This was not given for the criminal case, or not as evidence. It stays apart until it comes "
                "by a route of its own."
            )
        )

    made = Evidence.objects.create(
        **offence.protection(),
        offence=offence,
        state=state,
        since=by.now,
        noted_by=by.user,
        **asdict(noted),
    )
    _step(made, "", by)

    record("evidence.noted", made, by=by, operation=Operation.COLLECTION)
    return made


@transaction.atomic
def move_evidence(piece: Evidence, state: State, *, words: str, by: Actor) -> Evidence:
    """What became of it. Who said so, since when and why stays. Raises IllegalTransition, Incomplete."""
    piece = Evidence.objects.unscoped("locked").select_for_update().get(pk=piece.pk)
    policy.require(by, "criminal-case.prove", piece)
    _offence(Offence.objects.unscoped("of the piece").get(pk=piece.offence_id), by)
    check_transition(NEXT, State(piece.state), state)
    check_reason(words)

    piece.state, piece.since = state, by.now
    piece.save(update_fields=["state", "since"])
    _step(piece, words.strip(), by)

    record("evidence.moved", piece, by=by)
    return piece


def sources(offence: Offence, route: str, *, by: Actor) -> list[tuple[str, str]]:
    """What came by this route and may be tied to an element: its reference, and how to tell it apart.

    An official message counts when it was sent for an investigation or a prosecution; a statement when it
    was given for one of these, still stands, and its provider does not forbid its use as evidence.
    """
    case = CriminalCase.objects.unscoped("whom it is about").get(pk=offence.criminal_case_id)
    if route == Route.MESSAGE:
        letters = OfficialMessage.objects.visible_to(by).filter(
            person_id=case.person_id, purpose__in=PURPOSES, withdrawn_at__isnull=True
        )
        return [(row.reference, f"{row.number} ({row.dated_on})") for row in letters.order_by("pk")]
    if route != Route.PROVISION:
        return []
    said = Statement.objects.visible_to(by).about(case.person_id).standing()
    usable = {row.scope for row in said if row.handling not in (Handling.H1, Handling.H3)}
    given = Disclosure.objects.visible_to(by).filter(
        scope__in=usable, purpose__in=PURPOSES, recipient__authority__in=CRIMINAL, standing__in=_STANDS
    )
    return [(row.reference, f"{row.scope}, {row.basis}") for row in given.latest_first()]


def fallen(offence: Offence, pieces: list[Evidence], *, by: Actor) -> set[str]:
    """Sources that no longer stand: called back, changed or withdrawn since. For who may see them."""
    known = {
        route: dict(sources(offence, route, by=by))
        for route in {piece.route for piece in pieces if piece.source}
    }
    return {piece.source for piece in pieces if piece.source and piece.source not in known[piece.route]}


def _offence(offence: Offence, by: Actor) -> Offence:
    found: Offence = Offence.objects.unscoped("locked").select_for_update().get(pk=offence.pk)
    policy.require(by, "criminal-case.prove", found)
    locked(CriminalCase.objects.unscoped("of the offence").get(pk=found.criminal_case_id), "read", by=by)
    if found.withdrawn_at is not None:
        raise BadEvidence(_("This offence was withdrawn."))
    return found


def _step(piece: Evidence, words: str, by: Actor) -> None:
    EvidenceStep.objects.create(
        **piece.protection(), piece=piece, state=piece.state, words=words, taken_at=by.now, taken_by=by.user
    )
