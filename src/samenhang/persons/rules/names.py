"""Names as words that can be looked up, and whose own name somebody types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.persons.rules.kinds import KVK_NUMBER
from screening.lookup import Word, words_of

# House policy: beyond this many people a list helps nobody, and inviting to browse would not be a question.
MOST_FOUND = 25
LONGEST_WORD = 41  # the letters of a part, and the sign before its consonants


class AskMore(Refused):
    code = "ask-more"
    status = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom somebody looks for. name: or the KvK number of an organisation.

    born: as far as known, ``2009``, ``2009-05`` or ``2009-05-17``.
    """

    name: str
    born: str = ""

    @property
    def kvk_number(self) -> str:
        """The number, when nothing else was typed; or empty."""
        typed = self.name.replace(" ", "")
        return typed if KVK_NUMBER.fullmatch(typed) else ""


def check_asked(asked: Asked) -> None:
    if not asked.kvk_number and not any(len(word.letters) > 1 for word in in_words(asked.name)):
        raise AskMore(_("Give at least one part of the name of two letters or more."))


def in_words(name: str) -> tuple[Word, ...]:
    return words_of([name])[0]


def keys_of(names: Sequence[str]) -> list[set[str]]:
    """Under which words each name is found: its spellings, and its consonants behind a full stop."""
    return [
        {word.fold for word in words} | {f".{word.bones}" for word in words if word.bones}
        for words in words_of(names)
    ]


def accepted(words: Sequence[Word]) -> list[set[str]]:
    """For each part that was typed, the words of which one must be there.

    A lone letter is told apart by ``is_initial``; beside another part its initial does for a whole part.
    """
    found = []
    for word in words:
        keys = {word.fold} | ({f".{word.bones}"} if word.bones else set())
        found.append(keys | ({word.fold[:1]} if len(words) > 1 else set()))
    return found


def is_initial(word: Word) -> bool:
    return len(word.letters) == 1


def closeness(asked: Sequence[Word], name: Sequence[Word]) -> int:
    """How many parts stand there exactly as they were typed. Only puts a short list in order."""
    return len({word.letters for word in asked} & {word.letters for word in name})


def names_the_same(asked: Sequence[Word], own: Sequence[Word], *, by_initial: bool) -> bool:
    """Whether what was typed holds somebody's first given name and surname, however spelled.

    A surname alone is nobody's: half a country shares it. by_initial: the initial does for the given name.
    """
    if len(own) < 2 or len(asked) < 2:
        return False
    folds = {word.fold for word in asked}
    first, last = own[0].fold, own[-1].fold
    given = first in folds or (by_initial and first[:1] in folds)
    return given and last in folds and (first != last or len(asked) > 1)


def prefixes(born: str) -> Iterable[str]:
    """Everything that may be known of this date of birth and still agree with it."""
    parts = born.split("-")
    return ["", *("-".join(parts[: n + 1]) for n in range(len(parts)))]
