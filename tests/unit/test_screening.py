"""Screening as users of it need it, on invented people."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numba
import pytest

from screening import DEFAULT_THRESHOLD, Candidate, Entry, Index, Query, dates, same_names
from screening.parts import distinct, pack_names, read
from screening.weights import weights

LISTED = [
    Entry("1", ("Muhammad VERZONNEN AL-FANTASI",), ("1970-05-06",), "M", ("NLD",), ("X 123-4567",)),
    Entry("2", ("Evgeniy Aleksandrovich BEDACHTOV",), ("1965",), "M"),
    Entry("3", ("Molly PHANTOMSSON",), ("1981-02-03",), "F", ("BEL",)),
    Entry("4", ("Ibrahim Abd al-Rahman Fictieverius Langenaamsson",), ("1950-01-01",)),
]


@cache
def the_index() -> Index:
    """Made when a test asks: who only collects the tests need not compile."""
    return Index.build(LISTED)


def search(name: str, born: str | None = None, **rest: str) -> list[Candidate]:
    return the_index().search(Query("q", (name,), born, **rest), threshold=DEFAULT_THRESHOLD)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("MOHAMMED VERZONNEN ALFANTASI", "1"),
        ("ALFANTASI MOHAMED VERZONNEN", "1"),
        ("VERZONNEN EL FANTASI MOUHAMMAD", "1"),
        ("MUHAMMAD VERZONEN ALFANTASI", "1"),
        ("MUHAMMADVERZONNEN AL FANTASI", "1"),
        ("محمد VERZONNEN AL FANTASI", "1"),
        ("YEVGENY ALEKSANDROVITCH BEDACHTOV", "2"),
        ("Евгений Александрович Бедачтов", "2"),
        ("EVGENIY ALEKSANDROVICH NEDACHTOV", "2"),
        ("YAUHEN ALIAKSANDRAVICH BEDACHTOV", "2"),
        ("MOLLYMRS PHANTOMSSON", "3"),
        ("MOLLY FANTOMSON", "3"),
        ("PHANTOMSSON MOLLY MISS", "3"),
        ("HOLLY PHANTOMSSON", "3"),
        ("FICTIEVERIUS LANGENAAMSSON IBRAHIM ABD A", "4"),
        ("LANGENAAMSSON IBRAHIM ABDALRAHMAN FICTI", "4"),
    ],
)
def test_ways_to_write_one_name_find_it(name: str, key: str) -> None:
    born = {"1": "1970-05-06", "2": "1965-07-08", "3": "1981-02-03", "4": "1950-03-04"}[key]

    found = search(name, born)

    assert [candidate.entry_key for candidate in found] == [key]


@pytest.mark.parametrize("name", ["JAN JANSEN", "MOHAMMED ALI", "MOLLY MALONE", "", "<<<", "12345"])
def test_other_names_find_nobody_even_with_a_listed_birth_date(name: str) -> None:
    assert search(name, "1981-02-03", nationality="BEL", sex="F") == []


@pytest.mark.parametrize("born", ["1981-02-08", "1981-07-03", "1971-02-03"])
def test_one_digit_wrong_in_a_date_speaks_little_against_a_rare_name(born: str) -> None:
    (found,) = the_index().search(Query("q", ("MOLLY PHANTOMSSON",), born), threshold=3.0)

    assert (found.entry_key, found.evidence[0].verdict) == (
        "3",
        "different" if born < "1980" else "same_year",
    )
    assert -1.5 < found.evidence[0].weight < 0


def test_a_date_that_tells_no_year_tells_nothing_and_a_day_without_a_month_only_its_year() -> None:
    assert [dates.from_text(text) for text in ("0000-05-04", "0000", "00", "1980-13-01")] == [0, 0, 0, 0]
    assert dates.from_text("1980-00-15") == dates.from_text("1980-00-00") == dates.from_text("1980")


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        ("1981-02-03", "same"),
        ("1981-03-02", "day_month_swapped"),
        ("1982-02-03", "off_by_one_year"),
        ("1981", "year_only"),
        ("1981-02", "same_month"),
        ("1981-02-19", "same_year"),
        ("1944-11-12", "different"),
        (None, "unknown"),
        ("gisteren", "unknown"),
    ],
)
def test_a_birth_date_is_evidence_in_words(born: str | None, verdict: str) -> None:
    found = the_index().search(Query("q", ("MOLLY PHANTOMSSON",), born), threshold=-100)[0]

    assert [line.verdict for line in found.evidence if line.kind == "birth_date"] == [verdict]


def test_another_birth_date_takes_even_a_rare_equal_name_below_the_threshold() -> None:
    name = "MUHAMMAD VERZONNEN AL FANTASI"

    assert search(name) != []
    assert search(name, "1999-12-31") == []
    found = the_index().search(Query("q", (name,), "1999-12-31"), threshold=-100)
    assert [line.verdict for line in found[0].against if line.kind == "birth_date"] == ["different"]  # type: ignore[union-attr]


def test_an_equal_document_shows_an_entry_whatever_else_differs() -> None:
    found = search("WHOEVER ELSE", "1999-12-31", documents=("x1234567",), sex="F", nationality="BEL")

    assert [candidate.entry_key for candidate in found] == ["1"]


@pytest.mark.parametrize(
    ("born", "listed", "how"),
    [
        ("1981-02-03", "1981-02-03", dates.SAME),
        ("1981-01-01", "1981-01-01", dates.FILLED_IN),
        ("1944-11-12", "1981-02-03", dates.DIFFERENT),
        ("1982-03-02", "1981-02-03", dates.DIFFERENT),
        ("1918-02-03", "1981-02-03", dates.SLIP),
        ("1991-02-03", "1981-02-03", dates.SLIP),
        ("1944-02-03", "1981-02-03", dates.DIFFERENT),
        ("1983-01-01", "1981-02-03", dates.ESTIMATED),
        ("1981-01-01", "1981-02-03", dates.YEAR_ONLY),
        ("1999-01-01", "1981-01-01", dates.PARTLY_DIFFERENT),
        ("1999", "1981-02-03", dates.PARTLY_DIFFERENT),
    ],
)
def test_only_full_dates_that_differ_by_more_than_a_slip_speak_fully_against(
    born: str, listed: str, how: int
) -> None:
    one, other = (dates.from_text(text) for text in (born, listed))

    assert dates.compare_dates(one, other) == how


def test_an_agreement_of_dates_weighs_more_the_more_it_says() -> None:
    worth = [int(weights().dates[how]) for how in (dates.SAME, dates.YEAR_ONLY, dates.UNKNOWN, dates.SLIP)]

    assert worth == sorted(worth, reverse=True)
    assert int(weights().dates[dates.DIFFERENT]) < int(weights().dates[dates.PARTLY_DIFFERENT]) < 0


def test_another_date_of_a_record_that_fits_better_speaks_against_one_without_a_date() -> None:
    twins = [
        Entry("undated", ("Andrei FICTIEVERIUS",)),
        Entry("dated", ("Andrey FICTIEVERIUS",), ("1962-02-22",)),
    ]
    index = Index.build(twins)

    def told(name: str, born: str | None) -> list[tuple[str, bool]]:
        found = index.search(Query("q", (name,), born), threshold=-100)
        undated = next(one for one in found if one.entry_key == "undated")
        return [(line.verdict, line.weight < 0) for line in undated.evidence]

    assert told("ANDREY FICTIEVERIUS", "1975-03-04") == [("other_record", True)]
    assert told("ANDREI FICTIEVERIUS", "1975-03-04") == [("unknown", False)]
    assert told("ANDREY FICTIEVERIUS", "1962-02-22") == [("unknown", False)]
    assert told("ANDREY FICTIEVERIUS", None) == [("unknown", False)]
    several = Index.build([*twins, Entry("too", ("FICTIEVERIUS Andrey",), ("1950",))])
    found = several.search(Query("q", ("ANDREY FICTIEVERIUS",), "1975-03-04"), threshold=-100)
    assert [one.evidence[0].verdict for one in found if one.entry_key == "undated"] == ["unknown"]


def test_all_forms_of_a_name_fold_alike_and_like_no_other_name() -> None:
    folds: list[str] = []
    for _, forms in same_names.lines():
        found, _ = distinct(read(pack_names(forms)))
        letters, starts = "".join(chr(65 + letter) for letter in found.folds), found.fold_starts.tolist()
        folds += {letters[a:b] for a, b in pairwise(starts)}

    assert len({*folds}) == len(folds) == len(same_names.lines())


def test_an_equal_document_finds_a_person_under_another_name() -> None:
    found = the_index().search(Query("q", ("WHOEVER ELSE",), documents=("x1234567",)), threshold=0)

    assert [candidate.entry_key for candidate in found] == ["1"]
    assert [line.verdict for line in found[0].for_ if line in found[0].evidence] == ["same"]  # type: ignore[union-attr]


def test_a_candidate_explains_itself_part_by_part() -> None:
    found = search("MOLLYMRS VAN FANTOMSON", "1981-02-03")[0]

    assert [(line.query, line.listed, line.how) for line in found.parts] == [
        ("MOLLYMRS", "MOLLY", "affix"),
        ("FANTOMSON", "PHANTOMSSON", "spelling"),
        ("VAN", "", "extra"),
    ]
    assert found.listed_name == "Molly PHANTOMSSON"


def test_a_rare_part_says_more_than_a_common_one() -> None:
    many = [Entry(f"{i}", (f"ALI PERSOON{chr(65 + i // 26)}{chr(65 + i % 26)}",)) for i in range(300)]
    found = Index.build(many).search(Query("q", ("ALI PERSOONBC",)), threshold=0, limit=1)[0]

    ali, rare = found.parts
    assert 0 < ali.weight < rare.weight


def test_a_key_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="Two entries"):
        Index.build([LISTED[0], LISTED[0]])


def test_an_empty_list_finds_nobody() -> None:
    assert Index.build([]).search(Query("q", ("MOLLY",), documents=("X1234567",)), threshold=-100) == []
    assert len(Index.build([])) == 0


def test_the_version_follows_the_content() -> None:
    assert Index.build(LISTED).version == Index.build(reversed(LISTED)).version
    assert Index.build(LISTED).version != Index.build(LISTED[:3]).version


def test_a_saved_index_is_named_for_its_content_and_answers_the_same(tmp_path: Path) -> None:
    query = Query("q", ("MOLLY FANTOMSON",), "1981-02-03", documents=("X1234567",))

    path = the_index().save(tmp_path)

    assert path.name == the_index().version
    assert the_index().save(tmp_path) == path
    loaded = Index.load(path)
    assert loaded.version == the_index().version
    assert loaded.search(query, threshold=-100) == the_index().search(query, threshold=-100)


def test_a_changed_list_answers_as_if_it_had_been_built_so() -> None:
    added = Entry("3", ("Molly FANTASMA",))

    changed = the_index().changed(added=[added], removed=["1"])

    fresh = Index.build([LISTED[1], LISTED[3], added])
    assert changed.version == fresh.version
    query = Query("q", ("MOLLY FANTASMA",))
    assert changed.search(query, threshold=-100) == fresh.search(query, threshold=-100) != []


def test_a_loaded_list_is_changed_and_the_file_it_came_from_stays(tmp_path: Path) -> None:
    path = the_index().save(tmp_path)
    loaded = Index.load(path)
    moved = Entry("2", ("Evgeniy BEDACHTOV",), documents=("Y7654321",))

    changed = loaded.changed(added=[moved], removed=["nobody", "4"])

    assert [entry.key for entry in changed.entries()] == ["1", "2", "3"]
    by_document = changed.search(Query("q", ("X",), documents=("Y 7654321",)), threshold=0)
    assert [found.entry_key for found in by_document] == ["2"]
    assert Index.load(path).version == the_index().version != changed.version
    assert [entry.key for entry in Index.load(path).entries()] == ["1", "2", "3", "4"]


def test_threads_and_portions_change_no_answer() -> None:
    queries = [
        Query(f"{i}", (name,), "1981-02-03") for i in range(1_500) for name in ("MOLLY FANTOMSON", "ALI X")
    ]

    one = the_index().search_many(queries, threshold=-100)

    assert the_index().search_many(queries, threshold=-100, threads=2) == one
    streamed = list(the_index().search_stream(iter(queries), threshold=-100, portion=700))
    assert [done for done, _ in streamed] == [700, 1_400, 2_100, 2_800, 3_000]
    assert [answer for _, answers in streamed for answer in answers] == one


def test_a_full_memory_of_parts_loses_no_candidate() -> None:
    index = Index.build(LISTED)
    asked = Query("q", ("MOLLY BEDACHTOV VERZONNEN",))
    index.search(Query("q", ("MOLLY",)), threshold=-100)
    [(_, room, _)] = index._seats
    memory = room.look.memory
    memory.used[0] = len(memory.near)

    found = index.search(asked, threshold=-100)

    assert found == Index.build(LISTED).search(asked, threshold=-100)
    assert sorted(candidate.entry_key for candidate in found) == ["1", "2", "3"]


def test_an_index_in_files_is_searched_by_the_code_compiled_for_one_in_memory(tmp_path: Path) -> None:
    loaded = Index.load(the_index().save(tmp_path))

    assert numba.typeof(loaded._catalogue) == numba.typeof(the_index()._catalogue)
