"""Who works where in the demonstration, and how they sign in."""

from dataclasses import dataclass
from datetime import date, datetime

from samenhang.grounds.actions import approve
from samenhang.journal import Actor
from samenhang.organisations import actions
from samenhang.organisations.acting import actor_for, installer
from samenhang.organisations.models import Organisation, User
from samenhang.risk.actions import accredit

# Known to everybody who reads this: these accounts work on this machine only.
PASSWORD = "samenhang-demonstratie"  # noqa: S105
SINCE = date(2025, 7, 1)
HOME, ELSEWHERE = "Nergenshuizen", "Schijndorp"

# user name: (name, authority, region, organisation, team, roles)
People = dict[str, tuple[str, str, str, str, str, tuple[str, ...]]]
PEOPLE: People = {
    "reis1": ("Quelin Papierbeek", "PINL", "", "Passagiersinformatie-eenheid", "Treffers", ("travel-analyst",)),
    "reis2": ("Yolmir Kurkstra", "PINL", "", "Passagiersinformatie-eenheid", "Treffers", ("travel-analyst",)),
    "reis3": ("Tilvo Maanvliet", "PINL", "", "Passagiersinformatie-eenheid", "Treffers", ("travel-analyst",)),
    "reisfg": ("Morvel Echodonk", "PINL", "", "Passagiersinformatie-eenheid", "", ("data-protection-officer",)),
    "politie1": ("Broqua Echohof", "POL", "", "Politie", "CTER", ("police-analyst",)),
    "politie2": ("Tulpi Mistink", "POL", "", "Politie", "CTER", ("police-analyst",)),
    "politiebeheer": ("Mirda Spiegelvliet", "POL", "", "Politie", "", ("administrator",)),
    "politiecijfers": ("Trunvo Maanlink", "POL", "", "Politie", "", ("statistician",)),
    "dienst": ("Velmo Nergenspad", "AIVD", "", "Algemene Inlichtingen- en Veiligheidsdienst", "", ("statistician",)),
    "officier": ("Pemzo Wolkenhorst", "OM", "", "Openbaar Ministerie", "", ("prosecutor",)),
    "burgemeester": ("Vrunbel Maandonk", "BURG", HOME, f"Gemeente {HOME}", "", ("mayor",)),
    "regisseur": ("Glolin Spiegelpoel", "BURG", HOME, f"Gemeente {HOME}", "Veiligheid", ("case-director",)),
    "regisseur2": ("Milva Elderzoon", "BURG", HOME, f"Gemeente {HOME}", "Veiligheid", ("case-director",)),
    "jurist": ("Ixter Papierhof", "BURG", HOME, f"Gemeente {HOME}", "Juridische zaken", ("legal-adviser",)),
    "gemeentebeheer": ("Quilmo Kurkvliet", "BURG", HOME, f"Gemeente {HOME}", "", ("administrator",)),
    "buitenstaander": ("Wilsum Kurkburg", "BURG", ELSEWHERE, f"Gemeente {ELSEWHERE}", "", ("case-director",)),
    "raad": ("Fradol Echovliet", "RVDK", "", "Raad voor de Kinderbescherming", "", ("child-protection-worker",)),
    "marechaussee": ("Zoqua Mistbeek", "KMAR", "", "Koninklijke Marechaussee", "", ("border-officer",)),
    "ministerie": ("Mipter Wolkenink", "JENV", "", "Ministerie van Justitie en Veiligheid", "",
                   ("decision-officer",)),
    "statisticus": ("Quebel Maanhof", "JENV", "", "Ministerie van Justitie en Veiligheid", "", ("statistician",)),
    "lijsten": ("Yolsum Spiegelstra", "BZ", "", "Ministerie van Buitenlandse Zaken", "", ("list-manager",)),
    "fg": ("Brolin Elderbeek", "FG", HOME, f"Functionaris gegevensbescherming {HOME}", "",
           ("data-protection-officer",)),
    "beheerder": ("Tulzo Papierdonk", "JENV", "", "Ministerie van Justitie en Veiligheid", "", ("administrator",)),
}  # fmt: skip

# Kinds that the demonstration's invented lawyer looked at; all others stay marked.
APPROVED = ("GW-172A", "PASS-ALERT", "TW-MELD", "EXIT-LSE")


@dataclass(frozen=True)
class Cast:
    """The people of the story, and how they act at a moment."""

    users: dict[str, User]

    def at(self, moment: datetime, name: str, purpose: str, case: str = "") -> Actor:
        """This person at work for a purpose, at that moment of the story."""
        return actor_for(self.users[name], purpose=purpose, case=case, now=moment, simulated=True)

    def body(self, name: str) -> Organisation:
        """Where this person works."""
        return self.users[name].organisation


# Who may come into a case as a third party, for work and for care: invented, and without accounts.
THIRD_PARTIES = {"UWV": f"UWV-kantoor {HOME} (verzonnen)", "GGZ": "Zorginstelling De Spiegelhof (verzonnen)"}


def make(moment: datetime) -> Cast:
    """Found the organisations, open the accounts, give the mandates, sign the covenant."""
    cast = hire(PEOPLE, moment, since=SINCE)
    for authority, name in THIRD_PARTIES.items():
        actions.found(authority, name, region=HOME, by=installer(moment, simulated=True))
    lawyer = cast.at(moment, "jurist", "person-centred-approach")
    for kind in APPROVED:
        approve(kind, lawyer=PEOPLE["jurist"][0], reason="Beoordeeld voor deze demonstratie.", by=lawyer)
    return cast


def train(cast: Cast, moment: datetime, *, until: date) -> None:
    """The administrator of the police writes down who was trained for the reflection guide."""
    by = cast.at(moment, "politiebeheer", "oversight")
    for name in ("politie1", "politie2"):
        accredit(
            cast.users[name],
            "reflection-guide",
            period=(by.today, until),
            proof="Opleidingsdossier (verzonnen)",
            by=by,
        )


def hire(people: People, moment: datetime, *, since: date) -> Cast:
    """Found the organisations, open the accounts and give the mandates."""
    by = installer(moment, simulated=True)
    users = {}
    for username, (name, authority, region, title, team, roles) in people.items():
        organisation = actions.found(authority, title, region=region, by=by)
        user = actions.open_account(username, name, organisation, password=PASSWORD, team=team, by=by)
        for role in roles:
            actions.give_mandate(user, role, starts_on=since, by=by)
        users[username] = user
    return Cast(users)
