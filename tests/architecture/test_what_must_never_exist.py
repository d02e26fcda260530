"""Rule 9: nothing here can hold religion, ethnicity or descent; no score of a person; no automatic measure.

The words are looked for in every name a program can sort people by: fields of models, forms, schemas
and dataclasses, parameters, filters, columns, keys of data files and names of inputs. Prose and
comments may use them: this sentence must.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.architecture.house import (
    PRODUCT,
    ROOT,
    SRC,
    Fault,
    area_of,
    dotted,
    exceptions,
    none_of,
    python_files,
    tree_of,
)

FORBIDDEN = {
    *("religion", "religions", "religious", "faith", "faiths", "creed", "belief", "beliefs", "denomination"),
    *("ethnic", "ethnicity", "ethnicities", "race", "races", "racial", "descent", "ancestry", "tribe"),
    *("muslim", "islamic", "jewish", "christian", "hindu", "convert", "mosque"),
    *("godsdienst", "religie", "geloof", "levensovertuiging", "etniciteit", "etnisch", "afkomst", "ras"),
}
SCORES = {"score", "scores", "rating", "dangerousness", "danger", "riskiness", "suspicion", "trustworthiness"}
# Areas about people: here not even a reason makes a score acceptable.
ABOUT_PEOPLE = {
    *("persons", "cases", "risk", "measures", "prosecution", "prevention", "protection", "exchange"),
    "oversight",
}
DECIDES = {"decide", "impose", "order", "confirm"}

WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
IDENTIFIER = re.compile(r"[A-Za-z][\w.-]{1,60}")
INPUT_NAME = re.compile(r"""\b(?:name|id|for|data-[\w-]+)=["']([\w.-]+)["']""")


def words_of(name: str) -> set[str]:
    return {word.lower() for word in WORDS.findall(name)}


def names_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, name) of everything that can carry a value: names, attributes, parameters, keys, columns.

    A string counts when it looks like one name: a column, a key, a filter; prose does not.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.keyword(arg=str(name)):
                yield node.value.lineno, name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.Constant(value=str(text)) if IDENTIFIER.fullmatch(text):
                yield node.lineno, text


def forbidden_in_code(folder: Path) -> list[Fault]:
    return [
        Fault(file, line, f"{word}: cannot exist here (in {name!r})")
        for file in python_files(folder, but=())
        for line, name in names_in(tree_of(file))
        for word in sorted(words_of(name) & FORBIDDEN)
    ]


def forbidden_in_data(folder: Path) -> list[Fault]:
    """Keys of data files: a value may quote the law, a key is a field."""
    return [
        Fault(file, 1, f"{word}: cannot exist here (key {key!r})")
        for file in sorted(folder.rglob("*.json"))
        for key in sorted(set(keys_of(json.loads(file.read_text(encoding="utf-8")))))
        for word in sorted(words_of(key) & FORBIDDEN)
    ]


def keys_of(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from keys_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys_of(value)


def forbidden_in_pages(folder: Path) -> list[Fault]:
    return [
        Fault(file, number, f"{word}: cannot exist here (input {name!r})")
        for file in sorted(folder.rglob("*.html"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for name in INPUT_NAME.findall(line)
        for word in sorted(words_of(name) & FORBIDDEN)
    ]


def scores(product: Path) -> list[tuple[Fault, str]]:
    """Attributes of classes named for a score, each with its "Class.attribute"."""
    found = []
    for file in python_files(product):
        for node in ast.walk(tree_of(file)):
            if not isinstance(node, ast.ClassDef):
                continue
            for member in node.body:
                for name in names_bound_by(member):
                    if words_of(name) & SCORES:
                        fault = Fault(file, member.lineno, f"{node.name}.{name}: no score of a person")
                        found.append((fault, f"{node.name}.{name}"))
    return found


def names_bound_by(member: ast.stmt) -> list[str]:
    match member:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
    return []


def automatic_measures(product: Path) -> list[Fault]:
    """Commands and workers may prepare and end measures; a decision is always a person's own request."""
    return [
        Fault(file, node.lineno, f"{dotted(node.func)}: no automatic measure")
        for file in python_files(product)
        if "management" in file.parts or "work" in file.stem
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2] in DECIDES
        and ("measures" in dotted(node.func) or area_of(file, product) == "measures")
    ]


def without_exceptions(faults: list[Fault], rule: str) -> list[Fault]:
    allowed = exceptions(rule)
    return [
        fault
        for fault in faults
        if f"{fault.file.relative_to(ROOT)}:{fault.what.partition(':')[0]}" not in allowed
    ]


def test_nothing_can_hold_religion_ethnicity_or_descent() -> None:
    found = forbidden_in_code(SRC) + forbidden_in_data(SRC) + forbidden_in_pages(SRC)
    faults = without_exceptions(found, "forbidden-words")

    assert not faults, none_of(faults)


def test_nothing_holds_a_score_of_a_person() -> None:
    allowed = exceptions("scores")
    faults = [
        fault
        for fault, name in scores(PRODUCT)
        if f"{fault.file.relative_to(ROOT)}:{name}" not in allowed or area_of(fault.file) in ABOUT_PEOPLE
    ]

    assert not faults, none_of(faults)


def test_no_command_or_worker_decides_a_measure() -> None:
    faults = automatic_measures(PRODUCT)

    assert not faults, none_of(faults)


def test_the_check_sees_a_forbidden_word_in_every_place_where_it_could_sort_people(tmp_path: Path) -> None:
    bad = {
        "model": "class Person(models.Model):\n    religion = models.CharField()\n",
        "schema": "class Person(Schema):\n    ethnic_group: str\n",
        "filter": "Person.objects.filter(descent='x')\n",
        "column": "COLUMNS = ['surname', 'father.geloof']\n",
        "parameter": "def group(by_race: bool) -> None: ...\n",
        "key": "row = {'beliefs': 1}\n",
        "camel": "class EthnicGroup: ...\n",
    }
    for name, text in bad.items():
        (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "fine.py").write_text('"""Never religion or race."""\ntrace = "religion is no field here"\n')
    (tmp_path / "data.json").write_text('[{"code": "religion", "deep": {"religion": 1}}]')
    (tmp_path / "page.html").write_text('<p>religion</p>\n<input name="religion">\n')

    assert {fault.file.stem for fault in forbidden_in_code(tmp_path)} == set(bad)
    assert [fault.file.name for fault in forbidden_in_data(tmp_path)] == ["data.json"]
    assert [fault.line for fault in forbidden_in_pages(tmp_path)] == [2]


def test_the_check_objects_to_a_score_and_to_an_automatic_measure(tmp_path: Path) -> None:
    commands = tmp_path / "measures" / "management" / "commands"
    commands.mkdir(parents=True)
    (commands / "end.py").write_text("actions.decide(measure, by=robot)\nactions.lapse(measure, by=robot)\n")
    (tmp_path / "measures" / "views.py").write_text("actions.decide(measure, by=request.actor)\n")
    (tmp_path / "measures" / "models.py").write_text(
        "class Person(models.Model):\n    risk_score = models.FloatField()\n\n"
        "    @property\n    def rating(self) -> int: ...\n\n    underscore = 1\n"
    )

    assert [name for _, name in scores(tmp_path)] == ["Person.risk_score", "Person.rating"]
    assert [(fault.file.name, fault.line) for fault in automatic_measures(tmp_path)] == [("end.py", 1)]
