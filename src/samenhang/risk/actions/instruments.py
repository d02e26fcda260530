"""Installing instruments, accrediting people, and writing down what was concluded elsewhere."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours, pack
from samenhang.cases.models import Case
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import User
from samenhang.persons.models import kind_of
from samenhang.persons.rules import check_human
from samenhang.risk import rules
from samenhang.risk.models import Accreditation, ExternalResult, InstrumentPack, instruments


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody elsewhere concluded. report_at: where the report itself can be found."""

    instrument: str
    assessed_by: str
    assessed_on: date
    judgement: str
    valid_until: date
    report_at: str


@transaction.atomic
def install(data: bytes, *, by: Actor) -> InstrumentPack:
    """Install a pack of its licence holder. The same file twice changes nothing.

    Raises NotYours, NotAnInstrument; IllegalTransition when that version is here with other texts.
    """
    policy.require_function(by, "instrument.install")
    instrument = rules.read(data)
    same = InstrumentPack.objects.filter(digest=instrument.digest).first()
    if same is not None:
        return same
    if instrument.key in {one.key for one in instruments()}:
        raise rules.IllegalTransition(
            _("Version %s of this instrument is here already, with other texts. A change is a new version.")
            % instrument.version
        )
    made = InstrumentPack.objects.create(
        instrument=instrument.id,
        version=instrument.version,
        content=data,
        digest=instrument.digest,
        installed_at=by.now,
        installed_by=by.user,
    )
    record("instrument.installed", f"instrument:{instrument.digest[:20]}", by=by)
    return made


@transaction.atomic
def accredit(user: User, what: str, *, period: tuple[date, date], proof: str, by: Actor) -> Accreditation:
    """Let a colleague use an instrument from the first day of the period to the last.

    Raises NotYours for oneself and for other organisations; Incomplete.
    """
    policy.require_function(by, "accreditation.give")
    if user.organisation_id != by.organisation_id or user.pk == by.user_id:
        raise NotYours
    rules.check_reason(proof)
    starts, ends = period
    if ends < starts:
        raise rules.Incomplete(_("The last day lies before the first."))
    if what not in {one.accreditation for one in instruments()}:
        raise rules.Incomplete(_("No instrument here asks for this."))
    made: Accreditation = Accreditation.objects.create(
        user=user, what=what, starts_on=starts, ends_on=ends, proof=proof.strip(), given_by=by.user
    )
    record("accreditation.given", made.reference, by=by)
    return made


@transaction.atomic
def record_result(case: Case, result: Result, *, by: Actor) -> ExternalResult:
    """Write down what was concluded elsewhere about the person of this case.

    Raises NotThere, NotYours, OnlyOfHumans, Incomplete.
    """
    policy.require(by, "assessment.record-result", case)
    check_human(kind_of(case.person_id))
    rules.check_reason(result.instrument, result.assessed_by, result.judgement, result.report_at)
    if result.assessed_on > by.today or result.valid_until < result.assessed_on:
        raise rules.Incomplete(_("Its day lies before today, and it is valid from then on."))
    made: ExternalResult = ExternalResult.objects.create(
        scope=case.scope,
        provider_id=case.provider_id,
        category=rules.CONCLUSION,
        purposes=pack([rules.APPROACH]),
        case=case,
        person_id=case.person_id,
        recorded_at=by.now,
        recorded_by=by.user,
        **asdict(result),
    )
    record("assessment.result-recorded", made, by=by, operation=Operation.COLLECTION)
    return made
