"""The law in the words of the page."""

from django import template

from samenhang.grounds.rules import authority_label, basis_in_words, law, said

register = template.Library()
register.filter("legal_basis", basis_in_words)
register.filter("law_text", said)


@register.filter
def authority(code: str) -> str:
    """What a body is called; a code that the tables do not know as it was typed."""
    return str(authority_label(code)) if code in law().authorities else code
