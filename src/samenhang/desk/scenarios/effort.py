"""What police and service entered of their own effort, in both demonstrations: invented numbers with their document."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from samenhang.desk.scenarios.cast import Cast
from samenhang.desk.scenarios.letter.telling import Deed
from samenhang.national_picture import actions as national_picture
from samenhang.national_picture.rules.effort import Quarter, Told

ZONE = ZoneInfo("Europe/Amsterdam")
# Days after the quarter: of the report of that quarter, of entering it, and of looking again.
WRITTEN, ENTERED, CORRECTED = timedelta(days=12), timedelta(days=19), timedelta(days=26)
SOURCES = {
    "politiecijfers": "Verzonnen kwartaalbericht opsporing, tabel 2",
    "dienst": "Verzonnen kwartaalbericht van de dienst",
}
Numbers = Mapping[str, Sequence[int]]
POLICE_2026: Numbers = {
    "effort_investigations_opened": (38, 41, 44, 39),
    "effort_investigations_closed": (30, 36, 40, 42),
    "effort_investigations_running": (112, 117, 121, 118),
    "effort_investigators": (85, 85, 92, 92),
}
SERVICE_2026: Numbers = {
    "effort_service_products": (9, 11, 3, 12),
    "effort_service_investigations": (60, 60, 65, 65),
}
# The letter says that both intensified, and by how much nobody knows.
POLICE_2014: Numbers = {
    "effort_investigations_opened": (6, 9, 17, 28),
    "effort_investigations_closed": (2, 5, 7, 11),
    "effort_investigations_running": (14, 18, 28, 45),
    "effort_investigators": (30, 30, 55, 70),
}
SERVICE_2014: Numbers = {
    "effort_service_products": (5, 6, 8, 9),
    "effort_service_investigations": (20, 25, 40, 50),
}


def deeds(cast: Cast, police: Numbers, service: Numbers, last: Quarter) -> Iterator[Deed]:
    """A year of quarters up to this one; the police found one number wrong and corrected it."""
    for steps in reversed(range(4)):
        quarter = last.back(steps)
        for who, numbers in (("politiecijfers", police), ("dienst", service)):
            told = {key: values[3 - steps] for key, values in numbers.items()}
            yield Deed(_at(quarter, ENTERED), partial(_enter, cast, who, quarter, told))
    right = police["effort_investigations_closed"][2] + 1
    mended = partial(_correct, cast, "effort_investigations_closed", last.back(), right)
    yield Deed(_at(last.back(), CORRECTED), mended)


def _enter(cast: Cast, who: str, quarter: Quarter, numbers: Mapping[str, int], at: datetime) -> None:
    for key, value in numbers.items():
        told = Told(value, SOURCES[who], quarter.window.until + WRITTEN)
        national_picture.enter(key, quarter, told, by=cast.at(at, who, "statistics"))


def _correct(cast: Cast, key: str, quarter: Quarter, value: int, at: datetime) -> None:
    by = cast.at(at, "politiecijfers", "statistics")
    definition = national_picture.own(key, by=by)
    wrong = national_picture.entries(definition, quarter, by=by)[0]
    told = Told(
        value,
        SOURCES["politiecijfers"],
        quarter.window.until + WRITTEN,
        "Eén onderzoek was in die tabel niet meegeteld.",
    )
    national_picture.enter(key, quarter, told, follows=wrong.pk, by=by)


def _at(quarter: Quarter, after: timedelta) -> datetime:
    return datetime.combine(quarter.window.until + after, time(10), ZONE)
