"""On which ground Dutch law reaches an offence: the day and the place of the offence say which may be.

Taken at the day of the offence (art. 1 Sr): the rules on offences abroad changed on 1 July 2014.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.prosecution.rules.tables import Article, Ground, articles, grounds

HOME = "NL"
AT_HOME = "SR-2"
# General knowledge: nobody may use it before a lawyer read it, outside a demonstration.
UNREAD = "G"


class NoReach(Refused):
    """Dutch law does not reach it like this."""

    code = "no-reach"
    status = 422


class BadOffence(Refused):
    code = "bad-offence"
    status = 422


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when. country: two letters, the Netherlands included. until: when it went on for days."""

    since: date
    place: str
    country: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """By which ground, which of its conditions somebody confirmed, and whether it is punishable there."""

    ground: str
    met: tuple[str, ...] = ()
    dual_note: str = ""


def articles_on(on: date, *, demonstration: bool) -> list[Article]:
    return [one for one in articles().values() if one.holds(on) and usable(one.mark, demonstration)]


def usable(mark: str, demonstration: bool) -> bool:
    return demonstration or mark != UNREAD


def grounds_for(article: str, where: Place, *, demonstration: bool) -> list[Ground]:
    """Those that may reach this offence. At home only that it is at home; abroad never that one."""
    abroad = where.country != HOME
    return [
        one
        for one in grounds().values()
        if one.abroad == abroad
        and one.holds(where.since)
        and (not one.offences or article in one.offences)
        and usable(one.mark, demonstration)
    ]


def check_offence(article: str, where: Place, today: date, *, demonstration: bool) -> Article:
    """The article of that day. Raises BadOffence."""
    if where.since > today or (where.until is not None and not where.since <= where.until <= today):
        raise BadOffence(_("Give days that have passed, the first one first."))
    if len(where.country) != 2 or not where.country.isalpha() or not where.country.isupper():
        raise BadOffence(_("Write the country as two capitals, such as NL or SY."))
    if not where.place.strip():
        raise BadOffence(_("Say where: a town or an area, as far as it is known."))
    found = articles().get(article)
    if found is None or not found.holds(where.since) or not usable(found.mark, demonstration):
        raise BadOffence(_("The law had no such article on that day, or nobody has read it yet."))
    return found


def check_reached(article: str, where: Place, reached: Reached, *, demonstration: bool) -> Ground:
    """The ground, with all its conditions confirmed. Raises NoReach."""
    possible = {one.code: one for one in grounds_for(article, where, demonstration=demonstration)}
    ground = possible.get(reached.ground)
    if ground is None:
        raise NoReach(_("This ground does not reach such an offence on that day and in that place."))
    missing = missing_conditions(ground, reached.met)
    if missing:
        raise NoReach(_("Not confirmed: %s.") % "; ".join(missing))
    if ground.dual and len(reached.dual_note.strip()) < 10:
        raise NoReach(
            _("This ground asks that it is punishable there too: name the article of that country.")
        )
    return ground


def missing_conditions(ground: Ground, met: Collection[str]) -> list[str]:
    return [str(one) for one in ground.conditions if one.code not in met]
