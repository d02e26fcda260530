"""How a version of a rule comes to be, comes into force, and ends."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours, may_do, pack
from samenhang.criteria import rules
from samenhang.criteria.actions.review import count
from samenhang.criteria.models import Approval, Match, Rule, Version
from samenhang.criteria.rules import Stage, Wording, trial
from samenhang.criteria.rules.matches import Precision, What
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging.actions import become
from samenhang.judging.rules import CATEGORY, KEPT_FOR, Status
from samenhang.organisations.models import Organisation

UNIT = "PINL"


def may_write(*, by: Actor) -> bool:
    """Whether this is a person of the unit who may write rules."""
    return may_do("criterion.write", by.roles) and by.authority == UNIT and by.human


def precision(versions: Sequence[Version], *, by: Actor) -> dict[int, Precision]:
    """How often each was right, as far as the actor's own body judged: two numbers that name nobody."""
    own = Match.objects.unscoped("two numbers of a version that may be read").filter(
        provider=by.organisation_id
    )
    return own.precision(versions)


@transaction.atomic
def open_rule(name: str, recipient: Organisation, wording: Wording, *, by: Actor) -> Rule:
    """A new rule with its first version, a draft. Raises NotYours and what ``check_wording`` raises."""
    if not may_write(by=by):
        raise NotYours
    if not name.strip() or recipient.authority not in rules.RECIPIENTS:
        raise rules.NotComplete(_("Give the rule a name, and say which authority its matches may go to."))
    rules.check_wording(wording, by.today)

    reference = new_reference("CR")
    rule = Rule.objects.create(
        reference=reference,
        scope=reference,
        provider_id=by.organisation_id,
        category=CATEGORY,
        # The data-protection officer of the unit reads every rule (Directive (EU) 2016/681 art. 5 and 6(7)).
        purposes=pack(KEPT_FOR),
        name=name.strip(),
        recipient=recipient,
        owner_id=by.user_id,
        opened_at=by.now,
    )
    record("rule.opened", rule, by=by)

    _write(rule, 1, wording, by)
    return rule


@transaction.atomic
def reword(rule: Rule, wording: Wording, *, by: Actor) -> Version:
    """The next version, a draft; what is in force stays so until this one is. An earlier draft goes.

    Raises NotThere, NotYours and what ``check_wording`` raises.
    """
    found = Rule.objects.unscoped("an action locks what its actor may read").select_for_update()
    rule = found.get(pk=rule.pk)
    _require(rule, "criterion.write", by)
    rules.check_wording(wording, by.today)

    newest = Version.objects.unscoped("to number the next").of(rule).first()
    if newest and newest.stage in rules.IN_THE_MAKING:
        _end(newest, Stage.WITHDRAWN, by)
        record("version.withdrawn", newest, by=by, reason="A later version was written.")
    return _write(rule, newest.number + 1 if newest else 1, wording, by)


@transaction.atomic
def try_out(version: Version, *, by: Actor) -> Version:
    """Run it on made travellers of every culture of names, and keep what it did. Takes some seconds.

    Raises NotThere, NotYours, IllegalTransition, and TooWide when it matches too many: then it stays a draft.
    """
    version = _locked(version, "criterion.write", by)
    rules.check_transition(rules.NEXT, Stage(version.stage), Stage.TRIED)
    rows = trial.run(version.when, version.unless, on=by.today, each=trial.EACH)
    trial.check_narrow(rows)

    version.stage, version.tried_on, version.trial = Stage.TRIED, by.today, trial.stored(rows)
    version.save(update_fields=["stage", "tried_on", "trial"])

    record("version.tried", version, by=by)
    return version


@transaction.atomic
def approve(version: Version, *, reason: str, leaning: str = "", by: Actor) -> Version:
    """Say that it may run. The second approval brings it into force, in place of the version before.

    leaning: needed when the trial shows a culture of names matched far more than others. Raises NotThere,
    NotYours, IllegalTransition, ColleagueNeeded, TermOver and NotComplete.
    """
    version = _locked(version, "criterion.approve", by)
    wanted = rules.APPROVED.get(Stage(version.stage), Stage.IN_FORCE)
    rules.check_transition(rules.NEXT, Stage(version.stage), wanted)
    rules.check_not_over(version.ends_on, by.today)
    rules.check_approver(by.user_id, version.author_id, [one.user_id for one in version.approvals.all()])
    rules.check_reason(reason)
    if trial.leaning(version.rows):
        rules.check_reason(leaning)

    Approval.objects.create(
        version=version, user_id=by.user_id, reason=reason.strip(), leaning=leaning.strip(), at=by.now
    )
    if wanted == Stage.IN_FORCE:
        _replace(version, by)
    version.stage = wanted
    version.save(update_fields=["stage"])

    event = "version.in-force" if wanted == Stage.IN_FORCE else "version.approved"
    record(event, version, by=by, operation=Operation.DECISION, reason=reason)
    return version


@transaction.atomic
def withdraw(version: Version, *, reason: str, by: Actor) -> Version:
    """End it at once; matches of it that nobody finished lapse.

    Raises NotThere, NotYours, IllegalTransition and NotComplete.
    """
    version = _locked(version, "criterion.withdraw", by)
    rules.check_transition(rules.NEXT, Stage(version.stage), Stage.WITHDRAWN)
    rules.check_reason(reason)

    _end(version, Stage.WITHDRAWN, by)
    open_ones = Match.objects.unscoped("a version that is taken back takes them with it").select_for_update()
    for match in open_ones.unfinished().filter(version=version):
        become(match, Status.LAPSED, by=by)
        count(What.LAPSED, by=by)
        record("match.lapsed", match, by=by)

    record("version.withdrawn", version, by=by, operation=Operation.DECISION, reason=reason)
    return version


def end_over(*, by: Actor) -> int:
    """Note of which versions the term is over; they stopped by themselves before. What waits, waits on."""
    policy.require_function(by, "passenger.screen")
    over = list(Version.objects.unscoped("to end what is over").over(by.today).values_list("pk", flat=True))
    for key in over:
        with transaction.atomic():
            rows = Version.objects.unscoped("to end it once").select_for_update()
            version = rows.over(by.today).filter(pk=key).first()
            if version:
                _end(version, Stage.ENDED, by)
                record("version.ended", version, by=by)
    return len(over)


def _write(rule: Rule, number: int, wording: Wording, by: Actor) -> Version:
    version = Version.objects.create(
        **rule.protection(),
        rule=rule,
        number=number,
        purpose=wording.purpose.strip(),
        offence=wording.offence,
        when=wording.when,
        unless=wording.unless,
        starts_on=wording.starts_on,
        ends_on=wording.ends_on,
        author_id=by.user_id,
        written_at=by.now,
    )
    record("version.written", version, by=by)
    return version


def _replace(version: Version, by: Actor) -> None:
    before = Version.objects.unscoped("one version of a rule is in force").select_for_update()
    for one in before.filter(rule=version.rule_id, stage=Stage.IN_FORCE):
        _end(one, Stage.REPLACED, by)
        record("version.replaced", one, by=by)


def _end(version: Version, stage: Stage, by: Actor) -> None:
    version.stage, version.ended_at = stage, by.now
    version.save(update_fields=["stage", "ended_at"])


def _locked(version: Version, deed: str, by: Actor) -> Version:
    rows = Version.objects.unscoped("an action locks what its actor may read").select_for_update()
    found: Version = rows.get(pk=version.pk)
    _require(found, deed, by)
    return found


def _require(found: Rule | Version, deed: str, by: Actor) -> None:
    policy.require(by, deed, found)
    if not by.human or found.provider_id != by.organisation_id:
        raise NotYours
