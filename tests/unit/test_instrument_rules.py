"""Instruments: what the loader takes, what it refuses, and that nobody can count with one."""

import json
from importlib.resources import files
from typing import Any

import pytest
from django.utils.translation import override

from samenhang.risk.rules import NotAnInstrument, bundled, read, worded


def content(**changes: Any) -> dict[str, Any]:
    """A small pack of nobody, as a licence holder would bring one."""
    guide = json.loads(
        files("samenhang.risk").joinpath("data/instruments/reflection-guide.json").read_bytes()
    )
    return {
        **guide, "id": "imaginary", "version": "1", "owner": "Nobody", "validated": True,
        "accreditation": "imaginary", **changes,
    }  # fmt: skip


def pack_of(**changes: Any) -> bytes:
    return json.dumps(content(**changes)).encode()


def indicator(**changes: Any) -> list[dict[str, Any]]:
    """The indicators of the pack with another first one."""
    first, *others = content()["indicators"]
    return [{**first, **changes}, *others]


def test_the_only_instrument_that_comes_along_is_our_own_and_says_that_it_is_not_validated() -> None:
    guide = bundled()

    assert (guide.id, guide.owner, guide.validated) == ("reflection-guide", "Samenhang", False)
    assert "Public Licence" in guide.licence["text"]
    assert {"risk", "protective", "context"} == {one.kind for one in guide.indicators}
    with override("nl"):
        assert worded(guide.title) == "Reflectiewijzer"


@pytest.mark.parametrize("missing", ["licence", "bias_review", "population", "validity_months", "forbidden"])
def test_an_instrument_without_its_limits_is_refused(missing: str) -> None:
    whole = content()
    del whole[missing]

    with pytest.raises(NotAnInstrument, match=missing):
        read(json.dumps(whole).encode())


@pytest.mark.parametrize("allowed", ["sum", "mean", "auto_band", "sort_by_score"])
def test_an_instrument_that_would_be_counted_with_is_refused(allowed: str) -> None:
    forbidden = [one for one in content()["forbidden"] if one != allowed]

    with pytest.raises(NotAnInstrument):
        read(pack_of(forbidden=forbidden))


def test_a_level_has_no_place_for_a_number() -> None:
    weighed = {"seen": [{**level, "weight": 1} for level in content()["scales"]["seen"]]}

    with pytest.raises(NotAnInstrument, match="weight"):
        read(pack_of(scales=weighed))


@pytest.mark.parametrize(
    "changes",
    [
        {"tags": ["religion"]},
        {"tags": ["ethnicity"]},
        {"tags": ["lawful-practice"]},
        {"label": {"en": "Prays more often, grew a beard", "nl": "Bidt vaker"}},
        {"label": {"en": "Changed", "nl": "Bezoekt een andere moskee"}},
        {"tags": ["religion", "violence-justifying"], "reviewed_by": ["A. Reviewer"]},
    ],
)
def test_an_indicator_about_what_somebody_is_or_lawfully_does_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(NotAnInstrument, match="A1"):
        read(pack_of(indicators=indicator(**changes)))


def test_one_about_justifying_violence_needs_two_named_reviewers() -> None:
    reviewed = indicator(tags=["religion", "violence-justifying"], reviewed_by=["A. One", "B. Two"])

    assert read(pack_of(indicators=reviewed)).indicators[0].code == "A1"


def test_parts_that_do_not_fit_each_other_are_all_named() -> None:
    first, *others = indicator(domain="Z", scale="other")

    with pytest.raises(NotAnInstrument, match=r"domein.*schaal.*twee keer"):
        read(pack_of(indicators=[first, *others, others[0]]))
    with pytest.raises(NotAnInstrument):
        read(b"no json")
