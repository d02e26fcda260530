"""What the letter of June 2014 promises and leans on about travel data (Kamerstuk 29 754, nr. 251).

Facts in our own sentences. Where the letter names no last day, the ministry of the demonstration chose one.
"""

from dataclasses import replace
from datetime import date, datetime

from samenhang.desk.scenarios.cast import Cast
from samenhang.programme import actions as programme
from samenhang.programme.models import Commitment
from samenhang.programme.rules import Forum, Office, Paper, Promise, Read, State

LETTER = Paper("Kamerstuk 29 754, nr. 251", "hoofdstuk 1", date(2014, 6, 30), Read.IN_SOURCE)
DIRECTIVE = Paper("Richtlijn (EU) 2016/681", "PbEU 2016, L 119", date(2016, 4, 27), Read.IN_SOURCE)
# The answer was read in part and names the letter of that day; the letter itself was not read.
TOLD = Paper(
    "Brief van de minister aan de Tweede Kamer van 9 september 2014",
    "genoemd in Aanhangsel Handelingen 2014–2015, nr. 215, antwoord 1", date(2014, 9, 9), Read.NOT,
)  # fmt: skip
CONCLUDED = Promise(
    Office.COUNCIL, Forum.MEMBER_STATES,
    "De JBZ-raad benadrukte, het laatst op 5 juni 2014, hoe belangrijk het is dat reisgegevens structureel "
    "gebruikt kunnen worden om uitreizigers naar Syrië op te merken.",
    date(2014, 6, 5), LETTER,
)  # fmt: skip
A_LETTER = Promise(
    Office.JUSTICE, Forum.HOUSE,
    "Een brief aan de Tweede Kamer over reisgegevens en het nationale portaal.",
    LETTER.dated_on, replace(LETTER, place="hoofdstuk 1 en noot 5 (Aanhangsel Handelingen 2013–2014, nr. 1275)"),
    "na de informele JBZ-raad van 8 juli 2014", date(2014, 9, 1),
)  # fmt: skip
AN_ASSESSMENT = Promise(
    Office.JUSTICE, Forum.HOUSE,
    "Beoordelen of de wettelijke bevoegdheden om reisgegevens te gebruiken tegen terroristische en andere zware "
    "misdrijven moeten worden uitgebreid.",
    LETTER.dated_on, replace(LETTER, place="hoofdstuk 3"),
    "na het besluit over het Europese actieplan op 8 juli 2014", date(2014, 9, 1),
)  # fmt: skip
INVENTED = Promise(
    Office.JUSTICE, Forum.HOUSE,
    "Verzonnen voor deze demonstratie: de cijfers over reisgegevens van 2026 naar de Tweede Kamer sturen.",
    date(2026, 9, 15), Paper("Verzonnen Kamerstuk 00 000, nr. 1", "", date(2026, 9, 17)),
    "voor het kerstreces", date(2026, 12, 17),
)  # fmt: skip


def of_the_letter(cast: Cast, who: str, at: datetime) -> list[Commitment]:
    """Write down what the letter says: the conclusion, the letter to come, the assessment to come."""
    by = cast.at(at, who, "statistics")
    return [programme.note(promise, by=by) for promise in (CONCLUDED, A_LETTER, AN_ASSESSMENT)]


def what_became_of_them(cast: Cast, who: str, at: datetime) -> None:
    """The same three as known in 2026, and one that was promised in the story and is still open."""
    concluded, letter, assessment = of_the_letter(cast, who, at)
    by = cast.at(at, who, "statistics")
    programme.end(
        concluded, State.FULFILLED, paper=DIRECTIVE, by=by,
        reason="De richtlijn laat elke lidstaat boekingsgegevens van passagiers verwerken, met de grenzen die zij stelt.",
    )  # fmt: skip
    programme.end(
        letter, State.FULFILLED, paper=TOLD, by=by,
        reason="Het antwoord op Kamervragen noemt een brief van die dag over dit onderwerp. De brief zelf en zijn "
        "nummer zijn niet nagezocht.",
    )  # fmt: skip
    programme.end(
        assessment, State.SUPERSEDED, paper=DIRECTIVE, by=by,
        reason="De minister zag in 2014 voor toen af van een eigen wetsvoorstel (Aanhangsel Handelingen 2014–2015, "
        "nr. 215). De bevoegdheid kwam met de richtlijn en de PNR-wet.",
    )  # fmt: skip
    programme.note(INVENTED, by=by)
