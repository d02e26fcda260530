"""Days, times and numbers as people type them: what cannot be meant gets words that say what to do."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.utils.translation import override

import samenhang
from samenhang.foundation.inputs import Day, PartialDay
from samenhang.foundation.spreadsheets import Columns, NotASheet, day, read_sheet

EXTREMES = ["01-01-0001", "31-12-9999", "1-1-1899", "1-1-2101", "0001-01-01", "9999-12-31"]


def said_of(field: forms.Field, typed: str) -> str:
    with override("nl"), pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("field", [Day(), PartialDay(max_length=10)])
@pytest.mark.parametrize("typed", EXTREMES)
def test_a_year_that_nobody_means_is_asked_again(field: forms.Field, typed: str) -> None:
    assert said_of(field, typed) == "Kijk naar het jaar: het moet tussen 1900 en 2100 liggen."


@pytest.mark.parametrize("field", [Day(), PartialDay(max_length=10)])
@pytest.mark.parametrize("typed", ["31-02-2027", "29-2-2026", "2026-13-01", "00-00-2026"])
def test_a_day_in_the_right_shape_that_the_calendar_lacks_is_not_called_a_wrong_shape(
    field: forms.Field, typed: str
) -> None:
    assert (
        said_of(field, typed)
        == f"{typed} bestaat niet in de kalender. Zoek de dag op en schrijf die opnieuw."
    )


def test_what_is_no_day_at_all_hears_how_a_day_is_written() -> None:
    assert "31-12-2026" in said_of(Day(), "morgen")
    assert "30-4-2001" in said_of(PartialDay(), "ergens in mei")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("30-4-2001", "2001-04-30"), ("4-2001", "2001-04"), ("2001", "2001"), ("2001-04-30", "2001-04-30")],
)
def test_a_date_of_birth_is_kept_as_far_as_known(typed: str, kept: str) -> None:
    assert PartialDay().clean(typed) == kept


def test_a_day_is_a_day() -> None:
    with override("nl"):
        assert Day().clean("31-12-2026") == date(2026, 12, 31)


@pytest.mark.parametrize("typed", EXTREMES)
def test_a_sheet_holds_no_year_that_nobody_means(typed: str) -> None:
    with pytest.raises(NotASheet, match="1900"):
        day(typed)


def test_no_form_reads_a_day_in_a_way_of_its_own() -> None:
    """So that the limits of one field are those of every form and every address."""
    own = [
        (form.__name__, name)
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, (forms.DateField, forms.DateTimeField)) and not isinstance(field, Day)
    ]

    assert own == []
    assert sum(isinstance(field, Day) for form in every_form() for field in form.base_fields.values()) > 20


def every_form() -> Iterator[type[forms.Form]]:
    source = Path(samenhang.__file__).parent
    for file in sorted([*source.glob("*/forms.py"), *source.glob("*/forms/*.py")]):
        name = ".".join(file.relative_to(source.parent).with_suffix("").parts).removesuffix(".__init__")
        for found in vars(import_module(name)).values():
            if isinstance(found, type) and issubclass(found, forms.Form):
                yield found


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        (forms.CharField(min_length=5), "x", "Dit is te kort: schrijf ten minste 5 tekens. U schreef er 1."),
        (
            forms.CharField(max_length=3),
            "abcd",
            "Dit is te lang: er is plaats voor 3 tekens. U schreef er 4.",
        ),
        (forms.IntegerField(min_value=0), "-1", "Schrijf een getal van 0 of hoger."),
        (forms.IntegerField(max_value=9), "10", "Schrijf een getal van 9 of lager."),
        (forms.IntegerField(), "veel", "Schrijf een heel getal in cijfers, bijvoorbeeld 12."),
        (forms.TimeField(), "25 uur", "Schrijf de tijd als uren:minuten, bijvoorbeeld 14:30."),
    ],
)
def test_an_error_says_what_to_do_in_our_own_words(field: forms.Field, typed: str, says: str) -> None:
    assert said_of(field, typed) == says


def test_a_missing_column_is_named_by_each_of_its_names() -> None:
    columns = Columns({"surname": ("surname", "achternaam", "naam"), "on": ("on", "datum")}, optional=())

    with pytest.raises(NotASheet, match="on / datum"):
        columns.places(["Naam"])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 an imaginary letter", b"\xd0\xcf\x11\xe0\x00\x00", b"\x89PNG\r\n\x00"]
)
def test_what_is_no_sheet_is_called_no_sheet(data: bytes) -> None:
    with override("nl"), pytest.raises(NotASheet, match="geen leesbaar rekenblad"):
        read_sheet(data)
