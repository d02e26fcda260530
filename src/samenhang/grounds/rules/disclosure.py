"""May this provider give this category to this recipient, for this purpose, on this day?

Two faces of one rule: `ask` answers one question with a sentence and a
reference, `permitted_tuples` gives all that a recipient may have. A property
test keeps them equal.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal, TypedDict, Unpack

from samenhang.grounds.rules import sentences, vocabulary
from samenhang.grounds.rules.law import Rule, law

# Well-read rules first: a reference must survive a court.
RANK = {"V": 0, "V-part": 1, "G": 2}
# Works with pseudonyms (Wct&nv art. 7(2)): whatever it may receive, no name goes along.
COORDINATOR = "NCTV"
# With these, what goes over must not point to a person: identity cannot accompany it.
WITHOUT_IDENTITY = frozenset({"anonymised", "no-person-data", "pseudonymised", "url-only"})
SPECIAL = "special-data-necessity"


class Circumstances(TypedDict, total=False):
    """What the asker knows of the case at hand."""

    not_met: Collection[str]  # conditions that are not met; all others count as met
    enabled: Collection[str]  # rules marked G that a named lawyer has enabled
    special: bool  # the item holds data of AVG art. 9


@dataclass(frozen=True)
class Answer:
    """The answer with the sentence a user reads and the reference a court checks.

    answer: "allow" or "deny".
    rule: the rule that allows; on a denial the rule that would have allowed but
        for a condition or a missing confirmation, or None.
    conditions: on "allow" every condition of the rule, effects included; on
        "deny" the ones that are not met.
    mark: how well the source of the rule was read, "" without a rule.
    identity_accompanies: identity that is needed to link the item may go with it.
    """

    answer: Literal["allow", "deny"]
    sentence: str
    rule: str | None = None
    basis: str = ""
    conditions: tuple[str, ...] = ()
    mark: str = ""
    duty: bool = False
    special_category: bool = False
    identity_accompanies: bool = False

    @property
    def permitted(self) -> bool:
        return self.answer == "allow"

    @property
    def effects(self) -> tuple[str, ...]:
        """What comes with the disclosure, such as the duty to record it."""
        return tuple(c for c in self.conditions if not law().conditions[c].must_be_met)

    def to_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "rule": self.rule,
            "conditions": list(self.conditions),
            "sentence": self.sentence,
            "basis": self.basis,
            "mark": self.mark,
            "duty": self.duty,
        }


@dataclass(frozen=True)
class Case:
    """A question whose terms are known to exist, with its circumstances."""

    question: sentences.Question
    not_met: frozenset[str] = field(default_factory=frozenset)
    enabled: frozenset[str] = field(default_factory=frozenset)
    special: bool = False

    def missing(self, rule: Rule) -> tuple[str, ...]:
        """The conditions of the rule that must be met and are not; effects never hold it back."""
        wanted = [c for c in rule.conditions if law().conditions[c].must_be_met]
        if self.special and SPECIAL not in wanted:
            wanted.append(SPECIAL)
        return tuple(c for c in wanted if c in self.not_met)

    def is_on(self, rule: Rule) -> bool:
        return is_on(rule, self.enabled)


def names_a_person(answer: Answer) -> bool:
    """Whether what is given under this rule may point to a person by itself: then, and only by a deed of two
    people, the coordinator may be shown who it is about."""
    return answer.permitted and not WITHOUT_IDENTITY & set(answer.conditions)


def ask(
    provider: str,
    recipient: str,
    category: str,
    purpose: str,
    on: date,
    **circumstances: Unpack[Circumstances],
) -> Answer:
    """Answer one question from the rules in force on that day; deny by default.

    `not_met` names conditions that are not met (naming an effect changes
    nothing: it is attached, not asked), `enabled` the G rules a lawyer enabled.
    Raises UnknownTerm for a code, category, purpose or condition nobody knows.
    """
    not_met = frozenset(circumstances.get("not_met", ()))
    _check_terms(provider, recipient, category, purpose, not_met)
    question = sentences.Question(provider, recipient, category, purpose, on)
    case = Case(
        question,
        not_met,
        frozenset(circumstances.get("enabled", ())),
        circumstances.get("special", False),
    )
    for code in (provider, recipient):
        if not vocabulary.authority(code).period.covers(on):
            return Answer("deny", sentences.no_such_body(code, on))
    rules = [rule for rule in _rules_ever(question) if rule.period.covers(on)]
    return _allowed(case, rules) or _denied(case, rules)


def permitted_tuples(
    recipient: str, purpose: str, on: date, enabled: Collection[str] = ()
) -> frozenset[tuple[str, str]]:
    """All (provider code, category) that the recipient may have, every condition counted as met.

    Kept per stretch of days in which the law does not change, so it costs a
    look-up. Raises UnknownTerm.
    """
    return _lawful(recipient, purpose, on, enabled)[0]


def identity_providers(
    recipient: str, purpose: str, on: date, enabled: Collection[str] = ()
) -> frozenset[str]:
    """Providers whose identity data may go to the recipient with another item, under that item's rule.

    Costs a look-up, as `permitted_tuples`. Raises UnknownTerm.
    """
    return _lawful(recipient, purpose, on, enabled)[1]


def _lawful(
    recipient: str, purpose: str, on: date, enabled: Collection[str]
) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    vocabulary.authority(recipient)
    vocabulary.check_purpose(purpose)
    return _lawful_in(recipient, purpose, law().epoch(on), frozenset(enabled))


@lru_cache(maxsize=4096)
def _lawful_in(
    recipient: str, purpose: str, epoch: date, enabled: frozenset[str]
) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """Tuples, and providers whose identity may accompany one of them, for one stretch of days."""
    if not vocabulary.authority(recipient).period.covers(epoch):
        return frozenset(), frozenset()
    wanted = law().canonical(recipient)
    tuples: set[tuple[str, str]] = set()
    linkable: set[str] = set()
    for (provider, receiver, category, for_purpose), rules in law().by_tuple.items():
        if (receiver, for_purpose) != (wanted, purpose):
            continue
        usable = [rule for rule in rules if rule.period.covers(epoch) and is_on(rule, enabled)]
        if usable:
            names = vocabulary.names_in_use(provider, epoch)
            tuples.update((name, category) for name in names)
            if identity_accompanies(min(usable, key=preference)):
                linkable.update(names)
    return frozenset(tuples), frozenset(linkable)


def identity_accompanies(rule: Rule) -> bool:
    """Identity needed to link the item may go with it, unless it must not point to a person."""
    return rule.recipient != COORDINATOR and WITHOUT_IDENTITY.isdisjoint(rule.conditions)


def is_on(rule: Rule, enabled: Collection[str]) -> bool:
    """A rule from general knowledge is off until a named lawyer enables it."""
    return rule.mark != "G" or rule.id in enabled


def _check_terms(
    provider: str, recipient: str, category: str, purpose: str, not_met: Collection[str]
) -> None:
    vocabulary.authority(provider)
    vocabulary.authority(recipient)
    vocabulary.check_category(category)
    vocabulary.check_purpose(purpose)
    for condition in sorted(not_met):
        vocabulary.check_condition(condition)


def _rules_ever(question: sentences.Question) -> tuple[Rule, ...]:
    """The rules of any date for exactly this provider, recipient, category and purpose."""
    canonical = law().canonical
    key = (canonical(question.provider), canonical(question.recipient), question.category, question.purpose)
    return law().by_tuple.get(key, ())


def preference(rule: Rule) -> tuple[int, int, str]:
    """Lower comes first: the best read rule, then the one that names the bodies, then by id."""
    return RANK[rule.mark], rule.wildcards, rule.id


def _allowed(case: Case, rules: list[Rule]) -> Answer | None:
    for rule in sorted(rules, key=preference):
        if not case.is_on(rule) or case.missing(rule) or (case.special and not rule.special_category):
            continue
        conditions = rule.conditions
        if case.special and SPECIAL not in conditions:
            conditions += (SPECIAL,)
        return Answer(
            "allow",
            sentences.allowed(case.question, rule, conditions),
            rule=rule.id,
            basis=rule.basis,
            conditions=conditions,
            mark=rule.mark,
            duty=rule.duty,
            special_category=rule.special_category,
            identity_accompanies=identity_accompanies(rule),
        )
    return None


def _denied(case: Case, rules: list[Rule]) -> Answer:
    """The denial that helps most: what is missing, what waits for a lawyer, or that there is nothing."""
    for rule, missing in sorted(_nearly(case, rules), key=lambda near: (len(near[1]), preference(near[0]))):
        return _no(rule, sentences.not_met(case.question, rule, missing), missing)
    for rule in sorted(rules, key=preference):
        if not case.is_on(rule):
            return _no(rule, sentences.not_confirmed(case.question, rule))
        return _no(rule, sentences.special_refused(case.question, rule))
    return Answer("deny", sentences.no_rule(case.question, _rules_ever(case.question)))


def _nearly(case: Case, rules: list[Rule]) -> Iterator[tuple[Rule, tuple[str, ...]]]:
    for rule in rules:
        if (
            case.is_on(rule)
            and (missing := case.missing(rule))
            and (rule.special_category or not case.special)
        ):
            yield rule, missing


def _no(rule: Rule, sentence: str, conditions: tuple[str, ...] = ()) -> Answer:
    return Answer("deny", sentence, rule=rule.id, basis=rule.basis, conditions=conditions, mark=rule.mark)
