"""What a lawyer may approve: a kind of measure, or a rule that rests on general knowledge."""

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.law import law
from samenhang.grounds.rules.vocabulary import UnknownTerm


class NothingToApprove(Refused):
    code = "nothing-to-approve"


class AlreadyApproved(Refused):
    code = "already-approved"


class AlreadyTakenBack(Refused):
    code = "already-taken-back"


class NotAnswerable(Refused):
    code = "not-answerable"
    status = 422


def check_subject(subject: str) -> None:
    """Raises UnknownTerm for an unknown code, NothingToApprove where approval has no sense."""
    measures, rules = law().measures, {rule.id: rule for rule in law().rules}
    if subject in measures:
        if not measures[subject].versions:
            raise NothingToApprove(
                _("%(code)s has no ground in law, so nobody can approve it.") % {"code": subject}
            )
    elif subject not in rules:
        raise UnknownTerm(_("kind of measure or disclosure rule"), subject, [*measures, *rules])
    elif rules[subject].mark != "G":
        raise NothingToApprove(
            _("Rule %(code)s is in use already: its article was read.") % {"code": subject}
        )


def check_answerable(lawyer: str, reason: str) -> None:
    """Raises NotAnswerable: a later reader must know who judged, and why."""
    if not lawyer.strip() or not reason.strip():
        raise NotAnswerable(_("Name the lawyer and give the reason."))
