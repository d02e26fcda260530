"""Alerts, official lists, screening runs, hits."""

from samenhang.watchlists.models.alerts import Alert
from samenhang.watchlists.models.hits import Hit, Judgement
from samenhang.watchlists.models.lists import ListApproval, ListedRecord, ListVersion, OfficialList
from samenhang.watchlists.models.runs import RememberedFalseHit, ScreeningRun

__all__ = [
    "Alert",
    "Hit",
    "Judgement",
    "ListApproval",
    "ListVersion",
    "ListedRecord",
    "OfficialList",
    "RememberedFalseHit",
    "ScreeningRun",
]
