"""Claiming, opening a person, linking, and looking somebody up."""

from samenhang.persons.actions.linking import claim, decide_link, move, open_person, propose_link, undo_link
from samenhang.persons.actions.looking import Answer, look_up

__all__ = ["Answer", "claim", "decide_link", "look_up", "move", "open_person", "propose_link", "undo_link"]
