"""Safeguard G42: from all that was published, no total of one to four can be worked out."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from samenhang.national_picture.rules.differencing import Total, lets_subtract, total
from samenhang.national_picture.rules.windows import Kind, Window

DAY = date(2026, 1, 1)
DAYS = 6
EVENTS = st.lists(st.integers(0, 9), min_size=DAYS, max_size=DAYS)
WINDOWS = st.lists(
    st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1)).map(lambda w: (min(w), max(w))), max_size=8
)


def published(events: list[int], windows: list[tuple[int, int]]) -> list[Total]:
    """What leaves when each report in turn asks first; small totals never do."""
    out: list[Total] = []
    for first, last in windows:
        window = Window(DAY + timedelta(days=first), DAY + timedelta(days=last))
        new = total(Kind.PERIOD, window, sum(events[first : last + 1]))
        if not 0 < new.counted < 5 and not lets_subtract(new, out):
            out.append(new)
    return out


def solvable(known: list[Total], first: int, last: int) -> bool:
    """Whether the count of these days follows from the totals: linear algebra, knowing nothing of graphs."""
    rows = [
        [1 if one.start <= DAY + timedelta(days=d) < one.end else 0 for d in range(DAYS)] for one in known
    ]
    wanted = [1 if first <= d <= last else 0 for d in range(DAYS)]
    return rank([*rows, wanted]) == rank(rows)


def rank(rows: list[list[int]]) -> int:
    """Over the rationals; exact, for matrices of intervals keep their entries small."""
    from fractions import Fraction

    matrix = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(DAYS):
        pivot = next((i for i in range(found, len(matrix)) if matrix[i][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for i in range(found + 1, len(matrix)):
            factor = matrix[i][column] / matrix[found][column]
            matrix[i] = [a - factor * b for a, b in zip(matrix[i], matrix[found], strict=True)]
        found += 1
    return found


@given(EVENTS, WINDOWS)
def test_no_run_of_days_with_one_to_four_events_follows_from_the_reports(
    events: list[int], windows: list[tuple[int, int]]
) -> None:
    known = published(events, windows)

    for first, after in combinations(range(DAYS + 1), 2):
        if 0 < sum(events[first:after]) < 5:
            assert not solvable(known, first, after - 1), (known, first, after - 1)


@given(EVENTS, WINDOWS)
def test_what_was_published_can_be_published_again(events: list[int], windows: list[tuple[int, int]]) -> None:
    known = published(events, windows)

    assert not any(lets_subtract(one, known) for one in known)


def test_adjacent_reports_with_a_small_difference_are_held_back() -> None:
    june = Total(date(2012, 1, 1), date(2014, 7, 1), 29)

    assert lets_subtract(Total(date(2012, 1, 1), date(2014, 6, 30), 28), [june])
    assert not lets_subtract(Total(date(2012, 1, 1), date(2014, 6, 30), 24), [june])
    assert not lets_subtract(Total(date(2012, 1, 1), date(2014, 6, 30), 29), [june])


def test_two_parts_and_a_whole_are_seen_through() -> None:
    parts = [Total(date(2026, 1, 1), date(2026, 3, 1), 6), Total(date(2026, 3, 1), date(2026, 5, 1), 7)]

    assert lets_subtract(Total(date(2026, 1, 1), date(2026, 6, 1), 15), parts)


def test_a_small_correction_of_a_published_total_is_held_back() -> None:
    june = Total(date(2012, 1, 1), date(2014, 7, 1), 29)

    assert lets_subtract(Total(date(2012, 1, 1), date(2014, 7, 1), 28), [june])


def test_what_stands_on_two_days_is_compared_as_well() -> None:
    first, second = (Window(date(2026, 5, day), date(2026, 5, day)) for day in (1, 2))

    assert lets_subtract(total(Kind.DAY, second, 12), [total(Kind.DAY, first, 10)])
