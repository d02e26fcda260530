"""Alerts, official lists, screening runs, hits."""

from samenhang.watchlists.models.alerts import Alert
from samenhang.watchlists.models.border import BorderHit
from samenhang.watchlists.models.hits import Hit, Judgement
from samenhang.watchlists.models.lists import ListApproval, ListedRecord, ListVersion, OfficialList
from samenhang.watchlists.models.runs import RememberedFalseHit, ScreeningRun
from samenhang.watchlists.models.tally import HitTally
from samenhang.watchlists.models.thresholds import ListThreshold

__all__ = [
    "Alert",
    "BorderHit",
    "Hit",
    "HitTally",
    "Judgement",
    "ListApproval",
    "ListThreshold",
    "ListVersion",
    "ListedRecord",
    "OfficialList",
    "RememberedFalseHit",
    "ScreeningRun",
]
