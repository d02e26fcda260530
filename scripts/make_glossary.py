"""Compare docs/glossary.md with docs/glossary.json, which it is made of; `--write` makes it.

The JSON file is a list of {"nl": Dutch term, "en": the term used in code and in English pages}.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "docs" / "glossary.json"
PAGE = ROOT / "docs" / "glossary.md"

HEADING = """\
# Glossary

The words of the field, Dutch beside English. Code uses the English word; pages use both, each in its
language. This page is made from `glossary.json` by `make fix`: change that file, not this one.

"""


def glossary() -> str:
    """The page: English to Dutch, then Dutch to English. Raises on a term that stands there twice."""
    terms = json.loads(SOURCE.read_text(encoding="utf-8"))
    dutch = [term["nl"] for term in terms]
    twice = sorted({word for word in dutch if dutch.count(word) > 1})
    if twice:
        raise ValueError(f"terms that stand in {SOURCE.name} twice: {', '.join(twice)}")
    return (
        HEADING
        + table("English", "Dutch", [(term["en"], term["nl"]) for term in terms])
        + "\n"
        + table("Dutch", "English", [(term["nl"], term["en"]) for term in terms])
    )


def table(first: str, second: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"## {first} to {second}", "", f"| {first} | {second} |", "|---|---|"]
    lines += [f"| {left} | {right} |" for left, right in sorted(rows, key=lambda row: row[0].casefold())]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    page = glossary()
    if "--write" in arguments:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print(f"{PAGE.relative_to(ROOT)} does not follow {SOURCE.name}; run `make fix`")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
