"""Alerts, official lists, screening runs, hits."""

from samenhang.watchlists.models.alerts import Alert
from samenhang.watchlists.models.lists import ListApproval, ListedRecord, ListVersion, OfficialList
from samenhang.watchlists.models.runs import RememberedFalseHit, ScreeningRun

__all__ = [
    "Alert",
    "ListApproval",
    "ListVersion",
    "ListedRecord",
    "OfficialList",
    "RememberedFalseHit",
    "ScreeningRun",
]
