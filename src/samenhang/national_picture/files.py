"""The report as a file: JSON, CSV, HTML and tagged PDF, all from the same figures and words."""

import calendar
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import typst
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.foundation.spreadsheets import as_csv
from samenhang.national_picture.rules import Figure, Kind, Report, words

COLUMNS = (
    *("key", "value", "text", "precision", "unit", "from", "until"),
    *("definition", "origin", "source", "rule", "chapter"),
)  # fmt: skip


KEYS = (
    *("key", "value", "counted", "text", "precision", "unit", "window"),
    *("definition", "origin", "source", "rule", "chapter"),
)  # fmt: skip
LANGUAGES = ("nl", "en")

# What all files of one report in one language are made from: ``rows`` and ``sheet``.
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published the report, and when: printed on it instead of “draft”."""

    name: str
    organisation: str
    on: date


@dataclass(frozen=True, slots=True)
class Making:
    """How a file is made. made_at: the moment of who makes it. exact: counts too, in JSON alone."""

    language: str
    made_at: datetime
    exact: bool = False
    demonstration: bool = False
    publisher: Publisher | None = None


def told(report: Report, making: Making) -> Told:
    """Everything that files of this report say in this language, as plain values."""
    with translation.override(making.language):
        return {
            "rows": report.rows(making.language, exact=making.exact),
            "sheet": _sheet(report, making),
        }


def make(told: Told, form: str) -> bytes:
    """The file in one of FORMS. The same values always give the same bytes."""
    return FORMS[form][1](told)


def _json(told: Told) -> bytes:
    """Keys always in the same order: a database may give a published report back in another."""
    figures = [{name: row[name] for name in KEYS if name in row} for row in told["rows"]]
    for row in figures:
        row["window"] = {name: row["window"][name] for name in ("from", "until")}
    return f"{json.dumps({'figures': figures}, ensure_ascii=False, indent=2)}\n".encode()


def _csv(told: Told) -> bytes:
    """One line a figure. Every cell is quoted, and none can start a formula."""
    flat = [{**row, **row["window"]} for row in told["rows"]]
    lines = ([_cell(row[column]) for column in COLUMNS] for row in flat)
    return as_csv([COLUMNS, *lines]).encode()


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _html(told: Told) -> bytes:
    return render_to_string("national_picture/report.html", {"report": told["sheet"]}).encode()


def _pdf(told: Told) -> bytes:
    """Tagged PDF/UA-1, with fonts that typst brings: nothing of this machine comes in."""
    source = files("samenhang.national_picture").joinpath("templates", "national_picture", "report.typ")
    compiler = typst.Compiler(
        source.read_bytes(), ignore_system_fonts=True, sys_inputs={"report": json.dumps(told["sheet"])}
    )
    moment = calendar.timegm(tuple(told["sheet"]["made_on"]))
    made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=moment)
    assert isinstance(made, bytes)
    return made


FORMS: dict[str, tuple[str, Callable[[Told], bytes]]] = {
    "json": ("application/json", _json),
    "csv": ("text/csv; charset=utf-8", _csv),
    "html": ("text/html; charset=utf-8", _html),
    "pdf": ("application/pdf", _pdf),
}


def _sheet(report: Report, making: Making) -> dict[str, Any]:
    """What HTML and PDF print, in the language that is active: texts and nothing else."""
    language, edition = making.language, report.edition
    return {
        "language": language,
        "title": edition.title[language],
        "about": edition.about[language],
        "edition": f"{edition.edition} · {edition.source[language]}",
        "until": _("up to and including %s") % day(report.asked.until),
        "made": date_format(timezone.localtime(making.made_at), "j F Y H:i"),
        "made_on": list(making.made_at.astimezone(UTC).timetuple()[:6]),
        "status": _status(making.publisher),
        "demonstration": _("A demonstration: every person and every count in it is invented.")
        if making.demonstration
        else "",
        "chapters": [
            {
                "title": chapter.heading(language),
                "figures": [
                    line(figure, language)
                    for figure in report.figures
                    if figure.definition.chapter == chapter.number
                ],
            }
            for chapter in edition.chapters
        ],
        "words": [words()[word]["rule"][language] for word in report.used_words()],
        "releases": [
            {
                "figure": figure.definition.definition[language],
                "value": f"{figure.printed(language)} {figure.definition.unit[language]}",
                "by": f"{figure.release.name}, {figure.release.organisation}",
                "on": day(figure.release.on),
                "reason": figure.release.reason,
            }
            for figure in report.figures
            if figure.release
        ],
        "labels": _labels(),
    }


def _status(publisher: Publisher | None) -> str:
    if publisher is None:
        return _("Draft: this report is not published.")
    return _("Published on %(day)s by %(name)s, %(organisation)s.") % {
        "day": day(publisher.on),
        "name": publisher.name,
        "organisation": publisher.organisation,
    }


def line(figure: Figure, language: str) -> dict[str, str]:
    definition = figure.definition
    return {
        "key": definition.key,
        "value": figure.printed(language),
        "unit": definition.unit[language],
        "definition": definition.definition[language],
        "window": window_of(figure),
        "origin": str(origins()[figure.origin]),
        "source": (figure.source or definition.source)[language],
        "rule": figure.rule(language),
    }


def window_of(figure: Figure) -> str:
    """The window in words, in the language that is active."""
    window = figure.window
    if not window.begun:
        return _("begins on %s") % day(window.since)
    if figure.definition.window.kind == Kind.DAY or window.since == window.until:
        return _("on %s") % day(window.until)
    return f"{day(window.since)} – {day(window.until)}"


def day(value: date) -> str:
    """“30 juni 2014”, kept on one line."""
    return str(date_format(value, "j F Y")).replace(" ", "\N{NO-BREAK SPACE}")


def origins() -> dict[str, str]:
    return {
        "counted": _("counted from the records"),
        "delivered": _("delivered, signature verified"),
        "quoted": _("quoted"),
        "entered": _("entered by the body itself"),
    }


def _labels() -> dict[str, str]:
    return {
        "figure": _("What is counted"),
        "value": _("Figure"),
        "window": _("Window"),
        "source": _("Source"),
        "publication": _("Publication"),
        "period": _("Period"),
        "edition": _("Edition and source"),
        "made": _("Made on"),
        "none": _("This edition has no figure in this chapter."),
        "words": _("How exact the figures are"),
        "reading": _("How to read this"),
        "earlier": _(
            "A figure with a window of its own keeps its first day; its last day is the last day of this "
            "report or its own, whichever comes first. What was withdrawn later is not counted."
        ),
        "breakdowns": _(
            "No figure is split by place, age, recipient or anything else: parts of a small total could "
            "point at a person."
        ),
        "releases": _("Small totals released"),
        "no_releases": _("No small total was released for this report."),
        "released_by": _("Released by"),
        "on": _("On"),
        "reason": _("Reason"),
        "page": _("page"),
        "of": _("of"),
        "system": "Samenhang",
    }
