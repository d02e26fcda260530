"""What a rule about journeys asks for, in the words of the page."""

import re

from django import template

from samenhang.criteria.rules.facts import ANNEX

register = template.Library()


@register.filter
def facts_in_words(expression: str) -> list[tuple[str, object]]:
    """Each fact that the expression names, with what it says; in the order of the closed list."""
    named = set(re.findall(r"\w+", expression))
    return [(name, words) for name, (_point, words) in ANNEX.items() if name in named]
