"""Functions of roles, and the refusals of the policy."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from samenhang.foundation.errors import Refused

FUNCTIONS = Path(__file__).parent / "data" / "functions.json"

# Bodies without legal personality in which organisations sit together (Wet PGA art. 5 and 6).
JOINT_BODIES = ("WEEG", "CASUS")
# As whom any organisation may be let in for single items until a day (Wet PGA art. 3(3)-(4)).
THIRD_PARTY = "DERDE"
# The purpose under which a closed case may be looked into, and the kind of block that gives way to it.
OVERSIGHT, SHIELDED = "oversight", "shielded"


class NotThere(Refused):
    """Unknown and forbidden look the same."""

    code = "not-found"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("This does not exist, or it is not for you."))


class NotYours(Refused):
    """The record may be seen, but this deed belongs to somebody else."""

    code = "forbidden"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Your role may not do this. Ask a colleague whose task it is."))


@cache
def functions() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Roles by what they may read and do, from ``data/functions.json``."""
    tables = json.loads(FUNCTIONS.read_text(encoding="utf-8"))
    return {
        kind: {name: frozenset(roles) for name, roles in tables[kind].items()} for kind in ("read", "deeds")
    }


def may_read(label: str, roles: frozenset[str]) -> bool:
    return not roles.isdisjoint(functions()["read"].get(label, frozenset()))


def may_do(deed: str, roles: frozenset[str]) -> bool:
    return not roles.isdisjoint(functions()["deeds"][deed])


def pack(purposes: tuple[str, ...] | list[str]) -> str:
    """Purposes as one searchable text: ``,weighing,investigation,``."""
    return f",{','.join(purposes)}," if purposes else ""


def unpack(packed: str) -> tuple[str, ...]:
    return tuple(part for part in packed.split(",") if part)
