"""Making the report, and releasing what is small."""

from samenhang.national_picture.actions.releasing import (
    figure_to_release,
    find_release,
    release,
    revoke,
)
from samenhang.national_picture.actions.reporting import make_report, may

__all__ = ["figure_to_release", "find_release", "make_report", "may", "release", "revoke"]
