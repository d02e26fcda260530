"""Names that nobody bears."""

import random
from datetime import date, timedelta

FIRST = ["Zo", "Que", "Wil", "Fra", "Mip", "Tul", "Bro", "Ix", "Yol", "Glo", "Pem", "Vrun"]
MIDDLE = ["va", "bel", "do", "mir", "qua", "lin", "zo", "ter", "pi", "sum"]
LAST = ["nk", "x", "bert", "lot", "mo", "zin", "rax", "fje", "dul", "wick"]
HOUSES = ["Nergens", "Elder", "Schijn", "Maan", "Wolken", "Papier", "Spiegel", "Echo", "Mist", "Kurk"]
ENDS = ["vliet", "stra", "hof", "zoon", "ink", "beek", "poel", "donk", "horst", "burg"]


def given_name(pick: random.Random) -> str:
    return pick.choice(FIRST) + pick.choice(MIDDLE) + pick.choice(LAST)


def surname(pick: random.Random) -> str:
    return pick.choice(HOUSES) + pick.choice(FIRST).lower() + pick.choice(ENDS)


def birth_date(pick: random.Random) -> date:
    """Grown-ups on the day of the story."""
    return date(1956, 1, 1) + timedelta(days=pick.randrange(365 * 48))
