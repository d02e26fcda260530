"""Everything that changes an alert, a list or a hit."""

from samenhang.watchlists.actions.alerts import issue, lift, renew
from samenhang.watchlists.actions.border import Way, forget_border_hits, note, pass_on, ways
from samenhang.watchlists.actions.forgetting import forget
from samenhang.watchlists.actions.lists import Imported, approve_list, import_list, take_back_approval
from samenhang.watchlists.actions.review import confirm, judge, reopen
from samenhang.watchlists.actions.screening import Screened, catch_up, screen, screen_waiting
from samenhang.watchlists.actions.thresholds import ListToday, expect, lists_today, may_set, set_threshold
from samenhang.watchlists.actions.transferring import Recipient, may_transfer, recipients, transfer

__all__ = [
    "Imported",
    "ListToday",
    "Recipient",
    "Screened",
    "Way",
    "approve_list",
    "catch_up",
    "confirm",
    "expect",
    "forget",
    "forget_border_hits",
    "import_list",
    "issue",
    "judge",
    "lift",
    "lists_today",
    "may_set",
    "may_transfer",
    "note",
    "pass_on",
    "recipients",
    "renew",
    "reopen",
    "screen",
    "screen_waiting",
    "set_threshold",
    "take_back_approval",
    "transfer",
    "ways",
]
