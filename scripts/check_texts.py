"""Check that every text a user reads has a Dutch translation. With --tidy, repair the file first.

Reads the calls of gettext in src/**/*.py and the translation tags in src/**/*.html; needs no gettext.
Exit status 1 when a text is missing, fuzzy, empty, double, or loses a placeholder.
"""

import argparse
import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django.conf.global_settings")
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "samenhang"
DUTCH = SOURCE / "locale" / "nl" / "LC_MESSAGES" / "django.po"

# The arguments that hold text, per function: context, singular, plural.
PLAIN, PLURAL, CONTEXT, CONTEXT_PLURAL = "m", "mp", "cm", "cmp"
FUNCTIONS = {
    "_": PLAIN, "gettext": PLAIN, "gettext_lazy": PLAIN, "gettext_noop": PLAIN,
    "ngettext": PLURAL, "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT, "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL, "npgettext_lazy": CONTEXT_PLURAL,
}  # fmt: skip
TEMPLATE_CALL = re.compile(r"\b(n?p?gettext|_)\(")
# Two branches that translate one text merge into this (.gitattributes: merge=union).
SECOND = re.compile(r'^(msgstr ".*"\n)(?:msgstr ".*"\n)+', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Text:
    message: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.message


class NotAText(Exception):
    """A call of gettext whose argument is put together at run time: no translator will ever see it."""


def texts_of_call(name: str, arguments: list[ast.expr]) -> Text:
    """The text of one call of gettext. Raises NotAText when an argument is not a literal."""
    found: dict[str, str] = {}
    for letter, argument in zip(FUNCTIONS[name], arguments, strict=False):
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            raise NotAText(ast.unparse(argument))
        found[letter] = argument.value
    return Text(found["m"], found.get("p", ""), found.get("c"))


def texts_of_python(source: str) -> Iterator[tuple[int, Text | NotAText]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in FUNCTIONS:
            try:
                yield node.lineno, texts_of_call(name, node.args)
            except NotAText as problem:
                yield node.lineno, problem


def texts_of_template(source: str) -> Iterator[tuple[int, Text]]:
    """Django turns the tags into calls of gettext between filler; read those calls."""
    calls = templatize(source)
    for match in TEMPLATE_CALL.finditer(calls):
        for end in re.finditer(r"\)", calls[match.end() :]):
            text = calls[match.start() : match.end() + end.end()]
            try:
                call = ast.parse(text, mode="eval").body
            except SyntaxError:
                continue
            if isinstance(call, ast.Call):
                yield calls.count("\n", 0, match.start()) + 1, texts_of_call(match[1], call.args)
            break


def texts_of(path: Path) -> Iterator[tuple[int, Text | NotAText]]:
    source = path.read_text(encoding="utf-8")
    return texts_of_python(source) if path.suffix == ".py" else texts_of_template(source)


def problem_of(text: Text, entry: polib.POEntry | None) -> str:
    """What is wrong with this translation, or nothing."""
    if entry is None or entry.obsolete:
        return "has no Dutch"
    translations = list(entry.msgstr_plural.values()) if text.plural else [entry.msgstr]
    if text.plural and entry.msgid_plural != text.plural:
        return "has another plural in Dutch"
    if not translations or not all(translations):
        return "has no Dutch"
    if entry.fuzzy:
        return "has a Dutch text that is marked fuzzy"
    # The singular may say "one" instead of repeating the number.
    wanted = sorted(PLACEHOLDER.findall(text.plural or text.message))
    if sorted(PLACEHOLDER.findall(translations[-1])) != wanted:
        return f"has other placeholders in Dutch than {wanted}"
    return ""


def faults(tidy: bool) -> Iterator[str]:
    if tidy:
        DUTCH.write_text(SECOND.sub(r"\1", DUTCH.read_text(encoding="utf-8")), encoding="utf-8")
    dutch = polib.pofile(str(DUTCH), wrapwidth=0)
    if tidy:
        _drop_doubles(dutch)
    entries: dict[tuple[str | None, str], polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in dutch if not entry.obsolete
    }
    if len(entries) < sum(not entry.obsolete for entry in dutch):
        yield f"{DUTCH.name}: a text stands there twice"
    used = set()
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        if "/migrations/" in str(path):
            continue
        for line, text in texts_of(path):
            place = f"{path.relative_to(ROOT)}:{line}"
            if isinstance(text, NotAText):
                yield f"{place}: gettext needs a literal text, not {text}"
                continue
            used.add(text.key)
            problem = problem_of(text, entries.get(text.key))
            if problem:
                yield f"{place}: “{text.message}” {problem}"
            if problem and tidy and text.key not in entries:
                entries[text.key] = _added(dutch, text)
    for context, message in entries.keys() - used:
        print(f"note: nobody uses “{message}”" + (f" ({context})" if context else ""), file=sys.stderr)
    if tidy:
        dutch.save(str(DUTCH))


def _drop_doubles(dutch: polib.POFile) -> None:
    """Of a text that two people translated, keep the first that is filled in."""
    seen: dict[tuple[str | None, str], polib.POEntry] = {}
    for entry in list(dutch):
        first = seen.setdefault((entry.msgctxt, entry.msgid), entry)
        if first is not entry:
            first.msgstr = first.msgstr or entry.msgstr
            first.msgstr_plural = first.msgstr_plural or entry.msgstr_plural
            dutch.remove(entry)


def _added(dutch: polib.POFile, text: Text) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.message, msgctxt=text.context)
    if text.plural:
        entry.msgid_plural, entry.msgstr_plural = text.plural, {0: "", 1: ""}
    dutch.append(entry)
    return entry


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tidy", action="store_true", help="drop doubles, append what is missing, to be filled in"
    )
    found = list(faults(parser.parse_args().tidy))
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
