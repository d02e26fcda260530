"""Everything that changes an alert, a list or a hit."""

from samenhang.watchlists.actions.alerts import issue, lift, renew
from samenhang.watchlists.actions.lists import Imported, approve_list, import_list, take_back_approval

__all__ = ["Imported", "approve_list", "import_list", "issue", "lift", "renew", "take_back_approval"]
