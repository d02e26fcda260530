"""Evaluation, handling, and the states of a signal."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.exchange.rules.conduct import check_no_service_quoted
from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.bodies import WEIGHERS

if TYPE_CHECKING:
    from samenhang.organisations.models import Organisation

# The mayor is that of the home municipality.
SEATS = WEIGHERS

# What a participant writes down for the joint bodies, unless it says otherwise.
PURPOSES = ("weighing", "person-centred-approach")

# House policy, not law: how long whoever leans on a fallen statement has to look again.
RECONSIDER_WITHIN = timedelta(days=14)


class Kind(TextChoices):
    """Whether somebody saw it, or thinks it."""

    FACT = "fact", gettext_lazy("Fact")
    ASSESSMENT = "assessment", gettext_lazy("Assessment")


class Source(TextChoices):
    """Evaluation of the source in the 4×4 system of European police."""

    ALWAYS = "A", gettext_lazy("A: no doubt about the source")
    MOSTLY = "B", gettext_lazy("B: the source was right in most cases")
    MOSTLY_NOT = "C", gettext_lazy("C: the source was wrong in most cases")
    UNKNOWN = "X", gettext_lazy("X: the source cannot be judged")


class Information(TextChoices):
    """Evaluation of the information in the 4×4 system."""

    CERTAIN = "1", gettext_lazy("1: certain")
    KNOWN = "2", gettext_lazy("2: known to the source itself, not to who passes it on")
    CONFIRMED = "3", gettext_lazy("3: not known to the source itself, but confirmed by other information")
    UNCONFIRMED = "4", gettext_lazy("4: not known to the source itself and not confirmed")


# What the two signs say, short enough to stand beside a text.
SOURCE_WORDS = {
    Source.ALWAYS: gettext_lazy("source always right"),
    Source.MOSTLY: gettext_lazy("source mostly right"),
    Source.MOSTLY_NOT: gettext_lazy("source mostly wrong"),
    Source.UNKNOWN: gettext_lazy("source cannot be judged"),
}
INFORMATION_WORDS = {
    Information.CERTAIN: gettext_lazy("certain"),
    Information.KNOWN: gettext_lazy("known to the source itself"),
    Information.CONFIRMED: gettext_lazy("confirmed by others"),
    Information.UNCONFIRMED: gettext_lazy("not confirmed"),
}


def evaluation_in_words(source: str, information: str) -> str:
    """Both signs as police write them, and what they mean: “B2: source mostly right, certain”."""
    meaning = f"{SOURCE_WORDS[Source(source)]}, {INFORMATION_WORDS[Information(information)]}"
    return f"{source}{information}: {meaning}"


class Handling(TextChoices):
    """What a recipient may do with it (Europol handling codes)."""

    H0 = "H0", gettext_lazy("H0: for the purpose for which it was given")
    H1 = "H1", gettext_lazy("H1: not as evidence without permission")
    H2 = "H2", gettext_lazy("H2: not to be passed on without permission")
    H3 = "H3", gettext_lazy("H3: other restriction, see the text")


class Origin(TextChoices):
    """How the submitter came to know (letter 29754-251, ch. 2; Wet PGA art. 5(1): anyone may report)."""

    OWN_WORK = "own-work", gettext_lazy("Own work: a colleague saw or heard it")
    REPORT = "report", gettext_lazy("Somebody reported it, such as a citizen, a relative or a school")
    MESSAGE = "message", gettext_lazy("An official message")
    TRAVEL = "travel-hit", gettext_lazy("A hit in travel data that a person confirmed")
    BORDER = "border-hit", gettext_lazy("A hit at the border")


class Triage(IntegerChoices):
    """How soon a signal must be weighed, chosen by a person for its conduct: the first comes first."""

    DIRECT_THREAT = 1, gettext_lazy("First: somebody travelled out or came back and is a direct threat")
    SOON = 2, gettext_lazy("Soon: there are signs that somebody is about to leave or to act")
    ORDINARY = 3, gettext_lazy("In its turn: other conduct that worries")


# House policy, not law: within how many days each class is weighed.
WEIGHED_WITHIN: Mapping[Triage, timedelta] = {
    Triage.DIRECT_THREAT: timedelta(days=2),
    Triage.SOON: timedelta(days=7),
    Triage.ORDINARY: timedelta(days=28),
}


class Status(TextChoices):
    """How far a signal has come."""

    RECEIVED = "received", gettext_lazy("Written down")
    OFFERED = "offered", gettext_lazy("Offered for weighing")
    TAKEN_UP = "taken_up", gettext_lazy("Taken up")
    NOT_TAKEN_UP = "not_taken_up", gettext_lazy("Not taken up")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


NEXT = {
    # Taken up without an offer only before the Act, by the partners of a covenant.
    Status.RECEIVED: {Status.OFFERED, Status.TAKEN_UP, Status.WITHDRAWN},
    Status.OFFERED: {Status.TAKEN_UP, Status.NOT_TAKEN_UP, Status.WITHDRAWN},
    Status.TAKEN_UP: {Status.WITHDRAWN},
    Status.NOT_TAKEN_UP: {Status.WITHDRAWN},
    Status.WITHDRAWN: set[Status](),
}


class NotLawful(Refused):
    """No rule of that day allows it. The message is the law's own sentence, unmet conditions included."""

    code = "not-lawful"


class TooFirm(Refused):
    code = "too-firm"
    status = 422


class NecessityMissing(Refused):
    code = "necessity-missing"
    status = 422


class Incomplete(Refused):
    code = "incomplete"
    status = 422


class NobodyThere(Refused):
    code = "nobody-there"


class NoChild(Refused):
    code = "no-child"


class NotYourData(Refused):
    code = "not-your-data"
    status = 403


@dataclass(frozen=True, slots=True)
class Content:
    """What a statement says and how well it stands.

    basis: the article under which the provider has it. necessity: why a
    recipient needs exactly this. true_until: empty while it still holds.
    special: it holds data of AVG art. 9.
    """

    text: str
    basis: str
    necessity: str = ""
    kind: str = Kind.FACT
    source_evaluation: str = Source.UNKNOWN
    information_evaluation: str = Information.UNCONFIRMED
    handling: str = Handling.H0
    true_from: date | None = None
    true_until: date | None = None
    special: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One category of data in one scope."""

    scope: str
    category: str
    special: bool = False


@dataclass(frozen=True, slots=True)
class Provision:
    """What one organisation gives: which items, what for, as whom the recipient receives.

    capacity: the joint body in which the recipient sits (``WEEG``, ``CASUS``);
    empty when it receives for itself. not_met: conditions of the law that are
    not met; all others count as met, so the asker must have asked. mode:
    ``system``, ``written`` or ``oral``. ends_at: when the recipient reads it no more by itself.
    """

    provider: "Organisation"
    items: tuple[Item, ...]
    purpose: str
    capacity: str = ""
    not_met: frozenset[str] = frozenset()
    mode: str = "system"
    ends_at: datetime | None = None


def check_content(content: Content) -> None:
    """Raises Incomplete, NecessityMissing for special data without its reason (Wet PGA art. 8), and
    OnlyByOfficialMessage for what a service is said to have said."""
    check_no_service_quoted(content.text)
    if not content.text.strip() or not content.basis.strip():
        raise Incomplete(_("Say what is known, and under which article your organisation has it."))
    if content.special and not content.necessity.strip():
        raise NecessityMissing(
            _("This holds special personal data. Say why that is strictly necessary, or leave it out.")
        )
    if content.true_from and content.true_until and content.true_until < content.true_from:
        raise Incomplete(_("It cannot have ended before it began."))


def check_happened(content: Content, today: date) -> None:
    """A fact has happened. What somebody expects is an assessment. Raises Incomplete."""
    if content.kind == Kind.FACT and content.true_from is not None and content.true_from > today:
        raise Incomplete(
            _(
                "This day is still to come, so it cannot be a fact. Write the day on which it happened, or"
                " call it an assessment when it is what you expect."
            )
        )


def check_not_firmer(content: Content, sources: Collection[tuple[str, str]]) -> None:
    """sources: evaluation of source and information of each statement from which this was concluded.

    Raises TooFirm when it is presented firmer than the firmest of them.
    """
    ranks = list(Source.values), list(Information.values)
    mine = (content.source_evaluation, content.information_evaluation)
    for rank, said, of_sources in zip(ranks, mine, zip(*sources, strict=True), strict=False):
        if rank.index(said) < min(rank.index(one) for one in of_sources):
            raise TooFirm(_("This cannot be firmer than what it was concluded from."))


def check_provider(provider: int, asking: int) -> None:
    """Who provided it keeps control. Both are keys of organisations."""
    if provider != asking:
        raise NotYourData(_("Only the organisation that provided this may do that."))


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Incomplete(_("Say why: the reason is kept."))


def listed(sentences: Iterable[str]) -> str:
    """Each sentence once, in order."""
    return " ".join(dict.fromkeys(sentences))
