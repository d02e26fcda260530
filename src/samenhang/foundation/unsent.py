"""What was typed in a form that could not be taken: shown on the page that says so, and kept nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# A shorter text is a code, a day or a name, and quickly typed again.
SHORTEST = 20
# The door and one's own account: what is typed there is secret, and short.
OF_THE_DOOR = "organisations"


def typed_in(request: HttpRequest) -> list[str]:
    """The sentences of a form that was sent; nothing of a form that can hold a password."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.app_name == OF_THE_DOOR:
        return []
    sent = [text for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken" for text in texts]
    return [text for text in sent if len(text.strip()) >= SHORTEST and " " in text.strip()]


def not_taken(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that says why nothing was saved, with what was typed to take along."""
    return HttpResponse(render_to_string(template, {"typed": typed_in(request)}), status=status)
