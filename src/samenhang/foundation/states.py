"""State machines as tables: from each state, those that may follow."""

from collections.abc import Mapping, Set
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused

State = TypeVar("State", bound=TextChoices)


class IllegalTransition(Refused):
    code = "illegal-transition"


def check_transition(table: Mapping[State, Set[State]], current: State, wanted: State) -> None:
    """Raises IllegalTransition unless the table lets the wanted state follow the current one."""
    if wanted not in table[current]:
        raise IllegalTransition(
            _("What is “%(now)s” cannot become “%(then)s”.")
            % {"now": type(wanted)(current).label, "then": wanted.label}
        )
