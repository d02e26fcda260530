"""Rule 7: every record is protected or says why not, and pages and endpoints see only what they may."""

import ast
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.architecture.house import (
    PRODUCT,
    ROOT,
    Fault,
    dotted,
    exceptions,
    named,
    none_of,
    python_files,
    tree_of,
)

LIST = Path(__file__).with_name("unprotected.toml")
ENOUGH_REASON = 20  # characters; below that it is no reason


def unprotected(*sections: str) -> dict[str, str]:
    """Models with the reason why they are not protected, of the sections named."""
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {label: reason for section in sections for label, reason in table.get(section, {}).items()}


def unexplained(models: Iterable[type], protected: type, reasons: Mapping[str, str]) -> list[str]:
    """Sentences about models that are neither protected nor explained, and about needless explanations."""
    labels = {label_of(model): issubclass(model, protected) for model in models}
    bare = [
        f"{label}: make it access.Protected, or say why not in {LIST.name}"
        for label, safe in labels.items()
        if not safe and len(reasons.get(label, "")) < ENOUGH_REASON
    ]
    stale = [
        f"{label}: {LIST.name} explains it needlessly"
        for label in reasons
        if label not in labels or labels[label]
    ]
    return bare + stale


def label_of(model: type) -> str:
    meta = getattr(model, "_meta", None)
    return str(meta.label) if meta else model.__name__


def unscoped_queries(product: Path, open_models: set[str]) -> list[Fault]:
    """`Model.objects.x` in a view or endpoint where x is not visible_to and the model is not open to all."""
    return [
        Fault(file, node.lineno, f"{dotted(node)}: views and endpoints ask visible_to(actor)")
        for file in python_files(product)
        if named(file, "views", "api")
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Attribute)
        and dotted(node.value).endswith((".objects", "._default_manager", "._base_manager"))
        and node.attr != "visible_to"
        and dotted(node.value).split(".")[-2] not in open_models
    ]


def test_every_record_is_protected_or_says_why_not() -> None:
    from django.apps import apps

    if not apps.is_installed("samenhang.access"):
        pytest.skip("NOT YET: samenhang.access is not installed, so nothing can be Protected")
    from samenhang.access.models import Protected

    ours = [model for model in apps.get_models() if model.__module__.startswith("samenhang.")]

    assert ours, "the registry must hold our models"
    said = unexplained(ours, Protected, unprotected("open", "own-door"))
    assert not said, "\n" + "\n".join(said)


def test_views_and_endpoints_ask_only_for_what_the_actor_may_see() -> None:
    open_models = {label.rpartition(".")[2] for label in unprotected("open")}
    allowed = exceptions("unscoped-queries")
    faults = [
        fault
        for fault in unscoped_queries(PRODUCT, open_models)
        if str(fault.file.relative_to(ROOT)) not in allowed
    ]

    assert not faults, none_of(faults)


def test_the_check_objects_to_an_unexplained_model_and_to_a_needless_explanation() -> None:
    class Protected: ...

    class Safe(Protected): ...

    class Bare: ...

    class Explained: ...

    reasons = {"Explained": "Says nothing about a person.", "Safe": "x", "Gone": "y"}

    said = unexplained([Safe, Bare, Explained], Protected, reasons)

    assert [sentence.partition(":")[0] for sentence in said] == ["Bare", "Safe", "Gone"]


def test_the_check_objects_to_a_view_that_goes_round_the_policy(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text(
        "Case.objects.visible_to(actor)\nCase.objects.all()\nmodels.Case.objects.get(pk=1)\nCountry.objects.all()\n"
    )
    (tmp_path / "actions.py").write_text("Case.objects.get(pk=1)\n")

    assert [fault.line for fault in unscoped_queries(tmp_path, {"Country"})] == [2, 3]


def copied_by_hand(product: Path) -> list[Fault]:
    """Calls that copy provider, category and purposes from another record one by one, and forget the rest."""
    return [
        Fault(file, call.lineno, f"a part of {owner} inherits with **{owner}.protection()")
        for file in python_files(product)
        for call in ast.walk(tree_of(file))
        if isinstance(call, ast.Call)
        for owner in [_copied_from(call)]
        if owner
    ]


def _copied_from(call: ast.Call) -> str:
    said = {word.arg: dotted(word.value) for word in call.keywords if word.arg}
    owner = said.get("purposes", "").removesuffix(".purposes")
    whole = owner and said.get("provider_id") == f"{owner}.provider_id" and "category" in said
    return owner if whole else ""


def test_a_part_inherits_how_its_whole_is_guarded_in_one_way() -> None:
    faults = copied_by_hand(PRODUCT)

    assert not faults, none_of(faults)


def test_a_copy_made_by_hand_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "Made(scope=case.scope, provider_id=case.provider_id, category='plan', purposes=case.purposes)\n"
        "Made(**case.protection(category='plan'))\n"
    )

    (fault,) = copied_by_hand(tmp_path)

    assert fault.line == 1
