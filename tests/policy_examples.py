"""What each clause of the policy is for, as examples with answers given by hand.

All play on the day of the tests, in one world. Each example changes one thing
of a start that is allowed, so that exactly one clause makes the difference.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from tests.conftest import MOMENT
from tests.oracle import Barred, Body, Facts, Given, Kept, Somebody
from tests.worlds import Placed

POLICE, PROSECUTION, TOWN = Body("POL"), Body("OM"), Body("BURG", "Nergenshuizen")
OTHER_TOWN, TRAVEL, PLATFORM = Body("BURG", "Elderstad"), Body("PINL"), Body("CASUS", "Nergenshuizen")
BEFORE, LATER = MOMENT - timedelta(days=2), MOMENT + timedelta(days=2)

ANALYST = Somebody("analyst", POLICE, frozenset({"police-analyst"}), "weighing", MOMENT, MOMENT.date())
MAYOR = Somebody("mayor", TOWN, frozenset({"mayor"}), "weighing", MOMENT, MOMENT.date())
COLLEAGUE = replace(MAYOR, name="deputy")
OTHER_MAYOR = replace(MAYOR, name="other mayor", body=OTHER_TOWN)
APPROACH = "person-centred-approach"


@dataclass(frozen=True)
class Example:
    """May this person read this record, given these grants and blocks of its scope?"""

    clause: str
    says: str
    who: Somebody
    record: Kept
    answer: bool
    given: tuple[Given, ...] = ()
    barred: tuple[Barred, ...] = ()


SIGNAL = Kept("", "", POLICE, "signal", ("weighing", "investigation"))
PLAN = Kept("", "", PLATFORM, "plan", (APPROACH,))
NAME = Kept("", "", POLICE, "identity", ("weighing",))
GIVEN = Given("", TOWN, "signal", "WEEG", BEFORE)
ALLOWED = Example("", "", MAYOR, SIGNAL, True, (GIVEN,))
OWN = Example("", "", ANALYST, SIGNAL, True)


def but(start: Example, clause: str, says: str, *, answer: bool, **changes: object) -> Example:
    return replace(start, clause=clause, says=says, answer=answer, **changes)  # type: ignore[arg-type]


def _given(**changes: object) -> tuple[Given, ...]:
    return (replace(GIVEN, **changes),)  # type: ignore[arg-type]


FUNCTION = [
    but(OWN, "function", "a role that reads such records", answer=True),
    but(OWN, "function", "a role that does not", answer=False,
        who=replace(ANALYST, roles=frozenset({"travel-analyst"}))),
    but(OWN, "function", "no role at all", answer=False, who=replace(ANALYST, roles=frozenset())),
    but(OWN, "function", "the technical administrator", answer=False,
        who=replace(ANALYST, roles=frozenset({"administrator"}))),
]  # fmt: skip
PURPOSE = [
    but(OWN, "purpose", "a purpose of the record", answer=True),
    but(OWN, "purpose", "another purpose of the record", answer=True,
        who=replace(ANALYST, purpose="investigation")),
    but(OWN, "purpose", "a purpose it was not given for", answer=False,
        who=replace(ANALYST, purpose="border-check")),
    but(OWN, "purpose", "no purpose chosen", answer=False, who=replace(ANALYST, purpose="")),
    but(OWN, "purpose", "a record without a purpose", answer=False, record=replace(SIGNAL, purposes=())),
    but(OWN, "purpose", "a purpose whose name is part of another", answer=False,
        who=replace(ANALYST, purpose="weighing"), record=replace(SIGNAL, purposes=("re-weighing-more",))),
]  # fmt: skip
RELEASED = [
    but(OWN, "released", "its own", answer=True),
    but(ALLOWED, "released", "given in the body that weighs", answer=True),
    but(ALLOWED, "released", "given to nobody", answer=False, given=()),
    but(ALLOWED, "released", "the same office in another town", answer=False, who=OTHER_MAYOR),
    but(ALLOWED, "released", "given, but of another category", answer=False,
        given=_given(category="police-data")),
    but(ALLOWED, "released", "given in its own name, which no law allows", answer=False,
        given=_given(capacity="BURG")),
    but(ALLOWED, "released", "given in the name of another body", answer=False, given=_given(capacity="OM")),
    but(ALLOWED, "released", "given from later on", answer=False, given=_given(starts_at=LATER)),
    but(ALLOWED, "released", "given until before", answer=False, given=_given(ends_at=MOMENT)),
    but(ALLOWED, "released", "given to this person alone", answer=True, given=_given(person="mayor")),
    but(ALLOWED, "released", "given to a colleague alone", answer=False, given=_given(person="deputy")),
    but(ALLOWED, "released", "a category the law does not let go there", answer=False,
        record=replace(SIGNAL, category="passenger-data"), given=_given(category="passenger-data")),
    but(ALLOWED, "released", "from a body the law does not let give it", answer=False,
        record=replace(SIGNAL, body=TRAVEL)),
    but(ALLOWED, "released", "identity that goes along with a signal", answer=True,
        record=NAME, given=_given(category="identity")),
    but(ALLOWED, "released", "identity from whom nothing may come", answer=False,
        record=replace(NAME, body=TRAVEL), given=_given(category="identity")),
    but(ALLOWED, "released", "what the joint body made itself", answer=True, record=PLAN,
        who=replace(MAYOR, purpose=APPROACH), given=_given(category="plan", capacity="CASUS")),
    but(ALLOWED, "released", "a right given in another scope", answer=False, given=_given(scope="elsewhere")),
]  # fmt: skip
CLEARANCE = [
    but(OWN, "clearance", "as secret as one may read", answer=True,
        who=replace(ANALYST, clearance=1), record=replace(SIGNAL, classification=1)),
    but(OWN, "clearance", "more secret than one may read", answer=False,
        record=replace(SIGNAL, classification=1)),
    but(ALLOWED, "clearance", "more secret, and given", answer=False,
        record=replace(SIGNAL, classification=1)),
]  # fmt: skip
BLOCK = [
    but(OWN, "block", "blocked for everyone", answer=False, barred=(Barred("", BEFORE),)),
    but(ALLOWED, "block", "given, but blocked: a block wins", answer=False, barred=(Barred("", BEFORE),)),
    but(OWN, "block", "blocked for this body", answer=False, barred=(Barred("", BEFORE, body=POLICE),)),
    but(OWN, "block", "blocked for another body", answer=True, barred=(Barred("", BEFORE, body=TOWN),)),
    but(OWN, "block", "blocked for this person", answer=False,
        barred=(Barred("", BEFORE, person="analyst"),)),
    but(OWN, "block", "blocked for somebody else", answer=True, barred=(Barred("", BEFORE, person="mayor"),)),
    but(OWN, "block", "blocked from later on", answer=True, barred=(Barred("", LATER),)),
    but(OWN, "block", "blocked until before", answer=True, barred=(Barred("", BEFORE, MOMENT),)),
    but(OWN, "block", "another scope is blocked", answer=True, barred=(Barred("elsewhere", BEFORE),)),
]  # fmt: skip
LOOK = but(ALLOWED, "purpose", "a right of one's own to look", answer=True, record=PLAN,
           who=replace(MAYOR, purpose="oversight"),
           given=_given(category="plan", capacity="CASUS", person="mayor"))  # fmt: skip
SHIELDED = (Barred("", BEFORE, kind="shielded"),)
LOOKS = [
    LOOK,
    but(LOOK, "block", "what is shielded", answer=True, barred=SHIELDED),
    but(LOOK, "block", "what is held back", answer=False, barred=(Barred("", BEFORE),)),
    but(LOOK, "block", "a right of the whole body", answer=False,
        given=_given(category="plan", capacity="CASUS")),
    but(LOOK, "block", "a right of a colleague", answer=False,
        given=_given(category="plan", capacity="CASUS", person="deputy")),
    but(LOOK, "block", "a right that is over", answer=False,
        given=_given(category="plan", capacity="CASUS", person="mayor", ends_at=MOMENT)),
    but(LOOK, "block", "a right in another scope", answer=False,
        given=_given(category="plan", capacity="CASUS", person="mayor", scope="elsewhere")),
    but(LOOK, "block", "what is shielded, under another purpose", answer=False, barred=SHIELDED,
        who=replace(MAYOR, purpose=APPROACH)),
]  # fmt: skip
WITHDRAWN = [
    but(OWN, "withdrawn", "withdrawn, and its own", answer=True, record=replace(SIGNAL, withdrawn=True)),
    but(ALLOWED, "withdrawn", "given, and withdrawn since", answer=False,
        record=replace(SIGNAL, withdrawn=True)),
]  # fmt: skip

EXAMPLES = [
    replace(
        example,
        record=replace(example.record, name=f"S-{n}", scope=f"S-{n}"),
        given=tuple(replace(one, scope=one.scope or f"S-{n}") for one in example.given),
        barred=tuple(replace(one, scope=one.scope or f"S-{n}") for one in example.barred),
    )
    for n, example in enumerate([*FUNCTION, *PURPOSE, *RELEASED, *CLEARANCE, *BLOCK, *LOOKS, *WITHDRAWN])
]
PEOPLE = [*dict.fromkeys(example.who for example in EXAMPLES), COLLEAGUE]
FACTS = Facts(
    tuple(example.record for example in EXAMPLES),
    tuple(one for example in EXAMPLES for one in example.given),
    tuple(one for example in EXAMPLES for one in example.barred),
)


def wrong(placed: Placed) -> list[str]:
    """Sentences about the examples in which the predicate or the filter answers otherwise."""
    listed = {who: placed.listed(who, FACTS.kept) for who in PEOPLE}
    return [
        f"{example.clause}: {example.says}: the {face} says {said}"
        for example in EXAMPLES
        for face, said in (
            ("predicate", placed.decided(example.who, example.record)),
            ("filter", example.record.name in listed[example.who]),
        )
        if said is not example.answer
    ]
