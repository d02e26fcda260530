"""Who stands round one person and who works on their case: as a table, and as a picture that says the same.

Only the file's own: contacts noted in it and the seats at its running cases, each as far as this reader may
see it. Nothing leads from here to another file, and what may not be seen is neither drawn nor counted.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenhang.cases.models import Case, CaseParty, Charge, ThirdParty
from samenhang.cases.models.keeping import people
from samenhang.cases.rules import RUNNING
from samenhang.journal import Actor
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons
from samenhang.persons.models import Contact, Person
from samenhang.persons.rules.contacts import Whom

# Units of the drawing, of which a phone shows all. Letters are drawn at 15, so a line of so many fits a box.
WIDTH, TRUNK, LEFT, LINE, PADDING = 340, 14, 40, 19, 8
LETTERS = 36


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of the table and of the picture: what they are to the person, in plain words, and who."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    ties: list[Tie]


Known = Sequence[tuple[Contact, Whom]]


def known_of(person: Person, actor: Actor) -> Known:
    """Who stands round the person, as far as the actor may see them."""
    return persons.whom(Contact.objects.visible_to(actor).of(person.pk), by=actor)


def groups_of(person: Person, known: Known, cases: Iterable[Case], actor: Actor) -> list[Group]:
    """Those round the person first, then who works on each running case. Empty groups are left out.

    known, cases: what the actor may see, loaded through the policy.
    """
    round_them = [Tie(_in_words(contact), whom.name) for contact, whom in known]
    who = _("Board and others who help") if person.is_legal else _("Family and others who help")
    groups = [Group(who, round_them)]
    groups += [
        Group(_("At work on case %s") % case.reference, _at(case, actor))
        for case in cases
        if case.status in RUNNING
    ]
    return [group for group in groups if group.ties]


def _in_words(contact: Contact) -> str:
    relation = contact.get_relation_display()
    return _("%s, stands for the child in law") % relation if contact.represents else relation


def _at(case: Case, actor: Actor) -> list[Tie]:
    charges = list(Charge.objects.visible_to(actor).of(case).standing())
    colleagues = people(charge.user_id for charge in charges)
    parties = list(CaseParty.objects.visible_to(actor).of(case).active())
    third = ThirdParty.objects.visible_to(actor).of(case)
    reading = [row for row in third if row.reads_on(actor.today)]
    seated = {row.organisation_id for row in parties} | {row.organisation_id for row in reading}
    bodies = Organisation.objects.in_bulk(seated)
    return [
        *(Tie(charge.get_part_display(), colleagues[charge.user_id].name) for charge in charges),
        *(Tie(_("Sits at the case"), bodies[row.organisation_id].name) for row in parties),
        *(Tie(_("Reads some items"), bodies[row.organisation_id].name) for row in reading),
    ]


@dataclass(frozen=True, slots=True)
class Box:
    """words stand above the box, on the line that leads to it; lines are the name within."""

    words: str
    words_y: int
    y: int
    height: int
    lines: list[tuple[int, str]]
    middle: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A trunk from the person down, and a branch to everybody, in units of ``WIDTH`` wide."""

    height: int
    person: Box
    titles: list[tuple[int, str]]
    boxes: list[Box]
    width: int = WIDTH
    trunk: int = TRUNK
    left: int = LEFT
    right: int = WIDTH - 1


def drawn(name: str, mark: str, groups: Sequence[Group]) -> Picture:
    """name: of the person; mark: what they are before anything else, such as a child, or nothing."""
    person = _box(mark, name, LINE if mark else PADDING)
    y = person.y + person.height
    titles, boxes = [], []
    for group in groups:
        y += 2 * LINE
        titles.append((y - PADDING, group.title))
        for tie in group.ties:
            box = _box(tie.words, tie.name, y + LINE)
            boxes.append(box)
            y = box.y + box.height + PADDING
    return Picture(y + PADDING, person, titles, boxes)


def _box(words: str, name: str, top: int) -> Box:
    """top: where its words end and the box begins."""
    lines = textwrap.wrap(name, LETTERS) or [""]
    y = top + PADDING // 2
    height = len(lines) * LINE + PADDING
    within = [(y + LINE * (number + 1) - 1, line) for number, line in enumerate(lines)]
    return Box(words, top - 2, y, height, within, y + height // 2)
