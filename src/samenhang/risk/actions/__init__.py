"""Everything that changes an assessment, an instrument or an accreditation."""

from samenhang.risk.actions.assessing import call_off, contest, end_stale, finish, plan, settle, write
from samenhang.risk.actions.instruments import accredit, install, record_result

__all__ = [
    "accredit",
    "call_off",
    "contest",
    "end_stale",
    "finish",
    "install",
    "plan",
    "record_result",
    "settle",
    "write",
]
