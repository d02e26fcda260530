"""Rule 8: foreign keys, templates and names of pages follow the same arrow as imports."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import (
    PRODUCT,
    ROOT,
    Fault,
    area_of,
    dotted,
    exceptions,
    heights,
    may_know,
    named,
    none_of,
    python_files,
    tree_of,
)

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "GenericRelation"}
NAMES_A_PAGE = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
NAMES_A_TEMPLATE = {"render", "render_to_string", "get_template", "select_template", "TemplateResponse"}

URL_TAG = re.compile(r"""\{%-?\s*url\s+['"]([\w-]+):""")
TEMPLATE_TAG = re.compile(r"""\{%-?\s*(?:include|extends)\s+['"]([\w-]+)/""")


def relations(product: Path) -> Iterator[tuple[Path, int, str]]:
    """(file, line, area pointed at) of every relation to a model given as a string."""
    for file in python_files(product):
        for node in ast.walk(tree_of(file)):
            if not (isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in RELATIONS):
                continue
            targets = [
                *node.args[:1],
                *(word.value for word in node.keywords if word.arg in {"to", "through"}),
            ]
            for target in targets:
                if isinstance(target, ast.Constant) and "." in str(target.value):
                    yield file, node.lineno, str(target.value).partition(".")[0]


def names_in_code(product: Path) -> Iterator[tuple[Path, int, str]]:
    """(file, line, area) of pages and templates named in Python."""
    for file in python_files(product):
        for node in ast.walk(tree_of(file)):
            if not isinstance(node, ast.Call):
                continue
            function = dotted(node.func).rpartition(".")[2]
            for argument in node.args[:2]:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    continue
                if function in NAMES_A_PAGE and ":" in argument.value:
                    yield file, node.lineno, argument.value.partition(":")[0]
                if function in NAMES_A_TEMPLATE and "/" in argument.value:
                    yield file, node.lineno, argument.value.partition("/")[0]


def names_in_templates(product: Path) -> Iterator[tuple[Path, int, str]]:
    for file in sorted(product.rglob("templates/**/*.*")):
        if file.suffix not in {".html", ".txt", ".svg", ".typ", ".xml"}:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for area in URL_TAG.findall(line) + TEMPLATE_TAG.findall(line):
                yield file, number, area


def upward(found: Iterator[tuple[Path, int, str]], product: Path, what: str) -> list[Fault]:
    """Those of the references that point to a higher area or a sibling. Names of no area are not ours."""
    return [
        Fault(file, line, f"{other}: {what} points upwards")
        for file, line, other in found
        if other in heights() and not may_know(area_of(file, product) or "config", other)
    ]


def misplaced_templates(product: Path) -> list[Fault]:
    """A template lies in templates/<its own area>/, so that its name tells whose it is."""
    return [
        Fault(file, 1, f"belongs in {area_of(file, product)}/templates/{area_of(file, product)}/")
        for file in sorted(product.glob("*/templates/*/**/*.*"))
        if file.relative_to(product).parts[2] in heights()
        and file.relative_to(product).parts[2] != area_of(file, product)
    ]


def test_foreign_keys_point_downwards() -> None:
    faults = upward(relations(PRODUCT), PRODUCT, "a foreign key")

    assert not faults, none_of(faults)


def test_pages_and_templates_name_only_pages_and_templates_below_them() -> None:
    found = [*names_in_code(PRODUCT), *names_in_templates(PRODUCT)]
    allowed = exceptions("upward-links")
    faults = [
        fault
        for fault in upward(iter(found), PRODUCT, "a link or include")
        if f"{fault.file.relative_to(ROOT)}:{fault.what.partition(':')[0]}" not in allowed
    ]
    faults += misplaced_templates(PRODUCT)

    assert not faults, none_of(faults)


def test_models_are_pointed_at_by_name_and_never_by_class_of_another_area() -> None:
    faults = [
        Fault(file, node.lineno, f"{dotted(node.args[0])}: point at a model of another area by name")
        for file in python_files(PRODUCT)
        if named(file, "models")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2] in RELATIONS
        and node.args
        and "." in dotted(node.args[0])
        and not dotted(node.args[0]).startswith(("settings.", "models."))
    ]

    assert not faults, none_of(faults)


def test_the_check_objects_to_references_that_point_upwards_or_sideways(tmp_path: Path) -> None:
    pages = tmp_path / "persons" / "templates" / "persons"
    pages.mkdir(parents=True)
    (tmp_path / "travel").mkdir()
    (tmp_path / "persons" / "models.py").write_text(
        "a = models.ForeignKey('cases.Case', models.PROTECT)\n"
        "b = models.ForeignKey('organisations.Organisation', models.PROTECT)\n"
        "c = models.ManyToManyField(to='risk.Assessment')\n"
    )
    (tmp_path / "travel" / "models.py").write_text("a = ForeignKey('exchange.Statement', PROTECT)\n")
    (tmp_path / "persons" / "views.py").write_text(
        "redirect('desk:work')\nreverse('persons:file')\nrender(request, 'cases/_header.html')\n"
    )
    (pages / "file.html").write_text(
        "{% extends 'foundation/page.html' %}\n{% include \"cases/_header.html\" %}\n"
        "{% url 'measures:one' measure.reference %}\n"
    )

    keys = upward(relations(tmp_path), tmp_path, "")
    code = upward(names_in_code(tmp_path), tmp_path, "")
    templates = upward(names_in_templates(tmp_path), tmp_path, "")

    assert [(fault.file.parent.name, fault.line) for fault in keys] == [
        ("persons", 1),
        ("persons", 3),
        ("travel", 1),
    ]
    assert [fault.line for fault in code] == [1, 3]
    assert [fault.line for fault in templates] == [2, 3]
