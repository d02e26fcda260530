"""Draws docs/conference-states.md from the tables in ``samenhang.conferences.rules``.

    uv run python scripts/draw_states.py

A test fails when the page and the tables differ.
"""

from pathlib import Path

from samenhang.conferences.rules import MACHINES

PAGE = Path(__file__).parent.parent / "docs" / "conference-states.md"
HEAD = """# The states of a conference

Drawn by `scripts/draw_states.py` from the tables in `src/samenhang/conferences/rules.py`; do not edit.
An arrow that is not here cannot be taken: `tests/property/test_conference_states.py` tries at random.
"""


def drawing() -> str:
    """The whole page: for each table a Mermaid diagram, its states in the order of the table."""
    return "\n".join([HEAD, *(_machine(name) for name in MACHINES)])


def _machine(name: str) -> str:
    table = MACHINES[name]
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
        PAGE.write_text(drawing(), encoding="utf-8")
