"""G44: bias is watched without sensitive data: no column and no library's field holds belief or descent."""

import inspect
import re

import pytest
from django.apps import apps

from screening import Entry, Index, Query
from screening.records import Evidence, Part

SENSITIVE = re.compile(
    r"religi|faith|belief|church|mosque|ethnic|descent|ancestry|tribe|(^|_)(race|culture)($|_)"
    r"|geloof|godsdienst|etnisch|afkomst"
)


def test_no_column_of_any_table_is_named_for_belief_or_descent() -> None:
    columns = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("samenhang.")
        for field in model._meta.get_fields()
    ]

    assert "watchlists.Alert.nationalities" in columns
    assert not [one for one in columns if SENSITIVE.search(one.rpartition(".")[2])]


@pytest.mark.parametrize("record", [Entry, Query, Evidence, Part])
def test_no_record_of_the_library_has_a_field_for_belief_or_descent(record: type) -> None:
    names = list(inspect.get_annotations(record))

    assert names
    assert not [name for name in names if SENSITIVE.search(name)]


def test_who_shares_nothing_but_a_nationality_is_no_candidate_however_low_the_threshold() -> None:
    index = Index.build([Entry("A", ("Fantasio van der Verzonnen",), (), None, ("SYR",), ())])
    alike = Query("Q", ("FANTASIO VAN DER VERZONNEN",), None, None, "SYR", ())
    unlike = Query("Q", ("BRAM BEDACHT",), None, None, "SYR", ())

    assert index.search(alike, threshold=-1000.0)
    assert not index.search(unlike, threshold=-1000.0)
