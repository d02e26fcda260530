"""What the reader may do about a statement on a page."""

from typing import Any

from django import template

from samenhang.access.rules import may_do
from samenhang.exchange.models import Statement

register = template.Library()


@register.simple_tag(takes_context=True)
def may_mend(context: dict[str, Any], statement: Statement) -> bool:
    """Whether it is of the reader's own organisation and stands, and they may correct or withdraw it."""
    actor = getattr(context.get("request"), "actor", None)
    return (
        actor is not None
        and statement.withdrawn_at is None
        and statement.provider_id == actor.organisation_id
        and may_do("statement.record", actor.roles)
    )
