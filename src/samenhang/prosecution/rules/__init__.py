"""Pure policy of the criminal track."""

from collections.abc import Mapping, Set
from typing import Any

from samenhang.prosecution.rules import course, evidence

MACHINES: Mapping[str, Mapping[Any, Set[Any]]] = {
    "Criminal case": course.NEXT,
    "Piece of evidence": evidence.NEXT,
}
