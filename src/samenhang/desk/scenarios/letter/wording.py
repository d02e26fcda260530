"""What people write in the story: as it fits who it is about, where that person is, and what is asked."""

from dataclasses import dataclass
from datetime import date, timedelta

from samenhang.exchange.rules import Content, Information, Source
from samenhang.exchange.rules.movements import AWAY, Whereabouts
from samenhang.persons.rules.contacts import Whom

# The national police and their Act came on this day; before, the forces acted under the Act of 1993.
NATIONAL_POLICE = date(2013, 1, 1)

# Of a minor: who represents them, and why being taken up is in their interest.
GUARDIAN = Whom("Voogdijbureau Nergensland", "020 555 0104", "Krijgt de brieven over het kind.")
IN_ITS_INTEREST = "School gaat door, thuis krijgt hulp, en wie het kind wil meenemen wordt weggehouden."


@dataclass(frozen=True)
class Why:
    """Why a measure is needed, why nothing lighter will do, and what it should bring about."""

    necessity: str
    subsidiarity: str
    intended: str


def police_act(on: date) -> str:
    return f"{'Politiewet 2012 art. 3' if on >= NATIONAL_POLICE else 'Politiewet 1993 art. 2'}; Wpg art. 8"


OBSERVED = {
    "away": "Familie vertelde dat betrokkene in het strijdgebied is en meevecht, en liet berichten van daar zien.",
    "back": (
        "Betrokkene kwam terug en vertelde de wijkagent in het strijdgebied te zijn geweest. De familie wijst "
        "geweld af en ziet betrokkene elke dag. Betrokkene vroeg hoe aan werk te komen."
    ),
    "here": "Betrokkene zei tegen bekenden te willen meevechten en verkocht eigen spullen voor de reis.",
}
STAYS = {
    "away": "Betrokkene is nog in het strijdgebied; de familie houdt contact en vraagt hulp bij een terugkeer.",
    "back": "Betrokkene is terug en krijgt hulp; de afspraken over werk en contact lopen nog.",
    "here": "Betrokkene zoekt nog steeds wie de reis mogelijk maakt.",
}
MOVED = {
    Whereabouts.INTENDS: "Bekenden vertelden van het plan; een tweede gesprek bevestigt het.",
    Whereabouts.STOPPED: "Betrokkene is thuis aangetroffen; de familie bevestigt het.",
    Whereabouts.LEFT: "De familie vertelde van het vertrek; de boeking van de reis bevestigt het.",
    Whereabouts.IN_ZONE: "De familie kreeg berichten vanaf daar; een tweede bron bevestigt het.",
    Whereabouts.THIRD_COUNTRY: "Betrokkene belde de familie uit een ander land; een tweede bron bevestigt het.",
    Whereabouts.DEAD: "De familie kreeg bericht van het overlijden; een tweede bron bevestigt het.",
    Whereabouts.RETURNED: "De familie vertelde van de terugkeer; een huisbezoek bevestigt het.",
}
BENEFIT = Why(
    "Betrokkene is langer buiten Nederland dan de regeling toestaat; het recht is daarmee vervallen.",
    "Opschorten en vragen om inlichtingen gingen vooraf; er kwam geen antwoord.",
    "De betaling stopt vanaf de dag waarop het recht verviel; wie achterbleef, houdt eigen rechten.",
)
CHILD = Why(
    "Het kind wil naar het strijdgebied en de ouders kunnen dat niet tegenhouden; het wordt ernstig bedreigd.",
    "Vrijwillige hulp aan het gezin was niet genoeg.",
    "Het kind blijft, gaat naar school, en het gezin krijgt hulp.",
)
WHY = {
    "BRP-DEREG": Why(
        "Betrokkene woont niet meer op het adres en gaf geen vertrek aan; de basisregistratie moet kloppen.",
        "Brieven en huisbezoeken brachten geen ander adres aan het licht.",
        "De basisregistratie klopt weer.",
    ),
    "FREEZE-NL": Why(
        "Betrokkene vecht mee en ontvangt daar geld voor; zie de waarneming van de politie.",
        "Alleen bevriezen houdt het geld tegen voordat het de strijd bereikt.",
        "Er gaat geen geld van of voor betrokkene naar de strijd.",
    ),
    "GESL": Why(
        "Het kind liep tweemaal weg om te vertrekken; open opvang houdt dat niet tegen.",
        "De ondertoezichtstelling alleen hield het kind niet thuis.",
        "Het kind is veilig en werkt met een behandelaar toe naar huis.",
    ),
}
ALERT_HERE = Why(
    "Betrokkene wil meevechten en maakt zich klaar; met een paspoort kan de reis elke dag beginnen.",
    "Twee gesprekken met betrokkene en de familie veranderden het plan niet.",
    "Betrokkene reist niet uit.",
)
ALERT_AWAY = Why(
    "Betrokkene is vertrokken om mee te vechten; met het paspoort kan betrokkene verder of opnieuw reizen.",
    "De familie kreeg betrokkene niet tot terugkeren; een lichter middel houdt een volgende reis niet tegen.",
    "Het paspoort wordt bij een aanvraag of controle geweigerd of vervallen verklaard.",
)


def place(where: Whereabouts | None) -> str:
    """Away, back, or still here: what each text hangs on."""
    if where in AWAY:
        return "away"
    return "back" if where == Whereabouts.RETURNED else "here"


def seen(on: date, where: Whereabouts | None) -> Content:
    """What the police bring in when a case opens, or when its person comes back."""
    return Content(
        text=OBSERVED[place(where)],
        basis=police_act(on),
        necessity="Zonder deze waarneming kunnen de partners niet bepalen wat nodig is.",
        source_evaluation=Source.MOSTLY,
        information_evaluation=Information.KNOWN,
        true_from=on - timedelta(days=1 if place(where) == "back" else 6),
    )


def why(kind: str, where: Whereabouts | None) -> Why:
    """The reasons for a measure of this kind."""
    if kind.startswith("BEN-"):
        return BENEFIT
    if kind in {"OTS", "VOTS"}:
        return CHILD
    if kind == "PASS-ALERT":
        return ALERT_AWAY if where in AWAY else ALERT_HERE
    return WHY[kind]
