"""How every form is drawn: `{{ form }}` and `{{ form.reason.as_field_group }}` give accessible markup.

Settings: FORM_RENDERER = "samenhang.foundation.form_rendering.Renderer" and "django.forms" in
INSTALLED_APPS.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samenhang.foundation.errors import Refused


def form_page(
    request: HttpRequest, template: str, form: BaseForm, back: str = "", **context: object
) -> HttpResponse:
    """A page with a form to fill in: 422 when what was typed was refused. back: where one leaves it for."""
    context = {"form": form, "back": back, **context}
    return render(request, template, context, status=422 if form.is_bound else 200)


@contextmanager
def refusals_in(
    form: BaseForm, *, but: type[Refused] | tuple[type[Refused], ...] = (), field: str | None = None
) -> Iterator[None]:
    """What the rules refuse of what was typed stands in the form; the deed and what follows it end there.

    field: beside which it stands, when it is about that one. but: what no other words could mend, such as
    that the deed is not theirs. It becomes a page.
    """
    try:
        yield
    except but:
        raise
    except Refused as refusal:
        form.add_error(field, str(refusal))


class Renderer(TemplatesSetting):
    """Errors on top with links, label, help and error tied to the input, groups as fieldsets."""

    form_template_name = "foundation/forms/form.html"
    field_template_name = "foundation/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if "widget" in context:
            context = {**context, "widget": _required_in_words(context["widget"])}
        return super().render(template_name, context, request)


def _required_in_words(widget: dict[str, Any]) -> dict[str, Any]:
    """Replace `required` by aria-required, in the parts of a widget too.

    With `required` a browser stops the form with its own bubble, in its own language, and colours
    an empty field red before anyone typed.
    """
    attrs = {name: value for name, value in widget.get("attrs", {}).items() if name != "required"}
    if "required" in widget.get("attrs", {}):
        attrs["aria-required"] = "true"
    groups = widget.get("optgroups", [])
    parts = widget.get("subwidgets", [])
    return {
        **widget,
        "attrs": attrs,
        # One radio button is never required; the legend says it of the group.
        "optgroups": [
            (name, [_never_required(option) for option in options], at) for name, options, at in groups
        ],
        "subwidgets": [_required_in_words(part) for part in parts],
    }


def _never_required(option: dict[str, Any]) -> dict[str, Any]:
    return {**option, "attrs": {name: value for name, value in option["attrs"].items() if name != "required"}}
