"""Template tags of the face: status labels, cards, tables, help, moments."""

from datetime import date, datetime
from typing import Any, get_args

from django import template
from django.forms import BoundField
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samenhang.foundation.page import Kind, Label

register = template.Library()

KINDS: tuple[Kind, ...] = get_args(Kind)


@register.inclusion_tag("foundation/_status.html")
def status(text: Any, kind: Kind = "neutral") -> dict[str, object]:
    """{% status "Overdue" "negative" %} or {% status label %} with a page.Label."""
    if isinstance(text, Label):
        text, kind = text.text, text.kind
    if kind not in KINDS:
        raise template.TemplateSyntaxError(f"A status is {', '.join(KINDS)}; not {kind!r}.")
    return {"text": text, "kind": kind}


@register.simple_block_tag
def card(content: str, title: object, id: str = "") -> SafeString:  # noqa: A002 (reads as HTML in templates)
    """{% card _("Measures") id="measures" %} … {% endcard %}: a titled box with a level-2 heading."""
    anchor = format_html(' id="{}"', id) if id else ""
    return format_html(
        '<section class="samenhang-card"{}><h2>{}</h2>{}</section>', anchor, title, SafeString(content)
    )


@register.simple_block_tag
def explanation(content: str, title: object) -> SafeString:
    """{% explanation _("What does this mean?") %} … {% endexplanation %}: help where the user stands."""
    return format_html(
        '<details class="samenhang-explanation"><summary>{}</summary><div>{}</div></details>',
        title,
        SafeString(content),
    )


@register.simple_block_tag
def stacked_table(
    content: str, caption: object, show_caption: bool = False, words: bool = False
) -> SafeString:
    """A table whose rows become cards on a phone. Give thead and tbody; the labels follow.

    words: its cells hold sentences, which on a phone stand under their label and not beside it.
    """
    return format_html(
        '<table class="samenhang-table samenhang-table--stacked{}"><caption{}>{}</caption>{}</table>',
        " samenhang-table--words" if words else "",
        "" if show_caption else SafeString(' class="samenhang-unseen"'),
        caption,
        SafeString(content),
    )


@register.simple_block_tag
def wide_table(content: str, caption: object, show_caption: bool = False) -> SafeString:
    """A table that scrolls sideways in its own region on a phone, reachable by keyboard."""
    return format_html(
        '<div class="samenhang-scroll" role="region" tabindex="0" aria-label="{}">'
        '<table class="samenhang-table"><caption{}>{}</caption>{}</table></div>',
        caption,
        "" if show_caption else SafeString(' class="samenhang-unseen"'),
        caption,
        SafeString(content),
    )


@register.simple_tag
def moment(value: date | datetime | None, length: str = "short") -> str | SafeString:
    """{% moment case.opened_at %}: <time> with "3 nov 2026", and the hour when the value has one."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        name = "SHORT_DATETIME_FORMAT" if length == "short" else "DATETIME_FORMAT"
    else:
        name = "SHORT_DATE_FORMAT" if length == "short" else "DATE_FORMAT"
    return format_html(
        '<time datetime="{}">{}</time>',
        value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat(),
        formats.date_format(value, name),
    )


@register.filter
def day_as_known(text: str) -> str:
    """A whole ISO day as the reader writes it; a year, or year and month, as it is; a dash for nothing."""
    try:
        return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text or "–"


@register.filter
def first_input(field: BoundField) -> str:
    """The id an error links to: the input, or the first one of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def says_required(field: BoundField) -> bool:
    """Whether this label says "(required)": only where required and optional fields stand together."""
    return field.field.required and not all_required(field.form)


@register.filter
def all_required(form: Any) -> bool:
    """Whether one sentence on top is enough, because every one of several fields is required."""
    shown = [field.field.required for field in form.visible_fields()]
    return len(shown) > 1 and all(shown)
