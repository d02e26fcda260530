"""The codes of passenger records in the words of the page."""

from django import template

from samenhang.travel.rules import spoken

register = template.Library()
register.filter("country", spoken.country)
register.filter("document", spoken.document)
register.filter("kind_of_message", spoken.message)
