"""Draws the gallery and the error pages, and hands them to the browser without a server."""

import mimetypes
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, Route

from samenhang.foundation.inputs import Day, KeyedChoice
from samenhang.foundation.page import Decision, Event, Fact, Label, Place, Working

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ADDRESS = "http://gallery.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class Step(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Naam van de stap")
    organisation = forms.ChoiceField(
        label="Organisatie", choices=[("", "– kies –"), ("w", "Wijkteam Voorbeeldstad")]
    )
    until = Day(label="Einddatum")
    urgency = forms.ChoiceField(
        label="Hoe dringend?", choices=[("now", "Vandaag"), ("later", "Deze week")], widget=KeyedChoice
    )
    partners = forms.MultipleChoiceField(
        label="Wie doet mee?",
        choices=[("s", "School"), ("g", "GGZ Voorbeeld")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label="Reden",
        help_text="Alle partners kunnen dit lezen.",
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""}),
    )
    letter = forms.FileField(label="Brief", required=False)
    told = forms.BooleanField(label="De betrokkene weet hiervan", required=False)


@dataclass(frozen=True)
class Row:
    name: str
    organisation: str
    until: date
    state: Label


DECISIONS = [
    Decision("no", "Geen overeenkomst", "1", hint="Het is iemand anders"),
    Decision("yes", "Overeenkomst", "2", hint="Een tweede persoon controleert dit"),
    Decision("unclear", "Niet te zeggen", "3"),
    Decision("ask", "Vraag de organisatie", "4"),
]


def pieces(form: forms.Form) -> dict[str, Any]:
    """The context of the gallery: evidently fictitious, no word of the domain."""
    return {
        "working": Working(
            user="u-1",
            name="M. Testpersoon",
            organisation="Gemeente Voorbeeldstad",
            sign_out_url="/out",
            purpose="het plan van aanpak",
            case="D-4KQ7",
            change_url="/task",
        ),
        "demonstration": {"clock": datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)},
        "navigation": [
            Place("Mijn werk", "/", current=True, waiting=3),
            Place("Treffers", "/2", waiting=12),
            Place("Personen", "/3"),
            Place("Dossiers", "/4"),
            Place("Maatregelen", "/5"),
            Place("Rapport", "/6"),
        ],
        "sections": [
            Place("Overzicht", "#facts", current=True),
            Place("Stappen", "#table", waiting=2),
            Place("Stap toevoegen", "#form"),
        ],
        "crumbs": [Place("Mijn werk", "/"), Place("Dossiers", "/4")],
        "messages": [],
        "state": Label("In behandeling", "info"),
        "opened": date(2026, 9, 3),
        "facts": [
            Fact("Naam", "J. Testpersoon"),
            Fact("Geboren", "12 mei 1991", note="Volgens het paspoort"),
            Fact("Gemeente", "Voorbeeldstad", url="/g"),
            Fact("Voogd"),
            Fact("Signaal", "Te laat", label_kind="negative"),
        ],
        "steps": [
            Row(
                "Gesprek op school",
                "Onderwijsgroep Voorbeeld-Noord",
                date(2026, 12, 1),
                Label("Loopt", "info"),
            ),
            Row("Begeleiding", "GGZ Voorbeeld", date(2027, 1, 31), Label("Op schema", "positive")),
            Row(
                "Huisbezoek wijkteam",
                "Gemeente Voorbeeldstad",
                date(2026, 11, 2),
                Label("Te laat", "negative"),
            ),
        ],
        "page": Paginator(range(60), 20).page(2),
        "events": [
            Event(date(2026, 12, 4), "Evaluatie", "Veiligheidshuis Voorbeeld", planned=True),
            Event(date(2026, 11, 20), "Plan vastgesteld", "Veiligheidshuis Voorbeeld", url="#table"),
            Event(
                datetime(2026, 11, 2, 14, 30, tzinfo=AMSTERDAM),
                "Huisbezoek niet doorgegaan",
                "Gemeente Voorbeeldstad",
                detail="Er was niemand thuis.",
            ),
        ],
        "columns": ["Organisatie", "Aantal", "Stand"],
        "rows": [
            ["Wijkteam Voorbeeldstad", 4, Label("Op schema", "positive")],
            [Place("GGZ Voorbeeld", "/g"), 2, Label("Nieuw", "info")],
        ],
        "choices": DECISIONS,
        "form": form,
    }


def draw(template: str, context: dict[str, Any], language: str = "nl") -> str:
    request = RequestFactory().get("/gallery/")
    with translation.override(language):
        return render_to_string(template, context, request)


def serve(page: Page, pages: dict[str, str]) -> None:
    """Answer this tab's requests: the given pages by path, static files from the finders."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if path in pages:
            route.fulfill(
                body=pages[path],
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )
            return
        file = finders.find(path.removeprefix("/static/"))
        if not isinstance(file, str):
            route.fulfill(status=404, body="")
            return
        route.fulfill(
            body=Path(file).read_bytes(), content_type=mimetypes.guess_type(file)[0] or "text/plain"
        )

    page.route("**/*", answer)
