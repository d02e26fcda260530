"""Who works where in the demonstration of 2014."""

from datetime import date

from samenhang.desk.scenarios.cast import People

SINCE = date(2012, 1, 1)
TOWNS = ("Nergenshuizen", "Schijndorp", "Kurkhoven")
OUTSIDE = "Mistwijk"

NATIONAL: People = {
    "landelijk": ("Ixvawick Spiegelfrahorst", "LOVJ", "", "Landelijk Parket", "", ("prosecutor",)),
    "politie1": ("Brobelrax Echoquehof", "POL", "", "Politie", "CTER", ("police-analyst",)),
    "politie2": ("Tulpimo Mistzoink", "POL", "", "Politie", "CTER", ("police-analyst",)),
    "politiebeheer": ("Vrunterdul Nergensfrabeek", "POL", "", "Politie", "", ("administrator",)),
    "gemeentebeheer": ("Quilmorax Kurkwickvliet", "BURG", TOWNS[0], f"Gemeente {TOWNS[0]}", "", ("administrator",)),
    "politiecijfers": ("Trunvolax Maanquelink", "POL", "", "Politie", "", ("statistician",)),
    "dienst": ("Velmotul Nergensbropad", "AIVD", "", "Algemene Inlichtingen- en Veiligheidsdienst", "",
               ("statistician",)),
    "officier": ("Pemzolot Wolkenixhorst", "OM", "", "Openbaar Ministerie", "", ("prosecutor",)),
    "raad": ("Fradobert Echotulvliet", "RVDK", "", "Raad voor de Kinderbescherming", "",
             ("child-protection-worker",)),
    "jeugdzorg": ("Wilmirfje Kurkpemstra", "BJZ", "", "Bureau Jeugdzorg", "", ("child-protection-worker",)),
    "ind": ("Yolterzin Maanbrobeek", "IND", "", "Immigratie- en Naturalisatiedienst", "", ("decision-officer",)),
    "bz": ("Glosumdul Papierwilpoel", "BZ", "", "Ministerie van Buitenlandse Zaken", "", ("decision-officer",)),
    "minister": ("Mipterlot Wolkenyolink", "JENV", "", "Ministerie van Veiligheid en Justitie", "",
                 ("decision-officer",)),
    "statisticus": ("Quebelnk Maanglohof", "JENV", "", "Ministerie van Veiligheid en Justitie", "",
                    ("statistician",)),
    "beheerder": ("Tulzorax Papiervrundonk", "JENV", "", "Ministerie van Veiligheid en Justitie", "",
                  ("administrator",)),
    "buitenstaander": ("Wilsumx Kurkmipburg", "BURG", OUTSIDE, f"Gemeente {OUTSIDE}", "", ("case-director",)),
}  # fmt: skip

# In each town: (what they are called after the town's number, name, authority, team, roles)
LOCAL = (
    ("burgemeester", ("Vrunbelmo Maanixdonk", "Zolinwick Nergensbrobeek", "Ixqualot Elderglopoel"),
     "BURG", "", ("mayor",)),
    ("regisseur", ("Glolinbert Spiegelquepoel", "Tulmirdul Echofrastra", "Pemdofje Mistyolhof"),
     "BURG", "Veiligheid", ("case-director",)),
    ("collega", ("Milvarax Elderzovliet", "Brosumnk Kurktulink", "Yolpimo Wolkenwilzoon"),
     "BURG", "Veiligheid", ("case-director",)),
    ("jurist", ("Ixterzin Papierpemhof", "Quevalot Maanmipstra", "Fraquax Spiegelvrunburg"),
     "BURG", "Juridische zaken", ("legal-adviser",)),
    ("college", ("Wilbelfje Nergensixhorst", "Mipdobert Elderquebeek", "Glozowick Echobropoel"),
     "COLL", "Burgerzaken", ("decision-officer",)),
)  # fmt: skip


def people() -> People:
    """Everybody by user name; in the first town ``jurist``, in the others ``jurist2`` and ``jurist3``."""
    found = dict(NATIONAL)
    for number, town in enumerate(TOWNS):
        for username, names, authority, team, roles in LOCAL:
            title = f"Gemeente {town}" if authority == "BURG" else f"College van B&W {town}"
            found[local(username, number)] = (names[number], authority, town, title, team, roles)
    return found


def local(username: str, town: int) -> str:
    """The user name of who is this in that town."""
    return f"{username}{town + 1}" if town else username
