"""Pure policy of the criminal track."""

from samenhang.prosecution.rules import course, evidence

MACHINES = {"Criminal case": course.NEXT, "Piece of evidence": evidence.NEXT}
