"""Which countries may receive data about persons: those that a ministry assessed, until the day it named.

CTIVD 56; ECHR art. 3: no data where torture, the death penalty or repression may follow. A country that
nobody assessed, or whose assessment ended, is prohibited.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.law import law
from samenhang.grounds.rules.vocabulary import authority

# The condition of law that the assessment of the country meets, and nothing else does.
CHECK = "human-rights-check"
# House policy: a country is looked at again within a year.
LONGEST = timedelta(days=366)
# Bodies whose organisations stand in another country: their region is its code.
FOREIGN = frozenset({"foreign-police", "foreign-service", "foreign-piu"})
COURTS = frozenset({"FJUD"})
BETWEEN = frozenset({"eu-agency", "international-body"})


class BadAssessment(Refused):
    code = "bad-assessment"
    status = 422


def subject_of(country: str) -> str:
    """Under which name the assessment of a country stands among the approvals."""
    return f"COUNTRY-{country}"


def is_foreign(body: str) -> bool:
    """body: the code of an authority."""
    return body in COURTS or authority(body).kind in FOREIGN


def beyond_the_border() -> list[str]:
    """Codes of the bodies of other countries, of the Union and of the world."""
    return [code for code, one in law().authorities.items() if is_foreign(code) or one.kind in BETWEEN]


def not_met(body: str, country: str, enabled: Collection[str]) -> frozenset[str]:
    """What the country of this body leaves unmet. enabled: what stands approved that day."""
    if not is_foreign(body) or subject_of(country) in enabled:
        return frozenset()
    return frozenset({CHECK})


def check_assessment(country: str, minister: str, findings: str, *, until: date, today: date) -> None:
    """Raises BadAssessment."""
    if not re.fullmatch("[A-Z]{2}", country):
        raise BadAssessment(_("Write the country as two capital letters, as in a passport."))
    if not minister.strip() or not findings.strip():
        raise BadAssessment(_("Name the minister who decided, and say what was found about human rights."))
    if not today <= until <= today + LONGEST:
        raise BadAssessment(_("Choose a last day within a year: then the country is looked at again."))
