"""Making the report, releasing what is small, publishing, and receiving what others deliver."""

from samenhang.national_picture.actions.comparing import compare_regions
from samenhang.national_picture.actions.delivering import (
    confirm_key,
    end_key,
    find_key,
    propose_key,
    receive,
    source_keys,
)
from samenhang.national_picture.actions.effort import SHOWN, Line, by_quarter, enter, entries, may_enter, own
from samenhang.national_picture.actions.publishing import (
    find_publication,
    publications,
    publish,
    report_to_publish,
)
from samenhang.national_picture.actions.releasing import (
    figure_to_release,
    find_release,
    release,
    revoke,
)
from samenhang.national_picture.actions.reporting import make_report, may
from samenhang.national_picture.actions.yearly import TravelYear, travel_year

__all__ = [
    "SHOWN",
    "Line",
    "TravelYear",
    "by_quarter",
    "compare_regions",
    "confirm_key",
    "end_key",
    "enter",
    "entries",
    "figure_to_release",
    "find_key",
    "find_publication",
    "find_release",
    "make_report",
    "may",
    "may_enter",
    "own",
    "propose_key",
    "publications",
    "publish",
    "receive",
    "release",
    "report_to_publish",
    "revoke",
    "source_keys",
    "travel_year",
]
