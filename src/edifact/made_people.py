"""Invented travellers: names put together from syllables of many name cultures.

Nobody here exists: surnames are recombined, the state is UTO (Utopia, as on the specimen
passports of ICAO 9303) and document numbers begin with SPECI. The spelling is not one's
own: the same name is transliterated in several ways, as carriers and passports do.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


@dataclass(frozen=True, slots=True)
class Culture:
    """How names are made, and where people with such names go when they visit family.

    It exists for made travellers alone: nothing ever tells it from a name. weight: how often.
    visits: airports. before: what may stand before a surname.
    """

    name: str
    weight: int
    surnames: int
    visits: tuple[str, ...]
    stems: tuple[str, ...]
    ends: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    before: tuple[str, ...]


# Of each: weight, number of surnames, what its way of writing is called and airports of family visits;
# beginnings and ends of surnames; women; men; what stands before a surname. _ is a blank.
NAMES = """
34 1 Dutch BCN AGP LHR
HOEK BERG VELD KAMP DIJK WATER BROEK LIND HAVER ROOS STEEN WOUD
STRA MA SEN HUIS MAN INK AERT OORD
SANNE LIEKE FEMKE ANOUK MAAIKE INGE
DAAN JOOST SJOERD BRAM WOUTER TIJMEN
_ _ _ VAN_ VAN_DE_ VAN_DER_ DE_

12 1 Turkish IST SAW AYT
KARA DEMIR YILDI OZ AK GUN TAS COBAN SARI
SOYLU TEPE KAYA DAL OGLU BEY CAN
ELIF ZEYNEP AYSEGUL FATMANUR MERVE
EMRE MEHMET YUSUF OGUZHAN KEREM MUHAMMET
_

12 1 Moroccan CMN NDR TNG
AMRA BEKKA CHERK IDRI TAHI ZERRO HADDO MOUS YAKOU
NI OUI RI OUCH LI AOUI SSI
FATIMA FATIMAZAHRA SOUKAINA KHADIJA NAJAT
MOHAMED MOHAMMED MUHAMMAD YOUSSEF YUSSUF ABDELLAH ABDALLAH
_ _ EL_ AL- AIT_ BEN_

6 1 Arabic CAI AMM BEY
HADD KHAL MANS SAL QAS RAHM NAS TARIQ
AWI IFI OURI EEM IMI AN
MARYAM MIRIAM NOUR RANIA LAYLA LEILA
AHMED AHMAD OMAR UMAR KHALED KHALID HUSSEIN HUSAYN
_ AL_ AL- EL

8 1 Hindustani PBM DEL
RAM JAI BISH GOBI SHAN KISH NARAIN
DIN PAL ESAR LAL NATH WAR
SHANTI INDRA ANJALI REKHA
RAVI SANDEEP VINOD ANIL
_

7 1 Polish WAW KRK
KOWA NOWA WOJ ZIEL MAZU LEWAN BRZE
LSKI CKI WICZ CZYK LSKA CKA
AGNIESZKA MALGORZATA ZOFIA
KRZYSZTOF PIOTR GRZEGORZ TOMASZ
_

8 1 English LHR DUB JFK
WHIT HART ASH BLACK THORN WIN FAIR
FIELD WOOD LEY BRIDGE TON WORTH
OLIVIA GRACE CHARLOTTE HANNAH
OLIVER JACK HARRY GEORGE
_ _ O' MC

6 2 Spanish MAD GRU CUR
GARC MOR CAST VALEN RODR MEND
IA ENO ILLO ZUELA IGUEZ OZA
LUCIA MARIA_JOSE CARMEN
PABLO JUAN_CARLOS DIEGO
_

5 1 West_African ACC LOS
OYE ADE CHU OKO NWA MENS ASAN
LEKE WUNMI KWU NKWO BUEZE AH TE
ABENA NGOZI AMINA
KWAME CHINEDU IBRAHIM
_

5 1 Chinese HKG SIN
ZH X L W CH SH H
ANG IE IN U EN OU UAN
XIAO_MEI LI_NA YAN
WEI JIAN_GUO HAO
_

4 1 Indonesian CGK SIN
SUHA WIDJA PRA HARTO KUSU
RTO YA WIRO NO MO
SITI DEWI PUTRI
BUDI AGUS JOKO
_

3 1 Ukrainian WAW VIE
SHEVCH KOVAL BONDAR TKACH MELNY
ENKO CHUK IVSKYI UK
OKSANA OLENA YULIIA
OLEKSANDR ANDRII SERHII SERGIY
_
"""


def _culture(block: str) -> Culture:
    head, *lines = block.strip().split("\n")
    weight, surnames, name, *visits = head.split()
    stems, ends, women, men, before = (tuple(line.split()) for line in lines)
    prefixes = tuple(word.replace("_", " ").lstrip() for word in before)
    return Culture(
        name.replace("_", " "), int(weight), int(surnames), tuple(visits), stems, ends, women, men, prefixes
    )


CULTURES = [_culture(block) for block in NAMES.split("\n\n")]
WEIGHTS = [culture.weight for culture in CULTURES]
TITLES = {"M": ("MR", "MR", "MR", " MR", " DR", ""), "F": ("MRS", "MS", "MISS", "MRS", " DR", "")}


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who travels; what their messages may tell."""

    surname: str
    given_names: str
    sex: str
    born: date
    document: str
    expiry: date

    def titled(self, random: Random) -> str:
        """The given names as a reservation has them, with a title glued to them or not."""
        return self.given_names + random.choice(TITLES[self.sex])


def somebody(random: Random, on: date, surname: str = "", culture: Culture | None = None) -> Invented:
    """One traveller of that day; with a surname given, one of that family."""
    if culture is None:
        (culture,) = random.choices(CULTURES, WEIGHTS)
    sex = random.choice("FM")
    given = random.choice(culture.women if sex == "F" else culture.men).replace("_", " ")
    if random.random() < 0.3:
        given += " " + random.choice(culture.women if sex == "F" else culture.men).replace("_", " ")
    age = int(random.triangular(0, 92, 38) * 365.25)
    return Invented(
        surname or _surname(culture, random),
        given,
        sex,
        on - timedelta(days=age + random.randrange(1, 365)),
        f"SPECI{random.randrange(10**6):06}",
        on + timedelta(days=random.randrange(40, 3600)),
    )


def _surname(culture: Culture, random: Random) -> str:
    names = [random.choice(culture.stems) + random.choice(culture.ends) for _ in range(culture.surnames)]
    return random.choice(culture.before) + " ".join(names)
