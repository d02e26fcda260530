"""The words by which a name is found, and the reports of look-ups that were stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.journal import Actor
from samenhang.persons.models.identity import IdentityClaim, Person
from samenhang.persons.rules import names
from screening.lookup import words_of

# So many claims are put in order by how like they are.
LOADED = 4 * names.MOST_FOUND
# No table holds more. A bound all the same lets PostgreSQL begin with the words: without one it walks all
# names in their order, and a name that many bear whom one may not see took three times as long as any other.
NO_BOUND = 2**62


class NameWord(models.Model):
    """One word under which a claim is found. Made with the claim, and gone with it."""

    claim = models.ForeignKey("persons.IdentityClaim", models.CASCADE, related_name="words")
    word = models.CharField(max_length=names.LONGEST_WORD)

    class Meta:
        indexes = [models.Index(fields=["word", "claim"], name="claims_by_word")]

    def __str__(self) -> str:
        return f"word of claim {self.claim_id}"


def put_words(claims: Sequence[IdentityClaim]) -> None:
    """Let these new claims be found."""
    keys = names.keys_of([claim.full_name for claim in claims])
    NameWord.objects.bulk_create(
        [
            NameWord(claim=claim, word=word)
            for claim, words in zip(claims, keys, strict=True)
            for word in sorted(words)
        ],
        500,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A person by their reference, with the names and dates of birth under which they were found.

    kvk_numbers: of an organisation, in place of dates.
    """

    reference: str
    names: tuple[str, ...]
    born: tuple[str, ...]
    kvk_numbers: tuple[str, ...] = ()


def people_named(actor: Actor, asked: names.Asked) -> tuple[list[Found], bool]:
    """People whom the actor may see and who may be so called, the likest first; and whether there are more.

    Only claims that the actor may see are compared, so nobody is found by a name that is not theirs to
    know. One query, whatever is found.
    """
    words = names.in_words(asked.name)
    # Asked of each name that is found: as a list of people, SQLite would write the whole list first.
    people = Person.objects.visible_to(actor).filter(pk=OuterRef("person_id"))
    claims = IdentityClaim.objects.visible_to(actor).filter(Exists(people))
    if asked.kvk_number:
        claims = claims.filter(kvk_number=asked.kvk_number)
    for word, keys in zip(words, names.accepted(words), strict=True):
        so = Q(word__startswith=word.letters) if names.is_initial(word) else Q(word__in=sorted(keys))
        claims = claims.filter(pk__in=NameWord.objects.filter(so).values("claim_id")[:NO_BOUND])
    if asked.born:
        agrees = Q(birth_date__startswith=asked.born) | Q(birth_date__in=names.prefixes(asked.born))
        claims = claims.filter(agrees)
    found = list(claims.order_by("pk")[: LOADED + 1])
    close: dict[str, int] = {}
    about: dict[str, list[IdentityClaim]] = {}
    for claim, spelled in zip(found, words_of([one.full_name for one in found]), strict=True):
        # While a claim is linked, its scope is the reference of the person.
        close[claim.scope] = max(close.get(claim.scope, 0), names.closeness(words, spelled))
        about.setdefault(claim.scope, []).append(claim)
    order = sorted(about, key=lambda one: (-close[one], about[one][0].full_name, one))
    rows = [_found(reference, about[reference]) for reference in order[: names.MOST_FOUND]]
    return rows, len(order) > names.MOST_FOUND or len(found) > LOADED


def _found(reference: str, claims: list[IdentityClaim]) -> Found:
    called = tuple(dict.fromkeys(claim.full_name for claim in claims))
    born = tuple(dict.fromkeys(claim.birth_date for claim in claims if claim.birth_date))
    numbers = tuple(dict.fromkeys(claim.kvk_number for claim in claims if claim.kvk_number))
    return Found(reference, called, born, numbers)


class StoppedLookUpQuerySet(ProtectedQuerySet["StoppedLookUp"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(at__gte=moment).latest_first()

    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class StoppedLookUp(Protected):
    """Somebody typed their own name or a colleague's. For the data protection officer, who asks why.

    about: whose name it was; the same as user when it was their own. Says nothing of whether anybody so
    called stands in the files: nothing was looked up.
    """

    reference = reference_field("L")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    about = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = StoppedLookUpQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference

    @property
    def own(self) -> bool:
        return self.user_id == self.about_id
