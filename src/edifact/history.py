"""The history of a PNR (GR.10 to GR.12): who changed what and when, as entries in the making."""

from dataclasses import replace
from datetime import datetime

from edifact.records import Change

Entries = list[Change]


def opened(entries: Entries, by: str) -> None:
    """ABI: somebody did something."""
    entries.append(Change(by=by))


def timed(entries: Entries, at: datetime | None) -> None:
    """DAT after ABI."""
    entries[-1:] = [replace(_last(entries), at=at)]


def acted(entries: Entries, action: str) -> None:
    """SAC: one entry for each thing that was added or cancelled."""
    last = _last(entries)
    if last.action:
        entries.append(Change(last.by, last.at, action))
    else:
        entries[-1:] = [replace(last, action=action)]


def changed(entries: Entries, text: str) -> None:
    """What was added or cancelled. Names may be wrong ones: that is why they were changed."""
    last = _last(entries)
    entries[-1:] = [replace(last, segments=(*last.segments, text))]


def _last(entries: Entries) -> Change:
    return entries[-1] if entries else Change()
