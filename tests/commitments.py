"""Promises of an office that does not exist, for tests."""

from datetime import date

from samenhang.programme.rules import Forum, Office, Paper, Promise, Read

LETTER = Paper("Invented paper 1", "chapter 1", date(2026, 11, 2), Read.IN_SOURCE)
ANSWER = Paper("Invented paper 2", "", date(2026, 11, 20), Read.IN_SOURCE)
PROMISE = Promise(
    made_by=Office.JUSTICE,
    made_to=Forum.HOUSE,
    what="An imaginary letter on travel data.",
    made_on=date(2026, 11, 2),
    paper=LETTER,
    term="before the end of the year",
    due_on=date(2026, 12, 31),
)
REASON = "The minister wrote this to the House in an imaginary letter."
