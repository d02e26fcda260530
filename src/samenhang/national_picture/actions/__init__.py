"""Making the report, releasing what is small, and publishing."""

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

__all__ = [
    "figure_to_release",
    "find_publication",
    "find_release",
    "make_report",
    "may",
    "publications",
    "publish",
    "release",
    "report_to_publish",
    "revoke",
]
