"""Make a home with thirty hits for a stranger to judge from the pages alone, and a key file apart from it.

    scripts/trial_of_hits.py HOME KEY.csv

Every alert and passenger is invented, and goes the ordinary way: an alert is issued, a passenger
list is received and read, screening finds the hit. Six hits are of one person, written as carriers
write; of the others somebody else travels. The key says which, by the reference of the hit; who
judges sees neither the key nor this file. Then: ``samenhang demo --home HOME --bind 127.0.0.1:PORT``.
"""

import csv
import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

THIRTY = 30
# Bits, below what the product is delivered with: so that false hits of every kind are there to be judged.
LOW = -15.0
SEED = 4


@dataclass(frozen=True)
class Pair:
    """An alert and who flies. same: one person. why: what makes it hard. names of the alert: alternatives.

    born: of the alert, ISO of any precision; flown: surname, given names, ISO day or nothing, sex.
    """

    same: bool
    why: str
    names: tuple[str, ...]
    born: str
    sex: str
    flown: tuple[str, str, str, str]
    document: str = ""
    carried: str = ""


PAIRS = (
    Pair(True, "another way to write the same sounds", ("Yusuf Abdelkhalek Fantasijev", "Юсуф Фантазиев"),
         "1990-03-14", "M", ("FANTAZIEV", "YOUSSEF ABDULKHALIQ", "1990-03-14", "M")),
    Pair(True, "family and given name swapped, particle glued", ("Quelindra van Schijnhuizen",),
         "1985-07-02", "F", ("QUELINDRA", "VANSCHIJNHUIZEN", "1985-07-02", "F")),
    Pair(True, "no date of birth with the passenger", ("Zorbadine Nimmerdahl Okkuvar",),
         "1979-12-19", "M", ("NIMMERDAHL OKKUVAR", "ZORBADINE", "", "M")),
    Pair(True, "typing error in the first letter, day and month swapped", ("Vrunzorax Nergensmeer",),
         "1994-05-08", "M", ("NERGENSMEER", "BRUNZORAX", "1994-08-05", "M")),
    Pair(True, "parts written as one, one year apart", ("Abd el Rahman Verbeeldallah Tovenari",),
         "1988-10-23", "M", ("VERBEELDALLAH TOVENARI", "ABDELRAHMAN", "1989-10-23", "M")),
    Pair(True, "cut off by the carrier's system", ("Maximilianova Theodorina Droomkasteelbergenhuizen",),
         "1992-02-11", "F", ("DROOMKASTEELBERGENHUIZEN", "MAXIMILIANOVA", "1992-02-11", "F")),
    Pair(False, "namesake, another date", ("Jan Jansen",), "1961-04-30", "M",
         ("JANSEN", "JAN", "1961-04-03", "M")),
    Pair(False, "namesake, year only on the alert", ("Maria Denkbeeld",), "1968", "F",
         ("DENKBEELD", "MARIA", "1971-08-26", "F")),
    Pair(False, "father and son of one name", ("Ixsumfje Maanpembeek",), "1955", "M",
         ("MAANPEMBEEK", "IXSUMFJE", "1987-11-21", "M")),
    Pair(False, "relative: family name only, no date", ("Frabelwick Papierixhorst",), "2001-07-23", "M",
         ("PAPIERIXHORST", "DOLVIENE", "", "M")),
    Pair(False, "sisters", ("Mipdobertina Echotulhof",), "1987-11-02", "F",
         ("ECHOTULHOF", "SANDRELIA", "", "F")),
    Pair(False, "brother, same initial", ("Hassan Wolkenyolstra",), "1979-09-09", "M",
         ("WOLKENYOLSTRA", "HUSSEIN", "1980-09-09", "M")),
    Pair(False, "twins: family name and date of birth agree", ("Quelinzin Kurkglodonk",), "2000-02-20", "M",
         ("KURKGLODONK", "BARTOLUMO", "2000-02-20", "M")),
    Pair(False, "same date of birth, common given name, another family name",
         ("Mohamed Mistwilburg",), "1996-06-06", "M", ("STRANDVERZINSEL", "MOHAMED", "1996-06-06", "M")),
    Pair(False, "same date of birth, common given name, another family name",
         ("Anna Luchtkasteel",), "1983-10-12", "F", ("PRAATPAALSTRA", "ANNA", "1983-10-12", "F")),
    Pair(False, "family names look alike", ("Brolindul Tuinkabouterman",), "1991-03-31", "M",
         ("TUINKABOUTERMANS", "PIETERNEL", "1991-03-31", "F")),
    Pair(False, "one family, common given names", ("Ali Hassan Zandloperman",), "1989-09-18", "M",
         ("ZANDLOPERMAN", "HASSAN KARIM", "1989-02-18", "M")),
    Pair(False, "namesake with another document", ("Ahmed Spiegelbeek",), "", "M",
         ("SPIEGELBEEK", "AHMED", "2002-09-30", "M"), "XF1110001", "XF9990001"),
    Pair(False, "namesake of the other sex", ("Robin Waterverfhuis",), "1993-12-24", "F",
         ("WATERVERFHUIS", "ROBIN", "1993-03-24", "M")),
    Pair(False, "same family name after marriage", ("Elisabeth Regenboogveld",), "1969", "F",
         ("REGENBOOGVELD", "WILLEMIJN", "1969-02-27", "F")),
    Pair(False, "brother and sister", ("Thomas Sprookjeswoud",), "1991", "M",
         ("SPROOKJESWOUD", "THOMASINA", "1991-07-19", "F")),
    Pair(False, "namesake, year only on the alert", ("Omar Verzinselaar",), "1974", "M",
         ("VERZINSELAAR", "OMAR", "1977-01-29", "M")),
    Pair(False, "cousins: given name and family name agree", ("Ibrahim Zeepbelstra",), "1998-03-03", "M",
         ("ZEEPBELSTRA", "IBRAHIM KAREL", "1998-10-03", "M")),
    Pair(False, "brothers one year apart", ("Daan Kaarsvetmeijer",), "1997-01-22", "M",
         ("KAARSVETMEIJER", "SEM", "1998-01-22", "M")),
    Pair(False, "namesake, four years apart", ("Pieter Nachtvlinderman",), "1981", "M",
         ("NACHTVLINDERMAN", "PIETER", "1985-06-02", "M")),
    Pair(False, "double family name shares one part", ("Sanne Wensput Hagelslager",), "1990-09-27", "F",
         ("HAGELSLAGER", "GERRIT", "1990-09-27", "M")),
    Pair(False, "cousins of one year", ("Lindalore Suikerspinsma",), "1994", "F",
         ("SUIKERSPINSMA", "LARS", "1994-05-14", "M")),
    Pair(False, "namesake with a second given name", ("David Inktvlekhoven",), "1987-02-14", "M",
         ("INKTVLEKHOVEN", "DAVID JOSEPH", "1987-11-14", "M")),
    Pair(False, "cousins, one year apart", ("Ruben Stoofpeerdam",), "1992-10-01", "M",
         ("STOOFPEERDAM", "KOENRAAD", "1993-10-01", "M")),
    Pair(False, "grandfather and grandson of one name", ("Cornelis Paddenstoelga",), "2003", "M",
         ("PADDENSTOELGA", "CORNELIS", "1941-01-06", "M")),
)  # fmt: skip


def main(home: Path, key: Path) -> int:
    """Make it and write the key; refuses a home that is not empty, and a key inside it."""
    if home.exists() and any(home.iterdir()):
        sys.exit(f"{home} is not empty.")
    if key.resolve().is_relative_to(home.resolve()):
        sys.exit("Keep the key outside the home.")
    os.environ["SAMENHANG_HOME"] = str(home.resolve())
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenhang.config.settings")
    import django

    django.setup()
    from samenhang.desk import demonstration
    from samenhang.desk.scenarios import cast, story_2026
    from samenhang.foundation.setup import bring_up_to_date

    bring_up_to_date()
    trial = demonstration.Scenario(tell, story_2026.ENDS, story_2026.accounts)
    demonstration.SCENARIOS["2026"] = trial
    for step in demonstration.make("2026"):
        sys.stdout.write(f"{step}\n")
    found = write_key(key)
    sys.stdout.write(f"{found} hits; sign in as reis1 or reis2, password {cast.PASSWORD}\n")
    return 0 if found == THIRTY else 1


def tell() -> Iterator[str]:
    """Issue the alerts, let everybody fly in an order that tells nothing, and screen them."""
    from samenhang.desk.scenarios import cast as people
    from samenhang.desk.scenarios import story_2026
    from samenhang.watchlists import actions
    from samenhang.watchlists.actions import screening
    from samenhang.watchlists.rules.alerts import Listed, Request

    yield "people"
    pick = random.Random(SEED)  # noqa: S311 (an order, no secret)
    story = story_2026.Story(people.make(story_2026.on(11, 1)), pick)
    yield "legal basis"
    story_2026.allow_travel_data(story, story_2026.on(11, 2))
    yield "alerts"
    police = story.cast.at(story_2026.on(11, 2), "politie1", "investigation")
    for pair in PAIRS:
        documents = (pair.document,) if pair.document else ()
        births = (pair.born,) if pair.born else ()
        request = Request(
            "SIS-36", "inquiry", ("intends-or-commits",), "Politie CTER, meldkamer, toestel 0000",
            date(2027, 9, 1),
        )  # fmt: skip
        actions.issue(Listed(pair.names, births, pair.sex, (), documents), request, by=police)
    yield "flights"
    pairs = list(PAIRS)
    pick.shuffle(pairs)
    for number in range(0, len(pairs), 6):
        _fly(story, pairs[number : number + 6], number, story_2026.on(11, 22, 6))
    vars(screening)["DEFAULT_THRESHOLD"] = LOW
    actions.screen_waiting(by=story.service("screening", story_2026.on(11, 22, 23)))


def _fly(story: "object", pairs: list[Pair], number: int, at: datetime) -> None:
    """One passenger list with the people of these pairs."""
    from edifact.records import Document, Flight, Passenger
    from edifact.write import write_paxlst
    from samenhang.desk.scenarios.story_2026 import Story
    from samenhang.travel import actions

    assert isinstance(story, Story)
    day = at.replace(tzinfo=None)
    leaves = day + timedelta(days=1, hours=number / 6)
    flight = Flight(
        carrier="XZ", number=str(500 + number), departure_airport="IST", arrival_airport="AMS",
        departs_at=leaves, arrives_at=leaves + timedelta(hours=3),
    )  # fmt: skip
    people = [
        Passenger(
            surname=surname, given_names=given, given_names_raw=given,
            birth_date=date.fromisoformat(born) if born else None, sex=sex, nationality="NLD",
            documents=(Document("P", pair.carried or _number(story.pick), "NLD", date(2031, 1, 1)),),
            record_locator="".join(story.pick.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
            kind="passenger",
        )
        for pair in pairs
        for surname, given, born, sex in [pair.flown]
    ]  # fmt: skip
    data = write_paxlst(flight, people, day, "XZAIR", f"XZTRIAL{number:03d}")
    actions.receive(data, name=f"XZ{500 + number}.edi", by=story.service("receiving", at))
    for _message in actions.read_waiting(by=story.service("receiving", at + timedelta(minutes=1))):
        pass


def _number(pick: random.Random) -> str:
    return f"XF{pick.randrange(10**7):07d}"


def write_key(key: Path) -> int:
    """One line for each hit: its reference, whether it is one person, why that is hard; returns how many."""
    from samenhang.travel.models import Passenger
    from samenhang.watchlists.models import Hit

    by_names = {pair.names: pair for pair in PAIRS}
    invented = "the key of a trial with invented people"
    hits = list(Hit.objects.unscoped(invented))
    passengers = {one.pk: one.told for one in Passenger.objects.unscoped(invented)}
    with key.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["hit", "same person", "alert", "passenger", "bits", "what makes it hard"])
        for hit in hits:
            pair = by_names[tuple(hit.listed["names"])]
            told = passengers[hit.passenger_id]
            own = (told["surname"], told["given_names"]) == pair.flown[:2]
            rows.writerow(
                [hit.reference, "yes" if own and pair.same else "no", pair.names[0],
                 f"{told['given_names']} {told['surname']}", f"{hit.resemblance:.1f}",
                 pair.why if own else "another traveller of the trial"]
            )  # fmt: skip
    return len(hits)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
