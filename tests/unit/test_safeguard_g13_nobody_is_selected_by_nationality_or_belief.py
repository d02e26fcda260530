"""G13: nationality, ethnicity and religion select nobody: in screening, queues and criteria alike."""

import inspect
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.travel.rules.permitted import NOTHING
from samenhang.watchlists import actions, models
from samenhang.watchlists.rules import alerts, screening
from screening import DEFAULT_THRESHOLD, Entry, Index, Query
from tests.cast import ActorOf, World
from tests.watchlists import BRAM, FANTASIO, alert, arrive, every_hit, listed, request, screener

AREA = Path(inspect.getfile(actions)).parent.parent
FORBIDDEN = re.compile(
    r"religio|faith|belief|islam|muslim|christian|jew|ethnic|descent|race\b|tribe|geloof|godsdienst|etnisch|afkomst",
    re.IGNORECASE,
)
COUNTRIES = st.sampled_from(["NLD", "BEL", "MAR", "TUR", "SYR", "USA", ""])


@pytest.mark.django_db
def test_nationality_alone_never_yields_a_hit(world: World, actor_of: ActorOf, moment: datetime) -> None:
    alert(actor_of(world.police), nationalities=("NLD", "BEL"))
    arrive(BRAM, replace(BRAM, nationality="BEL", record_locator="DDDDDD"), now=moment)

    screened = actions.screen_waiting(by=screener(moment))

    assert (screened.passengers, screened.hits) == (2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("nationality", ["NLD", "SYR", "USA", ""])
def test_the_resemblance_is_the_same_for_every_nationality(
    nationality: str, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    arrive(replace(FANTASIO, nationality=nationality), now=moment)

    actions.screen_waiting(by=screener(moment))

    hit = every_hit().get()
    kinds = {line["kind"] for line in hit.explanation["evidence"]}
    assert "nationality" not in kinds
    assert hit.resemblance == pytest.approx(_resemblance())


def _resemblance() -> float:
    """What the library itself gives without a nationality on either side."""
    entry = Entry("A", ("Fantasio van der Verzonnen",), ("1991-05-12",), "M", (), ("X0000001",))
    query = Query("Q", ("FANTASIO VAN DER VERZONNEN",), "1991-05-12", "M", None, ("X0000001",))
    return Index.build([entry]).search(query, threshold=DEFAULT_THRESHOLD)[0].score


@given(COUNTRIES, COUNTRIES)
def test_what_is_compared_never_holds_a_nationality(one: str, other: str) -> None:
    passenger = models.hits.Hit._meta.get_field("passenger").related_model(pk=1)
    passenger.told = {**NOTHING, "surname": "X", "nationality": one}
    listed_alert = models.Alert(reference="A", names=["X"], nationalities=[other])

    assert screening.query(passenger).nationality is None
    assert screening.entry(listed_alert).nationalities == ()


def test_the_criteria_of_an_alert_are_a_closed_list_without_belief_or_descent() -> None:
    texts = [(code, str(text)) for kind in alerts.kinds() for code, text in alerts.criteria_of(kind)]

    assert texts
    assert not [text for text in texts if FORBIDDEN.search(" ".join(text))]


@pytest.mark.django_db
def test_a_ground_of_ones_own_is_refused(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(alerts.Incomplete):
        actions.issue(listed(), request(criteria=("attends-a-mosque",)), by=actor_of(world.police))


def test_no_queue_page_or_form_filters_by_nationality() -> None:
    questions = [name for model in (models.Hit, models.Alert) for name in dir(model.objects.all())]
    assert not [name for name in questions if "national" in name.lower()]

    pages = [
        file for file in AREA.rglob("*.py") if file.parent.name == "views" or file.stem in ("views", "urls")
    ]
    for file in pages:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(filter|exclude|order_by)\([^)]*national", text), file
        assert not re.search(r"GET[.\[(].*national", text), file
