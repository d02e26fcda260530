"""Which kinds of measures can be about a legal person, and which about nothing else."""

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused

# A legal person can commit an offence (Sr 51), hold money, a subsidy, a permit or a hall, and publish. It has
# no passport, no benefit, and no duty to report at a desk. A kind that is not here is for human beings.
FOR_LEGAL_PERSONS = frozenset(
    {
        "TALK", "GW-172", "WOM", "SUBS-AWB", "TW-SUBS", "DEBT-RECOV", "FREEZE-NL", "FREEZE-EU", "FREEZE-UN",
        "CR-INV", "CR-140A", "CR-205", "CR-131", "CR-PREP", "CR-421", "INTL-INFO",
        "ON-FLAG", "ON-NTA", "ON-NTD", "ON-125P", "ON-TOI",
        "BW-220", "ANBI",
    }
)  # fmt: skip
# Dissolving (BW 2:20) and the tax status of an institution (AWR 5b).
ONLY_FOR_LEGAL_PERSONS = frozenset({"BW-220", "ANBI"})


class NotSuited(Refused):
    """The law has this measure for human beings, or for legal persons, and not for the other."""

    code = "not-suited"
    status = 422


def suits(kind: str, *, legal: bool) -> bool:
    return kind in FOR_LEGAL_PERSONS if legal else kind not in ONLY_FOR_LEGAL_PERSONS


def check_suits(kind: str, *, legal: bool) -> None:
    """Raises NotSuited."""
    if suits(kind, legal=legal):
        return
    if legal:
        raise NotSuited(_("The law has this measure for human beings. This case is about an organisation."))
    raise NotSuited(_("The law has this measure for organisations. This case is about a human being."))
