"""A data breach in the demonstration of 2026: noted by a municipality, and open for who looks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from samenhang.desk.scenarios.cast import Cast
from samenhang.oversight import actions as oversight
from samenhang.oversight.models import PersonalDataBreach
from samenhang.oversight.rules import Data, Note, Told

ZONE = ZoneInfo("Europe/Amsterdam")
NOTICED = datetime(2026, 11, 22, 16, 30, tzinfo=ZONE)
NOTED = datetime(2026, 11, 22, 17, 10, tzinfo=ZONE)
SAID = Told(
    happened="Een verzonnen brief over een verzonnen casus ging naar Maansteeg 12 in plaats van 21. De bewoner "
    "van nummer 12 opende hem en belde de gemeente.",
    consequences="De bewoner weet nu dat over een buurtgenoot wordt overlegd, en waarom.",
    measures="De brief is opgehaald. De bewoner zegt dat er geen kopie is.",
    source="Politie: een zin in de brief kwam uit haar inbreng.",
)


def noted(cast: Cast) -> list[PersonalDataBreach]:
    """The case director notes it; to assess it and to tell the authority waits for the visitor."""
    note = Note(SAID, NOTICED, (Data.CASES,), persons=2, records=1)
    return oversight.note(note, by=cast.at(NOTED, "regisseur", "person-centred-approach"))
