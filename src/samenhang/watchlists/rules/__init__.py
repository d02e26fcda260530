"""Pure policy of alerts, hits and lists. No query, clock or request."""

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused


class ReasonMissing(Refused):
    code = "reason-missing"
    status = 422


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Say why: the reason is kept."))
