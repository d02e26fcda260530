"""What people write in the demonstration of 2026: for each deed its own words, which the facts of the story bear."""

from samenhang.persons.rules import Identity, Kind
from samenhang.persons.rules.contacts import Relation, Whom

# Who stands round the person of the first case.
ROUND_THEM = (
    (Relation.PARENT, Whom("Dorvelyn Nergensquavliet", "020 555 0100", "Bij gesprekken over werk en wonen.")),
    (
        Relation.OTHER,
        Whom("Ploffert Ixbuurthuis", "020 555 0101", "Kan een plek in de fietswerkplaats bieden."),
    ),
)

# A legal person; no real one has this number.
FOUNDATION = Identity(
    "Stichting Nergensfonds Wolkenyol", source="Handelsregister (verzonnen)", kind=Kind.FOUNDATION,
    seat="Nergenshuizen", kvk_number="00000000",
)  # fmt: skip
PAID_JOURNEYS = (
    "Het bestuur betaalde in oktober twee reizen naar het strijdgebied en plaatste op de eigen site een oproep om "
    "daar te gaan vechten. De penningmeester stemde tegen en stapte op."
)

# The five criteria of the law, in their order.
Words = tuple[str, str, str, str, str]

CAME_BACK: tuple[Words, Words, Words] = (
    (
        "Liet de wijkagent beelden van wapens zien en zei ermee geoefend te hebben. Ertegen: dreigde niemand.",
        "Zei vóór de reis dat geweld de enige weg is. Een overtuiging zonder daden telt hier niet mee.",
        "Vrienden van voor de reis zoeken contact; de moeder wijst geweld af en houdt betrokkene dichtbij.",
        "Sprak over ‘wij’ als het over de groep ging.",
        "Woont bij de moeder en heeft geen werk; vroeg zelf hoe de gemeente daarbij kan helpen.",
    ),
    (
        "De beelden tonen oefenen met een wapen. Of dat strafbaar is, onderzoekt het OM apart.",
        "Reisde naar een groep die geweld gebruikt; dat gaat verder dan een mening.",
        "Wie de reis regelde, is nog in de buurt. De moeder is een tegenwicht.",
        "Brak naar eigen zeggen met de ronselaar; dat is nog niet bevestigd.",
        "Zonder werk of dagbesteding valt betrokkene terug op oude vrienden.",
    ),
    (
        "De buurt kent betrokkene niet als gewelddadig; de beelden maken wel zorgen.",
        "Buurtbewoners hoorden betrokkene vóór de reis geweld goedpraten.",
        "De moeder belde zelf met de gemeente. Eén vriend van voor de reis blijft trekken.",
        "Praat met trots over de groep, en ook over heimwee naar huis.",
        "Hulp bij werk is begonnen; een eigen woning is er niet.",
    ),
)
SHOUTED: Words = (
    "Riep één keer leuzen over een gewapende groep; geen daad en geen voorbereiding gezien.",
    "De leuzen prijzen geweld. Meer dan die woorden is er niet.",
    "Stond er met studiegenoten, die erom lachten.",
    "Noemde de groep, maar kon niet zeggen waarvoor die staat.",
    "Studeert en woont thuis; de wijkagent kent de ouders.",
)
SHOUTED_TOO: Words = (
    "Oproepen tot geweld kan strafbaar zijn; om dit af te wegen is overleg nodig.",
    "De woorden prijzen een groep die geweld gebruikt.",
    "Wie erbij stond is bekend en wordt gehoord.",
    "Herhaalde leuzen uit een filmpje van de groep.",
    "Heeft een opleiding te verliezen; dat beschermt.",
)
NOT_ENOUGH: Words = (
    "Eén keer leuzen roepen is geen bereidheid tot geweld; de wijkagent spreekt betrokkene en de ouders.",
    "Woorden op een plein, zonder daden: te weinig voor dit criterium.",
    "De opleiding en de ouders houden zicht; niemand trekt betrokkene mee.",
    "De groep is voor betrokkene een naam uit een filmpje.",
    "Studie en thuis zijn op orde; jongerenwerk is genoeg.",
)
ASKED_FOR_CHEMICALS: Words = (
    "Sprak over wraak toen de winkelier niets meegaf. Ertegen: ging weg zonder dreigement.",
    "Deelde filmpjes van een groep die aanslagen prijst; zei dat praten geen zin meer heeft.",
    "Woont alleen; een broer belt elke week en vertrouwt het niet.",
    "Noemde die groep de enigen die iets doen; contact met iemand van de groep is niet gezien.",
    "Verloor in oktober het werk en heeft schulden.",
)

# What the police brought to the conference after the assessment: on which day they saw it, and what.
SEEN_SINCE = (
    (
        (10, 11),
        "Dreigde op 7, 9 en 11 oktober bij het buurthuis voorbijgangers met geweld; de wijkagent was erbij.",
    ),
    ((11, 9), "Vroeg een reisbureau naar een enkele reis naar het gebied van de eerdere reis. Kocht niets."),
    (
        (11, 15),
        "Dreigde op 14 en 15 november bij het buurthuis opnieuw. Tijdens het verbod bleef het daar rustig.",
    ),
    (
        (11, 18),
        "Belde volgens de moeder twee keer met wie de eerdere reis regelde. Wat er gezegd is, weet zij niet.",
    ),
)

# Of each measure: why it is needed, why nothing lighter will do, what it should bring about.
Reasons = tuple[str, str, str]

FIRST_BAN: Reasons = (
    "Betrokkene dreigde op 7, 9 en 11 oktober bij het buurthuis voorbijgangers met geweld.",
    "Een gesprek op 8 oktober en een waarschuwing op 10 oktober veranderden het gedrag niet.",
    "Een maand lang geen bedreigingen bij het buurthuis.",
)
SECOND_BAN: Reasons = (
    "Op 14 en 15 november, na het einde van het eerste verbod, dreigde betrokkene daar opnieuw.",
    "Een gesprek op 14 november hielp niet; tijdens het eerste verbod bleef het er rustig.",
    "Ook in de winter geen bedreigingen bij het buurthuis.",
)
ALERT: Reasons = (
    "Betrokkene vroeg op 9 november een reisbureau naar een enkele reis naar het gebied van de eerdere reis.",
    "De gesprekken over werk en de steun van de moeder hielden dit niet tegen.",
    "Betrokkene krijgt geen nieuw paspoort om daarmee uit te reizen.",
)
REPORTING: Reasons = (
    "Betrokkene zoekt weer contact met wie de eerdere reis regelde, en vroeg naar een enkele reis.",
    "De signalering van het paspoort houdt reizen over land niet tegen.",
    "Betrokkene blijft in het land en wordt elke week gezien.",
)

# Name and day of birth alone are the same; who issued the alert knows more.
SOMEBODY_ELSE = (
    "De plaatser gebeld: wie gezocht wordt, zit sinds september vast in het buitenland. Deze passagier is een "
    "neef met dezelfde naam en geboortedag."
)
