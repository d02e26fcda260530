"""Why the approach is in the interest of a child (IVRK art. 3): when it is taken up, and at each review."""

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused


class InterestMissing(Refused):
    """About a minor nobody decides before they wrote why it is in the interest of the child."""

    code = "interest-missing"
    status = 422


def check_interest(words: str, *, child: bool) -> None:
    """Raises InterestMissing."""
    if child and not words.strip():
        raise InterestMissing(
            _("This is about a minor. First write why the approach is in the interest of this child.")
        )
