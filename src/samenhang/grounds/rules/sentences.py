"""The sentence a user reads under an answer, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.grounds.rules import vocabulary
from samenhang.grounds.rules.law import Rule, law


@dataclass(frozen=True)
class Question:
    """May the provider give this category to the recipient, for this purpose, on this day?"""

    provider: str
    recipient: str
    category: str
    purpose: str
    on: date

    @property
    def words(self) -> dict[str, str]:
        return {
            "provider": str(vocabulary.spoken(self.provider)),
            "recipient": str(vocabulary.spoken(self.recipient)),
            "category": str(vocabulary.category_label(self.category)),
            "purpose": str(vocabulary.purpose_label(self.purpose)),
            "date": day(self.on),
        }


def _opened(text: str) -> str:
    """The text with a capital, as a sentence begins."""
    return text[:1].upper() + text[1:]


def day(on: date) -> str:
    return date_format(on, "j F Y")


def basis_in_words(stored: str) -> str:
    """What a stored basis stands on, for people: the article and the rule, or the covenant.

    stored: the id of a disclosure rule, ``covenant:N``, or a text of the law, which is said in the
        language of the page where the tables know it in both, and stays as it is elsewhere.
    """
    if stored.startswith("covenant:"):
        return _("Covenant of the partners, number %(number)s") % {"number": stored.removeprefix("covenant:")}
    rule = next((rule for rule in law().rules if rule.id == stored), None)
    if rule is None:
        return said(stored)
    return _("%(basis)s: %(sentence)s (rule %(rule)s)") % {
        "basis": said(rule.basis),
        "sentence": rule_in_words(rule),
        "rule": rule.id,
    }


def said(text: str) -> str:
    """A text of the law in the language of the page: Dutch is its own, English stands in a table."""
    return str(vocabulary.chosen(text, law().english.get(text, text)))


def conditions_of(rule: str) -> list[str]:
    """What the rule with this id asks and attaches, each in words; nothing for a rule that is gone."""
    found = next((one for one in law().rules if one.id == rule), None)
    return [str(vocabulary.condition_label(code)) for code in found.conditions] if found else []


def rule_in_words(rule: Rule) -> str:
    """Who may or must give what to whom, and for what."""
    sentence = (
        _("%(provider)s must give %(category)s to %(recipient)s for %(purpose)s")
        if rule.duty
        else _("%(provider)s may give %(category)s to %(recipient)s for %(purpose)s")
    )
    return sentence % {
        "provider": vocabulary.spoken(rule.provider),
        "recipient": vocabulary.spoken(rule.recipient),
        "category": vocabulary.category_label(rule.category),
        "purpose": vocabulary.purpose_label(rule.purpose),
    }


def allowed(question: Question, rule: Rule, conditions: Iterable[str]) -> str:
    known = law().conditions
    asked = [c for c in conditions if known[c].must_be_met]
    attached = [c for c in conditions if not known[c].must_be_met]
    if rule.duty:
        text = _(
            "%(provider)s must give %(category)s to %(recipient)s for %(purpose)s"
            " on %(date)s: %(basis)s (rule %(rule)s)."
        )
    else:
        text = _(
            "%(provider)s may give %(category)s to %(recipient)s for %(purpose)s"
            " on %(date)s: %(basis)s (rule %(rule)s)."
        )
    parts = [_opened(text % {**question.words, "basis": said(rule.basis), "rule": rule.id})]
    if asked:
        parts.append(_("On condition: %(conditions)s.") % {"conditions": _listed(asked)})
    if attached:
        parts.append(_("With it come: %(conditions)s.") % {"conditions": _listed(attached)})
    return " ".join(parts)


def not_met(question: Question, rule: Rule, missing: Iterable[str]) -> str:
    return (
        _no(question)
        + " "
        + _("%(basis)s (rule %(rule)s) would allow it, but this is not met: %(conditions)s.")
        % {"basis": said(rule.basis), "rule": rule.id, "conditions": _listed(missing)}
    )


def not_confirmed(question: Question, rule: Rule) -> str:
    return (
        _no(question)
        + " "
        + _("%(basis)s (rule %(rule)s) may allow it, but no lawyer has confirmed that rule yet.")
        % {"basis": said(rule.basis), "rule": rule.id}
    )


def special_refused(question: Question, rule: Rule) -> str:
    return (
        _no(question)
        + " "
        + _("%(basis)s (rule %(rule)s) does not carry special categories of personal data: leave them out.")
        % {"basis": said(rule.basis), "rule": rule.id}
    )


def no_such_body(code: str, on: date) -> str:
    body = vocabulary.authority(code)
    text = _("%(body)s (%(code)s) does not exist under that name on %(date)s, so no rule applies to it.") % {
        "body": vocabulary.authority_label(code),
        "code": code,
        "date": day(on),
    }
    others = [name for name in vocabulary.names_in_use(code, on) if name != code]
    successor = body.successor
    if not others and successor and law().authorities[successor].period.covers(on):
        others = [successor]
    if others:
        text += " " + _("On that day look for %(codes)s.") % {"codes": ", ".join(others)}
    return text


def no_rule(question: Question, ever: Iterable[Rule]) -> str:
    """Nothing in force allows it; says so when it was or will be otherwise, or why identity alone fails."""
    parts = [_no(question), _("No rule in force on that day allows it.")]
    for rule in sorted(ever, key=lambda r: r.id):
        if rule.period.until and rule.period.until < question.on:
            text = _("%(basis)s (rule %(rule)s) ended on %(date)s.")
            when = rule.period.until
        elif rule.period.since and rule.period.since > question.on:
            text = _("%(basis)s (rule %(rule)s) begins on %(date)s.")
            when = rule.period.since
        else:
            continue
        parts.append(text % {"basis": said(rule.basis), "rule": rule.id, "date": day(when)})
    if question.category == "identity":
        parts.append(
            _(
                "Identity may accompany an item that is permitted, as far as it is needed to link it;"
                " alone it needs a rule of its own."
            )
        )
    return " ".join(parts)


def _no(question: Question) -> str:
    return _opened(
        _("%(provider)s may not give %(category)s to %(recipient)s for %(purpose)s on %(date)s.")
        % question.words
    )


def _listed(conditions: Iterable[str]) -> str:
    return "; ".join(str(vocabulary.condition_label(c)) for c in conditions)
