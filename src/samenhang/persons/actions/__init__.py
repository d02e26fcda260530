"""Claiming, opening a person, linking; looking somebody up; contacts."""

from samenhang.persons.actions.contacting import forget_contact, forget_contacts, note_contact, whom
from samenhang.persons.actions.erasing import erase, let_go
from samenhang.persons.actions.growing import come_of_age
from samenhang.persons.actions.linking import (
    claim,
    decide_link,
    move,
    open_person,
    propose_link,
    settle,
    undo_link,
)
from samenhang.persons.actions.looking import Answer, is_own_name, known_already, look_up, stop_own_name

__all__ = [
    "Answer",
    "claim",
    "come_of_age",
    "decide_link",
    "erase",
    "forget_contact",
    "forget_contacts",
    "is_own_name",
    "known_already",
    "let_go",
    "look_up",
    "move",
    "note_contact",
    "open_person",
    "propose_link",
    "settle",
    "stop_own_name",
    "undo_link",
    "whom",
]
