"""Words of an instrument in the language of the reader."""

from collections.abc import Mapping

from django import template

from samenhang.risk import rules

register = template.Library()


@register.filter
def worded(words: Mapping[str, str]) -> str:
    return rules.worded(words)
