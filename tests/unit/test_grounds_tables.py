"""The tables of the law are checked before anything is answered from them."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.utils.translation import override

from samenhang.grounds.rules import basis_in_words, measure, said
from samenhang.grounds.rules.law import law
from samenhang.grounds.rules.tables import NAMES, cross_faults, read, schema_faults


@pytest.fixture
def tables() -> dict[str, Any]:
    return {name: read(f"{name}.json") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_table_keeps_to_its_schema(name: str) -> None:
    assert list(schema_faults(name, read(f"{name}.json"))) == []


def test_the_tables_agree_with_one_another(tables: dict[str, Any]) -> None:
    assert list(cross_faults(tables)) == []


def test_nothing_was_lost_on_the_way_in() -> None:
    assert len(law().authorities) == 104
    assert len(law().rules) == 209 + 3  # data/CHANGES.md says which came in
    assert len({rule.flow for rule in law().rules}) == 90
    assert len(law().measures) == 85
    assert len(law().competences) == 99
    assert sum(rule.mark == "G" for rule in law().rules) == 27


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("authorities", {"kind": "Police Force"}),
        ("authorities", {"from": "1 January 2013"}),
        ("authorities", {"religion": "any"}),
        ("disclosure_rules", {"mode": "should"}),
        ("disclosure_rules", {"valid_from": None}),
        ("disclosure_rules", {"valid_from": "2014-02-30"}),
        ("disclosure_rules", {"basis": ""}),
        ("disclosure_rules", {"conditions": ["log-provision", "log-provision"]}),
        ("measures", {"max_duration": "6 months"}),
        ("measures", {"pillar": 6}),
        ("measure_authorities", {"decides": "BURG"}),
    ],
)
def test_the_schema_refuses_a_bad_row(name: str, change: dict[str, Any], tables: dict[str, Any]) -> None:
    bad = [{**tables[name][0], **change}]

    assert list(schema_faults(name, bad))


def _twice(tables: dict[str, Any]) -> None:
    tables["authorities"].append(tables["authorities"][0])


def _unknown_provider(tables: dict[str, Any]) -> None:
    tables["disclosure_rules"][0]["provider"] = "NOBODY"


def _unknown_kind(tables: dict[str, Any]) -> None:
    tables["disclosure_rules"][0]["provider"] = "kind:nobody"


def _unknown_condition(tables: dict[str, Any]) -> None:
    tables["disclosure_rules"][0]["conditions"] = ["good-mood"]


def _backwards(tables: dict[str, Any]) -> None:
    tables["disclosure_rules"][0].update(valid_from="2014-01-02", valid_until="2014-01-01")


def _overlapping_versions(tables: dict[str, Any]) -> None:
    tables["measures"][0]["versions"][0]["until"] = None


def _nobody_decides(tables: dict[str, Any]) -> None:
    tables["measure_authorities"][0]["valid_until"] = "2020-01-01"


def _unknown_measure(tables: dict[str, Any]) -> None:
    tables["measure_authorities"][0]["measure_code"] = "NO-SUCH"


def _remedy_without_english(tables: dict[str, Any]) -> None:
    tables["measures"][0]["remedy"] = "Vraag het de rechter."


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_twice, "2 times"),
        (_unknown_provider, "unknown authority NOBODY"),
        (_unknown_kind, "unknown authority kind:nobody"),
        (_unknown_condition, "unknown condition good-mood"),
        (_backwards, "before it begins"),
        (_overlapping_versions, "before the earlier one ends"),
        (_nobody_decides, "nobody decides"),
        (_unknown_measure, "unknown measure NO-SUCH"),
        (_remedy_without_english, "its remedy has no English"),
    ],
)
def test_a_fault_between_rows_is_found(
    spoil: Callable[[dict[str, Any]], None], fault: str, tables: dict[str, Any]
) -> None:
    spoilt = deepcopy(tables)

    spoil(spoilt)

    assert any(fault in found for found in cross_faults(spoilt))


# Words of a sentence, which no name of an Act or a code of conduct needs.
ENGLISH = re.compile(r"\b(the|with|until|since|before|general|within|covenant|Regulation|Directive)\b")
DUTCH = re.compile(r"\b(Verordening|Richtlijn|Besluit \d|convenant|algemene|hoofdstuk|titel|sinds|geen)\b")


def test_the_tables_speak_dutch_and_what_is_not_a_name_has_its_english() -> None:
    sentences = {text for kind in law().measures.values() for text in (kind.remedy, kind.notification)}
    grounds = {version.basis for kind in law().measures.values() for version in kind.versions}
    grounds |= {rule.basis for rule in law().rules}

    assert [text for text in sentences | grounds if ENGLISH.search(text)] == []
    assert [text for text in grounds if DUTCH.search(text) and text not in law().english] == []
    assert [text for text in law().english.values() if DUTCH.search(text)] == []


def test_a_text_of_the_law_is_read_in_the_language_of_the_page() -> None:
    stored = measure("GW-172A").remedy

    with override("nl"):
        assert said(stored).startswith("Bezwaar binnen 6 weken")
        assert basis_in_words("SVC-LOVJ-INV-17").endswith(
            "een inlichtingen- en veiligheidsdienst mag een ambtsbericht geven aan de Landelijk Officier van"
            " Justitie Terrorismebestrijding voor opsporing van strafbare feiten (regel SVC-LOVJ-INV-17)"
        )
    with override("en"):
        assert said(stored).startswith("Objection within 6 weeks")
        assert said("Politiewet 2012 art. 3") == "Politiewet 2012 art. 3"
