"""Publishers' lists: read as published, counted independently, hardened, compared."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from samenhang.watchlists import publishers
from samenhang.watchlists.publishers import Alias, ListedPerson

# The official files lie outside the project and are never part of it.
OFFICIAL = [parent / "shared" / "screening" / "lists" for parent in Path(__file__).parents]

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>1</DATAID><FIRST_NAME>FANTASIO</FIRST_NAME><SECOND_NAME>VAN DER</SECOND_NAME>
      <THIRD_NAME>VERZONNEN</THIRD_NAME><UN_LIST_TYPE>DEMO</UN_LIST_TYPE>
      <REFERENCE_NUMBER>DMi.001</REFERENCE_NUMBER><LISTED_ON>2020-05-06</LISTED_ON><GENDER>Male</GENDER>
      <NAME_ORIGINAL_SCRIPT>فانتازيو</NAME_ORIGINAL_SCRIPT>
      <COMMENTS1>Of a certain faith and tribe.</COMMENTS1>
      <NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
      <NATIONALITY><VALUE>Atlantis</VALUE></NATIONALITY>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>
        <ALIAS_NAME>FANTASIO ONE; FANTASIO TWO</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>THE INVENTED</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-01-02</DATE></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1971</FROM_YEAR><TO_YEAR>1973</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X0000001</NUMBER></INDIVIDUAL_DOCUMENT>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES><ENTITY><FIRST_NAME>INVENTED LTD</FIRST_NAME></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
SDN = (
    '11,"INVENTED LTD",-0- ,"DEMO",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '12,"VERZONNEN, Fantasio","individual","DEMO] [TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 10 Dec 1948; alt. DOB Apr 1961; alt. DOB 1951 to 1952; alt. DOB circa 1950; POB Utopia; '
    "nationality Turkey; Passport X0000002 (Turkey) expires 30 Oct 2012; Tax ID No. 999; Gender Male; "
    "a certain tribe; a.k.a. 'THE WEAK'.\"\r\n"
    "\x1a"
)
ALT = (
    '11,1,"aka","INVENTIONS",-0- \r\n12,2,"aka","FICTION, Fantasio",-0- \r\n99,3,"fka","NOBODY",-0- \r\n\x1a'
)


def official(name: str) -> bytes:
    path = next((folder / name for folder in OFFICIAL if (folder / name).exists()), None)
    if path is None:
        pytest.skip(f"the official list {name} is not here: counts of real lists were NOT checked")
    return path.read_bytes()


def naive_un_counts(content: bytes) -> tuple[int, int]:
    root = ElementTree.fromstring(content)
    aliases = [found.text for found in root.iter("ALIAS_NAME")]
    individuals = re.findall(rb"<INDIVIDUAL>", content)
    inside = re.findall(rb"<INDIVIDUAL_ALIAS>.*?</INDIVIDUAL_ALIAS>", content, re.DOTALL)
    filled = [one for one in inside if re.search(rb"<ALIAS_NAME>\s*[^<\s]", one)]
    assert len(filled) <= len(aliases)
    return len(individuals), len(filled)


def naive_ofac_counts(sdn: bytes, alt: bytes) -> tuple[int, int]:
    people = {row[0] for row in csv.reader(io.StringIO(sdn.decode("latin-1"))) if row[2:3] == ["individual"]}
    others = [row for row in csv.reader(io.StringIO(alt.decode("latin-1"))) if row and row[0] in people]
    return len(people), len(others)


def counts(found: publishers.PublishedList) -> tuple[int, int]:
    return len(found.persons), sum(len(person.aliases) for person in found.persons)


def test_a_un_list_gives_what_screening_needs_and_nothing_else() -> None:
    found = publishers.read(UN.encode())

    assert found.persons == (
        ListedPerson(
            number="DMi.001",
            name="FANTASIO VAN DER VERZONNEN",
            aliases=(Alias("FANTASIO ONE; FANTASIO TWO", "good"), Alias("THE INVENTED", "low")),
            birth_dates=("1970-01-02", "1971", "1972", "1973"),
            nationalities=("IRN",),
            documents=("X0000001",),
            listed_on=date(2020, 5, 6),
            programmes=("DEMO",),
            sex="M",
            original_name="فانتازيو",
        ),
    )
    assert (found.publisher, found.generated_on, found.others) == ("UN", date(2026, 2, 27), 1)
    assert found.usable
    assert [problem.where for problem in found.problems] == ["DMi.001"]
    assert "tribe" not in repr(found)


def test_aliases_written_in_one_field_are_screened_apart() -> None:
    person = publishers.read(UN.encode()).persons[0]

    assert {"FANTASIO ONE", "FANTASIO TWO", "THE INVENTED"} < set(person.names)


@pytest.mark.parametrize("contents", [(SDN, ALT), (ALT, SDN)])
def test_an_ofac_pair_is_read_in_either_order(contents: tuple[str, str]) -> None:
    found = publishers.read(*(content.encode() for content in contents))

    assert found.persons == (
        ListedPerson(
            number="12",
            name="VERZONNEN, Fantasio",
            aliases=(Alias("FICTION, Fantasio", "aka"),),
            birth_dates=("1948-12-10", "1961-04", "1951", "1952", "1950"),
            nationalities=("TUR",),
            documents=("X0000002",),
            programmes=("DEMO", "TEST"),
            sex="M",
        ),
    )
    assert (found.publisher, found.others) == ("OFAC", 1)
    assert "tribe" not in repr(found)


def test_an_alias_whose_record_sdn_lacks_is_left_out_and_said() -> None:
    found = publishers.read(SDN.encode(), ALT.encode())

    assert "NOBODY" not in repr(found.persons)
    assert [problem.where for problem in found.problems] == ["99"]
    assert found.usable


def test_the_same_files_have_the_same_digest_in_either_order() -> None:
    one, other = SDN.encode(), ALT.encode()

    assert publishers.read(one, other).digest == publishers.read(other, one).digest
    assert publishers.read(one, other).digest != publishers.read(one).digest


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE c SYSTEM "http://example.invalid/list.dtd">',
    ],
)
def test_a_list_with_a_dtd_is_refused_with_a_problem(head: str) -> None:
    content = UN.replace("<CONSOLIDATED_LIST", head + "<CONSOLIDATED_LIST").replace("FANTASIO VAN", "&a;")

    found = publishers.read(content.encode())

    assert (found.persons, found.usable) == ((), False)
    assert found.problems[0].message.startswith("forbidden XML")


@pytest.mark.parametrize(
    "content", [UN[:-200].encode(), (SDN[:-60]).encode(), b"12,x\r\n".join([SDN.encode(), b""])]
)
def test_a_list_cut_short_gives_nobody(content: bytes) -> None:
    found = publishers.read(content)

    assert (found.persons, found.usable) == ((), False)


def test_a_list_that_lacks_its_end_mark_is_read_but_said_to_be_doubtful() -> None:
    found = publishers.read(SDN.removesuffix("\x1a").encode(), ALT.encode())

    assert found.usable
    assert ("sdn.csv", "no end mark: perhaps cut short") in [
        (one.where, one.message) for one in found.problems
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"<html></html>", b"a,b,c\r\n", b"\xff\xfe<\x00", ALT.encode()]
)
def test_something_else_is_said_to_be_no_list(content: bytes) -> None:
    with pytest.raises(publishers.NotAList):
        publishers.read(content)


def test_a_second_list_shows_who_was_added_changed_and_removed() -> None:
    stays, goes = ListedPerson("1", "STAYS"), ListedPerson("2", "GOES")
    before = ListedPerson("3", "CHANGES", (Alias("A", "good"), Alias("B", "low")))
    shuffled = ListedPerson("5", "SHUFFLED", birth_dates=("1970", "1971"))
    after, comes = replace(before, birth_dates=("1970",)), ListedPerson("4", "COMES")

    changes = publishers.compare(
        [stays, goes, before, shuffled],
        [comes, after, stays, replace(shuffled, birth_dates=("1971", "1970"))],
    )

    assert changes == publishers.Changes(added=(comes,), changed=((before, after),), removed=(goes,))


def test_the_real_un_list_has_as_many_persons_and_aliases_as_a_naive_count() -> None:
    content = official("un_consolidated.xml")

    assert counts(publishers.read(content)) == naive_un_counts(content)


def test_the_real_ofac_list_has_as_many_persons_and_aliases_as_a_naive_count() -> None:
    sdn, alt = official("ofac_sdn_bench.csv"), official("ofac_alt_bench.csv")

    assert counts(publishers.read(sdn, alt)) == naive_ofac_counts(sdn, alt)


def test_the_fixtures_have_as_many_persons_and_aliases_as_a_naive_count() -> None:
    assert counts(publishers.read(UN.encode())) == naive_un_counts(UN.encode()) == (1, 2)
    pair = SDN.encode(), ALT.encode()
    assert counts(publishers.read(*pair)) == naive_ofac_counts(*pair) == (1, 1)
