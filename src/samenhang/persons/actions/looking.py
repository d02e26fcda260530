"""Looking somebody up: for a purpose, on the record, and never oneself or a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation, User
from samenhang.persons.models import Found, IdentityClaim, StoppedLookUp, people_named
from samenhang.persons.rules import Identity, names
from screening.lookup import Word, words_of


@dataclass(frozen=True, slots=True)
class Answer:
    """Who was found; whether there are more; or that nothing was looked up."""

    people: list[Found]
    more: bool = False
    stopped: bool = False


@transaction.atomic
def look_up(asked: names.Asked, *, reason: str, by: Actor) -> Answer:
    """The people whom the actor may see and who may be so called.

    A name of the actor's own or of a colleague is not looked up at all: that is reported to the data
    protection officer, whether or not anybody so called is known. Raises NotYours and AskMore.
    """
    policy.require_function(by, "person.look-up")
    names.check_asked(asked)
    words = names.in_words(asked.name)
    own, whom = _own_and_whose(words, by)
    if whom is not None:
        _report(whom, reason, by)
        return Answer([], stopped=True)

    people, more = people_named(by, asked)
    # Whoever types a surname alone could meet somebody of their own name; that file is for a colleague.
    others = [person for person in people if not _called(person, own)]

    record("person.looked-up", by.organisation, by=by, operation=Operation.CONSULTATION, reason=reason)
    return Answer(others, more)


@transaction.atomic
def stop_own_name(called: Sequence[str], *, reason: str, by: Actor) -> bool:
    """Whether one of these names is the actor's own or a colleague's; then that is reported."""
    for name in called:
        _own, whom = _own_and_whose(names.in_words(name), by)
        if whom is not None:
            _report(whom, reason, by)
            return True
    return False


def is_own_name(called: Sequence[str], *, by: Actor) -> bool:
    """Whether the actor is so called, at least by an initial."""
    found = (_own_and_whose(names.in_words(name), by)[1] for name in called)
    return any(whom is not None and whom.pk == by.user_id for whom in found)


def known_already(people: Mapping[int, Identity], *, by: Actor) -> list[int]:
    """The keys of those who, by name and day of birth, may be known here already to this actor."""
    linked = IdentityClaim.objects.visible_to(by).linked()
    return [
        key
        for key, one in people.items()
        if linked.filter(
            surname__iexact=one.surname, given_names__iexact=one.given_names, birth_date=one.birth_date
        ).exists()
    ]


def _called(person: Found, own: tuple[Word, ...]) -> bool:
    return any(names.names_the_same(words, own, by_initial=False) for words in words_of(person.names))


def _own_and_whose(words: tuple[Word, ...], by: Actor) -> tuple[tuple[Word, ...], User | None]:
    """The actor's own name; and whose was typed: theirs, also by its initial, or a colleague's in full."""
    typed = Q(pk=by.user_id)
    for word in words:
        typed |= Q(name__icontains=word.letters, organisation_id=by.organisation_id, human=True)
    people = list(User.objects.filter(typed).order_by("pk"))
    spelled = dict(zip(people, words_of([user.name for user in people]), strict=True))
    mine: tuple[Word, ...] = next((own for user, own in spelled.items() if user.pk == by.user_id), ())
    for user, own in spelled.items():
        if names.names_the_same(words, own, by_initial=user.pk == by.user_id):
            return mine, user
    return mine, None


def _report(whom: User, reason: str, by: Actor) -> None:
    """For the data protection officer of the region, or of the actor's own organisation."""
    mine = Organisation.objects.get(pk=by.organisation_id)
    officer = Organisation.objects.filter(authority="FG", region=mine.region).order_by("pk").first()
    report = StoppedLookUp(
        provider=officer or mine,
        category="identity",
        purposes=pack(["oversight"]),
        user_id=by.user_id,
        about=whom,
        purpose=by.purpose,
        at=by.now,
    )
    report.scope = report.reference
    report.save()
    record("person.look-up-stopped", report, by=by, operation=Operation.CONSULTATION, reason=reason)
