"""Relations on the person file: picture and table say the same, of this file and for this reader alone."""

import re

import pytest

from samenhang.cases import actions as deeds
from samenhang.cases.models import Case
from samenhang.cases.rules.keeping import Part
from samenhang.desk.relations import LETTERS, Group, Tie, drawn, groups_of, known_of
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from samenhang.persons.rules.contacts import Relation, Whom
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import opened_case

WORK = "person-centred-approach"
ENGLISH = {"accept-language": "en"}
MOTHER = Whom("Wilhelmina Moederberg", "020 555 0100", "Present at the talk about school.")


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    """With a lead, and with a mother whom the municipality noted."""
    made, by = opened_case(world, actor_of), actor_of(world.director, WORK)
    deeds.appoint(made, world.director, Part.LEAD, by=by)
    persons.note_contact(person_of(made), MOTHER, relation=Relation.PARENT, by=by)
    return made


def person_of(case: Case) -> Person:
    return Person.objects.unscoped("test").get(pk=case.person_id)


def relations(page: str) -> tuple[list[str], list[str]]:
    """The texts of the picture, and the cells of the table."""
    card = page.partition('id="relations"')[2].partition('id="movements"')[0]
    picture, _, table = card.partition("</svg>")
    drawn_texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
    return drawn_texts, [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", table)
    ]


def test_picture_and_table_say_who_stands_round_the_person_and_who_works_on_the_case(
    case: Case, world: World, client_of: ClientOf
) -> None:
    browser = client_of(world.director, WORK)

    page = browser.get(f"/persons/{person_of(case).reference}/", headers=ENGLISH).content.decode()

    texts, cells = relations(page)
    for name, words in (
        (MOTHER.name, "Parent"),
        ("Imaginary director", "Lead"),
        ("Police", "Sits at the case"),
    ):
        assert {name, words} <= set(texts)
        assert f"{name}|{words}" in "|".join(cells)
    assert MOTHER.reach not in page, "how to reach them stands on a page of its own"
    assert 'role="img"' in page
    assert "<script" not in page.partition("<svg")[2].partition("</svg>")[0]


def test_what_a_reader_may_not_see_is_neither_drawn_nor_counted(
    case: Case, world: World, client_of: ClientOf
) -> None:
    path = f"/persons/{person_of(case).reference}/"

    def counted(page: str) -> str:
        return re.sub(r"\D", "", page.partition('href="#relations"')[2].partition("</a>")[0])

    own = client_of(world.director, WORK).get(path).content.decode()
    partner = client_of(world.prosecutor, WORK).get(path).content.decode()
    weighing = client_of(world.police, "weighing").get(path).content.decode()

    assert (counted(own), counted(partner)) == ("5", "4")
    for page in (partner, weighing):
        assert MOTHER.name not in page
        assert "Familie en anderen die helpen" not in "".join(relations(page)[0])
    assert client_of(world.school, WORK).get(path).status_code == 404


def test_nothing_of_another_file_shows(case: Case, world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.director, WORK)
    claim = persons.claim(Identity("Fantasia", "Pippo"), by=by)
    other = persons.open_person(claim, reason="a report", by=by)
    persons.note_contact(other, MOTHER, relation=Relation.PARENT, by=by)

    ties = [tie for group in groups_of(other, known_of(other, by), [], by) for tie in group.ties]

    assert ties == [Tie("Ouder", MOTHER.name)]


def test_a_minor_is_drawn_as_a_child_first(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    by = actor_of(world.police, WORK)
    child = persons.open_person(
        persons.claim(Identity("Kleintje", "Klaasje", "2010-05"), by=by), reason="a report", by=by
    )
    persons.note_contact(child, MOTHER, relation=Relation.PARENT, by=by)

    page = client_of(world.police, WORK).get(f"/persons/{child.reference}/", headers=ENGLISH).content.decode()

    assert relations(page)[0][:2] == ["Child, under 18", "Klaasje Kleintje"]


def test_boxes_follow_one_another_and_a_long_name_takes_lines_instead_of_leaving_its_box() -> None:
    picture = drawn("Pippi", "", [Group("At work", [Tie("Lead", "Ix " * 30), Tie("Deputy", "Mipdoberts")])])

    first, second = picture.boxes
    assert len(first.lines) > 1
    assert all(len(line) <= LETTERS for _y, line in first.lines)
    assert first.y + first.height < second.words_y - 10
    assert second.y + second.height <= picture.height
    assert all(first.y < y <= first.y + first.height for y, _line in first.lines)
