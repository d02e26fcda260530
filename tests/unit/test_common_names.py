"""Common names say little on any list, and equally little in every language. Nobody here is meant."""

import math
from collections import defaultdict
from importlib.resources import files
from itertools import product

import pytest

from screening import DEFAULT_THRESHOLD, Candidate, Entry, Index, Query
from screening.rarity import UNKNOWN, most_bits

BORN = "1981-02-03"
COMMON = [
    "MOHAMED ALI",
    "JAN DE VRIES",
    "JAN VAN DER BERG",
    "MARIA GARCIA",
    "JUAN GARCIA LOPEZ",
    "JOHN SMITH",
    "HANS MUELLER",
    "JEAN MARTIN",
    "JOAO DA SILVA",
    "MARCO ROSSI",
    "IVAN IVANOV",
    "MEHMET YILMAZ",
    "FATIMA EL AMRANI",
    "ALI HOSSEINI",
    "GURPREET SINGH",
    "WEI WANG",
    "NGUYEN VAN ANH",
    "MINJUN KIM",
    "MAMADOU DIALLO",
    "SITI RAHAYU",
]
SIZES = [1, 3, 30, 1_000]


def index(name: str, size: int, **rest: str) -> Index:
    """A list of this size with this name and invented others."""
    letters = "BDFGKLMNPRSTVZ"
    others = (
        f"{a}O{b}EFANT{c}A VERZ{b}ONN{a}E{c}UM" for a, b, c in list(product(letters, repeat=3))[: size - 1]
    )
    listed = [Entry(f"x{i}", (other,)) for i, other in enumerate(others)]
    return Index.build([Entry("1", (name,), (BORN,), "F", ("NLD",), ("X1234567",)), *listed])


def search(listed: Index, name: str, **rest: object) -> list[Candidate]:
    query = Query("q", (name,), sex="F", nationality="NLD", **rest)  # type: ignore[arg-type]
    return listed.search(query, threshold=DEFAULT_THRESHOLD)


def sections() -> dict[str, dict[tuple[str, float], list[str]]]:
    """The table by section, as a reader sees it: kind and frequency to parts."""
    found: dict[str, dict[tuple[str, float], list[str]]] = defaultdict(dict)
    title = ""
    for line in files("screening").joinpath("data/common_parts.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("# == "):
            title = line[5:]
        elif not line.startswith("#"):
            often, kind, parts = line.split("\t")
            found[title][kind, float(often)] = parts.split()
    return found


SECTIONS = sections()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", COMMON)
def test_a_common_name_alone_raises_no_alert_on_a_list_of_any_size(name: str, size: int) -> None:
    assert search(index(name, size), name) == []


@pytest.mark.parametrize("name", COMMON)
def test_a_common_name_with_its_birth_date_or_document_does(name: str) -> None:
    listed = index(name, 3)

    assert search(listed, name, birth_date=BORN) != []
    assert search(listed, name, documents=("X1234567",)) != []
    assert search(listed, name, birth_date="1944-11-12", documents=("X1234567",)) != []


@pytest.mark.parametrize("size", SIZES)
def test_a_rare_name_alone_raises_an_alert_unless_the_birth_date_is_another(size: int) -> None:
    listed = index("Fantasio Verzonnen", size)

    assert [found.entry_key for found in search(listed, "FANTASIO VERZONNEN")] == ["1"]
    assert search(listed, "FANTASIO VERZONNEN", birth_date="1944-11-12") == []


@pytest.mark.parametrize("section", SECTIONS)
def test_given_and_family_name_from_the_table_never_reach_the_threshold(section: str) -> None:
    rows = SECTIONS[section]
    rarest = [
        max((part for (other, _), parts in rows.items() if other == kind for part in parts), key=most_bits)
        for kind in ("given", "family")
        if any(other == kind for other, _ in rows)
    ]
    name = " ".join([rarest[0], "VAN DE", *rarest[1:]])

    assert search(index(name, 1_000), name) == []


def test_a_class_has_the_same_floor_in_every_section() -> None:
    for rows in SECTIONS.values():
        for (_, often), parts in rows.items():
            for part in parts:
                assert most_bits(part) <= -math.log2(often / 1_000) + 0.001


def test_every_section_names_the_same_classes_of_given_and_family_names() -> None:
    for title, rows in SECTIONS.items():
        given = {often for kind, often in rows if kind == "given"}
        family = {often for kind, often in rows if kind == "family"}
        assert {30, 12, 6} <= given, title
        assert {12, 6} <= family, title
        assert sum(map(len, rows.values())) >= 50, title


@pytest.mark.parametrize(
    "spellings",
    [
        ["MOHAMED", "MUHAMMAD", "MOHAMMED", "MOUHAMAD", "MUHAMMED"],
        ["HASSAN", "HASAN", "ALHASSAN"],
        ["YOUSSEF", "YUSUF", "YOUSEF"],
        ["SERGEI", "SERGEY"],
        ["MUELLER", "MULLER"],
    ],
)
def test_spellings_of_one_name_have_one_floor(spellings: list[str]) -> None:
    assert len({most_bits(spelling) for spelling in spellings}) == 1


def test_what_the_table_lacks_is_judged_by_its_length_and_never_rarer_than_one_in_100_000() -> None:
    floors = [most_bits("FANTQZXW"[:length]) for length in range(1, 9)]

    assert floors == sorted(floors)
    assert floors[-1] == pytest.approx(-math.log2(UNKNOWN[-1]), abs=0.001)


def test_common_parts_written_as_one_stay_common() -> None:
    assert most_bits("MOHAMEDALI") == pytest.approx(most_bits("MOHAMED") + most_bits("ALI"))
