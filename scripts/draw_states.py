"""Draws the pages of states in docs/ from the tables in the rules of their areas.

    uv run python scripts/draw_states.py

A test fails when a page and its tables differ.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samenhang.cases import rules as cases
from samenhang.conferences import rules as conferences
from samenhang.criteria import rules as criteria
from samenhang.exchange.rules import receiving
from samenhang.measures.rules import measures
from samenhang.oversight import rules as oversight
from samenhang.persons import rules as persons
from samenhang.programme import rules as programme
from samenhang.prosecution import rules as prosecution
from samenhang.risk import rules as risk

DOCS = Path(__file__).parent.parent / "docs"
HEAD = """# {title}

Drawn by `scripts/draw_states.py` from the tables in `{source}`; do not edit.
An arrow that is not here cannot be taken; tried by `{test}`.
"""


@dataclass(frozen=True)
class Page:
    """One page: its title, where its tables stand, what proves them, and the tables by name."""

    name: str
    title: str
    source: str
    test: str
    machines: Mapping[str, Mapping[Any, Set[Any]]]

    @property
    def path(self) -> Path:
        return DOCS / self.name


CONFERENCE = Page(
    "conference-states.md",
    "The states of a conference",
    "src/samenhang/conferences/rules/",
    "tests/property/test_conference_states.py",
    conferences.MACHINES,
)
RISK = Page(
    "assessment-states.md",
    "The states of an assessment and of a return",
    "src/samenhang/risk/rules/",
    "tests/property/test_assessment_states.py` and `test_return_states.py",
    risk.MACHINES,
)
CRITERIA = Page(
    "criteria-states.md",
    "The states of a rule about journeys and of what people judge",
    "src/samenhang/criteria/rules/",
    "tests/property/test_criteria_states.py",
    criteria.MACHINES,
)
CASE = Page(
    "case-states.md",
    "The states of a weighing, a case and its parties",
    "src/samenhang/cases/rules/",
    "tests/property/test_case_states.py` and `test_signal_states.py",
    cases.MACHINES,
)
EXCHANGE = Page(
    "exchange-states.md",
    "The states of what is known and given",
    "src/samenhang/exchange/rules/` and `src/samenhang/persons/rules/",
    "tests/property/test_disclosure_states.py`, `test_signal_states.py`, `test_weighing.py` and"
    " `test_question_states.py",
    {**receiving.MACHINES, **persons.MACHINES},
)
MEASURE = Page(
    "measure-states.md",
    "The states of a measure",
    "src/samenhang/measures/rules/measures.py",
    "tests/unit/test_measure_rules.py",
    measures.MACHINES,
)
COMMITMENT = Page(
    "commitment-states.md",
    "The states of a commitment",
    "src/samenhang/programme/rules/",
    "tests/property/test_commitment_states.py",
    programme.MACHINES,
)
OVERSIGHT = Page(
    "oversight-states.md",
    "The states of a personal data breach",
    "src/samenhang/oversight/rules.py",
    "tests/unit/test_breach_rules.py",
    oversight.MACHINES,
)
CRIMINAL = Page(
    "criminal-states.md",
    "The states of a criminal case and of a piece of evidence",
    "src/samenhang/prosecution/rules/",
    "tests/property/test_criminal_states.py",
    prosecution.MACHINES,
)
PAGES = (CONFERENCE, RISK, CRITERIA, CASE, EXCHANGE, MEASURE, COMMITMENT, OVERSIGHT, CRIMINAL)


def drawing(page: Page) -> str:
    """The whole page: for each table a Mermaid diagram, its states in the order of the table."""
    head = HEAD.format(title=page.title, source=page.source, test=page.test)
    return "\n".join([head, *(_machine(name, table) for name, table in page.machines.items())])


def _machine(name: str, table: Mapping[Any, Set[Any]]) -> str:
    first = next(iter(table))
    lines = [f"## {name}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    for state, following in table.items():
        lines.append(f'    state "{state.label}" as {state}')
        lines += [f"    {state} --> {after}" for after in sorted(following)]
        if not following:
            lines.append(f"    {state} --> [*]")
    return "\n".join([*lines, "```", ""])


if __name__ == "__main__":
    import os

    import django
    from django.utils.translation import override

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenhang.config.settings")
    django.setup()

    with override("en"):
        for one in PAGES:
            one.path.write_text(drawing(one), encoding="utf-8")
