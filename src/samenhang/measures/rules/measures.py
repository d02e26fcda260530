"""What may become of a measure, when, and on what ground. No query, no clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition
from samenhang.grounds.rules.measures import AvailableMeasure, deciders, measures_available, term

# House policy, not law: a measure without a statutory term is looked at again within a year.
LONGEST_WITHOUT_REVIEW = timedelta(days=366)
SHORTEST_REASON = 10


class Status(TextChoices):
    SUGGESTED = "suggested", gettext_lazy("Suggested")
    CHECKED = "checked", gettext_lazy("Checked for legality")
    PROPOSED = "proposed", gettext_lazy("Proposed to the authority")
    RECORDED = "recorded", gettext_lazy("Decision recorded, waits for a second person")
    IMPOSED = "imposed", gettext_lazy("Imposed, not yet notified")
    NOTIFIED = "notified", gettext_lazy("Notified, not yet in force")
    IN_FORCE = "in-force", gettext_lazy("In force")
    SUSPENDED = "suspended", gettext_lazy("Suspended by a court")
    REFUSED = "refused", gettext_lazy("Refused by the authority")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
    LIFTED = "lifted", gettext_lazy("Lifted")
    LAPSED = "lapsed", gettext_lazy("Lapsed at its term")
    ANNULLED = "annulled", gettext_lazy("Annulled by a court or on objection")


NEXT: dict[Status, frozenset[Status]] = {
    Status.SUGGESTED: frozenset({Status.CHECKED, Status.WITHDRAWN}),
    Status.CHECKED: frozenset({Status.PROPOSED, Status.RECORDED, Status.WITHDRAWN}),
    Status.PROPOSED: frozenset({Status.IMPOSED, Status.REFUSED, Status.WITHDRAWN}),
    Status.RECORDED: frozenset({Status.IMPOSED, Status.CHECKED}),
    Status.IMPOSED: frozenset({Status.NOTIFIED, Status.IN_FORCE, Status.WITHDRAWN, Status.LAPSED}),
    # Back to imposed when it was written down in error that the person was told (Awb 3:40).
    Status.NOTIFIED: frozenset(
        {
            Status.IMPOSED,
            Status.IN_FORCE,
            Status.WITHDRAWN,
            Status.LAPSED,
            Status.SUSPENDED,
            Status.ANNULLED,
        }
    ),
    Status.IN_FORCE: frozenset(
        {
            Status.IMPOSED,
            Status.LIFTED,
            Status.LAPSED,
            Status.WITHDRAWN,
            Status.SUSPENDED,
            Status.ANNULLED,
        }
    ),
    # Its term runs on meanwhile (Awb 8:81): a suspension makes nothing last longer.
    Status.SUSPENDED: frozenset(
        {
            Status.NOTIFIED,
            Status.IN_FORCE,
            Status.LIFTED,
            Status.LAPSED,
            Status.WITHDRAWN,
            Status.ANNULLED,
        }
    ),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.LIFTED: frozenset({Status.ANNULLED}),
    Status.LAPSED: frozenset({Status.ANNULLED}),
    Status.ANNULLED: frozenset(),
}
# What is drawn in docs/measure-states.md.
MACHINES = {"Measure": NEXT}
OVER = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.LIFTED, Status.LAPSED, Status.ANNULLED})
OPEN = frozenset(Status) - OVER
# An annulled decision is as if it had never been, for figures and for whom it was about (Awb 8:72).
DECIDED = frozenset(
    {Status.IMPOSED, Status.NOTIFIED, Status.IN_FORCE, Status.SUSPENDED, Status.LIFTED, Status.LAPSED}
)
# Decided and not over: what holds, or will once the person is told or the court has spoken.
RUNNING = DECIDED & OPEN
# Those that the person felt: what they did can be seen.
FELT = frozenset({Status.IN_FORCE, Status.SUSPENDED, Status.LIFTED, Status.LAPSED})

# For which purpose a body acts when it decides on a kind, by the beginning of its code.
PURPOSES = {
    "TW-": "temporary-measure", "PASS-": "passport-decision", "NAT-": "nationality-decision",
    "VW-": "residence-decision", "VISUM": "residence-decision", "BEN-": "benefit-decision",
    "FREEZE-": "asset-freeze", "GW-": "public-order", "WOM": "public-order", "AREA-": "public-order",
    "SIS-": "border-check", "KMAR-": "border-check", "PNR-": "investigation", "CR-": "prosecution",
    "OTS": "child-protection", "VOTS": "child-protection", "UHP": "child-protection",
    "GESL": "child-protection", "GEZAG": "child-protection", "ON-": "content-removal",
    "BRP-": "residence-registration",
}  # fmt: skip


class NotInLaw(Refused):
    code = "not-in-law"


class NotApproved(Refused):
    code = "not-approved"


class NotCompetent(Refused):
    code = "not-competent"
    status = 403


class SamePerson(Refused):
    code = "same-person"
    status = 403


class WrongTerm(Refused):
    code = "wrong-term"


class MayNotKnow(Refused):
    """No disclosure rule lets this body receive the proposal."""

    code = "may-not-know"
    status = 403


class OnlyPeopleDecide(Refused):
    """A machine never decides on a measure."""

    code = "only-people-decide"
    status = 403


class BadDocument(Refused):
    code = "bad-document"
    status = 422


class NoReason(Refused):
    code = "no-reason"


class NotLighter(Refused):
    """What is eased ends sooner."""

    code = "not-lighter"
    status = 422


class BadJudgement(Refused):
    """What a court decided lacks its name, its number or a day that can be."""

    code = "bad-judgement"
    status = 422


class NoEffectYet(Refused):
    code = "no-effect-yet"
    status = 422


class EffectMissing(Refused):
    """A case cannot end before somebody wrote down what its measures did."""

    code = "effect-missing"


@dataclass(frozen=True, slots=True)
class Term:
    """From which day, and until which day it is no longer in force; or a day of review."""

    starts_on: date
    lapses_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as it stands in the authority's letter."""

    authority: str
    authority_name: str
    decided_on: date
    number: str
    reasons: str
    term: Term


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw a measure do, on which day: what it was meant to do, and what it did besides."""

    observed_on: date
    reached: str
    adverse: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a court, or the authority on an objection, decided: who, when, its number, in words."""

    body: str
    decided_on: date
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    content: bytes


def check_from(current: str, *allowed: Status) -> None:
    """Each deed begins from states of its own: several lead to the same one. Raises IllegalTransition."""
    if current not in allowed:
        raise IllegalTransition(_("This cannot be done while the measure is “%s”.") % Status(current).label)


def purpose_of(kind: str) -> str:
    """The purpose for which the deciding body uses the data."""
    return next((p for start, p in PURPOSES.items() if kind.startswith(start)), "person-centred-approach")


def check_kind(kind: str, on: date, *, approved: Collection[str], demonstration: bool) -> AvailableMeasure:
    """The kind as the law has it that day. Raises NotInLaw, NotApproved."""
    found = next((known for known in measures_available(on, approved) if known.code == kind), None)
    if found is None:
        raise NotInLaw(
            _("The law has no measure “%(kind)s” on %(day)s. Choose a kind that exists on that day.")
            % {"kind": kind, "day": date_format(on)}
        )
    if not found.approved and not demonstration:
        raise NotApproved(_("No lawyer has approved this kind of measure yet, so it cannot be used."))
    return found


def check_competent(kind: str, authority: str, on: date) -> None:
    """Only a body that may decide on this kind that day."""
    if authority in (bodies := deciders(kind, on)):
        return
    day = date_format(on)
    if not bodies:
        raise NotCompetent(_("As far as the law is known here, nobody decides on this measure on %s.") % day)
    raise NotCompetent(
        _("On %(day)s this body may not decide on this measure. The law names: %(bodies)s.")
        % {"day": day, "bodies": ", ".join(sorted(bodies))}
    )


def check_somebody_else(person: str, *others: str) -> None:
    if person in others:
        raise SamePerson(_("A second person must do this: you took an earlier step yourself."))


def check_reason(*texts: str) -> None:
    if any(len(text.strip()) < SHORTEST_REASON for text in texts):
        raise NoReason(_("Write down each reason in a full sentence, so that others can weigh it."))


def check_seen(seen: Seen, status: str, *, starts_on: date | None, today: date) -> None:
    """Raises NoEffectYet for a measure that nobody felt, and NoReason for an effect without words."""
    if status not in FELT or starts_on is None:
        raise NoEffectYet(_("This measure did not come into force, so it had no effect."))
    if not starts_on <= seen.observed_on <= today:
        raise NoEffectYet(_("What a measure does is seen after its first day, and not in the future."))
    check_reason(seen.reached, seen.adverse)


def check_judged(judged: Judged, *, decided_on: date | None, today: date) -> None:
    """decided_on: of the measure. Raises BadJudgement, NoReason."""
    check_reason(judged.words)
    if not (judged.body.strip() and judged.number.strip()):
        raise BadJudgement(_("Say which court or body decided, and the number of its decision."))
    if not (decided_on or today) <= judged.decided_on <= today:
        raise BadJudgement(_("This day lies before the measure itself, or has not come yet."))


def check_eased(lapses_on: date, *, before: date | None, today: date) -> None:
    """before: when it would have lapsed. Raises NotLighter."""
    if not today < lapses_on or (before is not None and lapses_on >= before):
        raise NotLighter(_("Choose a day after today and before the day on which it would end anyway."))


def check_told(told_on: date, *, decided_on: date | None, today: date) -> None:
    """decided_on: of the measure; nobody is told of what was not decided yet. Raises WrongTerm."""
    if told_on > today:
        raise WrongTerm(_("This day has not come yet. Write the day on which the person was told."))
    if decided_on is not None and told_on < decided_on:
        raise WrongTerm(
            _("This day lies before the decision of %s. Write the day on which the person was told.")
            % date_format(decided_on)
        )


def check_next_review(review_on: date, today: date) -> None:
    """Raises WrongTerm."""
    if not today < review_on <= today + LONGEST_WITHOUT_REVIEW:
        raise WrongTerm(_("A measure without a term needs a day of review within a year."))


def check_term(kind: str, starts_on: date, lapses_on: date | None, review_on: date | None) -> date | None:
    """The day on which the measure lapses: as wanted, and never after what the law allows.

    lapses_on: the first day on which it would no longer be in force. Raises
    WrongTerm when no term is given where the law sets one, when the term is
    longer than the law, or when a measure without a term has no review day.
    """
    latest = term(kind, starts_on)
    if lapses_on is not None and lapses_on <= starts_on:
        raise WrongTerm(_("The measure would end before it starts. Choose a later last day."))
    if latest is not None and lapses_on is None:
        raise WrongTerm(
            _("This measure has a term in law: counted from its first day it ends on %s at the latest.")
            % date_format(latest)
        )
    if latest is not None and lapses_on is not None and lapses_on > latest:
        raise WrongTerm(
            _(
                "Counted from its first day, %(first)s, the law lets this measure last until %(last)s at "
                "the latest."
            )
            % {"first": date_format(starts_on), "last": date_format(latest)}
        )
    if lapses_on is None and (
        review_on is None or not starts_on < review_on <= starts_on + LONGEST_WITHOUT_REVIEW
    ):
        raise WrongTerm(_("A measure without a term needs a day of review within a year."))
    return lapses_on


def suggested_term(kind: str, starts_on: date) -> date | None:
    """The longest term, as a suggestion in the form."""
    return term(kind, starts_on)
