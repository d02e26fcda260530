"""The law in the words of the page."""

from django import template

from samenhang.grounds.rules import basis_in_words

register = template.Library()
register.filter("legal_basis", basis_in_words)
