"""The language of rules: a declared part of CEL, over the facts of a journey.

CEL (Common Expression Language, cel.dev) cannot loop, assign, call out or run code. Of its
standard library only what is listed here exists: comparing, and, or, not, membership, size, and
asking something of each airport. Nothing can build a longer text or list, so nothing grows.
Its names are the fields of ``Facts``; another name does not compile.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cel_expr_python import cel
from django.utils.translation import gettext as _

from samenhang.criteria.rules.facts import PLACES, kinds
from samenhang.foundation.errors import Refused

# Characters. The library itself stops at 32 levels and, while evaluating, at some thousand steps.
LONGEST = 600
# Name of a macro or function, with the overloads that exist where not all do.
MACROS = ("all", "exists", "exists_one")
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "_&&_": (),
    "_||_": (),
    "!_": (),
    "_==_": (),
    "_!=_": (),
    "@in": (),
    "_<_": ("less_int64",),
    "_<=_": ("less_equals_int64",),
    "_>_": ("greater_int64",),
    "_>=_": ("greater_equals_int64",),
    "-_": ("negate_int64",),
    "size": ("list_size", "size_list"),
    # What all() and exists() are made of.
    "@not_strictly_false": (),
}
TYPES = {str: "string", int: "int", bool: "bool", list[str]: "list"}


class NotAnExpression(Refused):
    code = "not-an-expression"
    status = 422


class PlacesAlone(NotAnExpression):
    code = "places-alone"


class NothingAgainst(NotAnExpression):
    code = "nothing-against"


class Expression:
    """A compiled condition. Only ``read`` makes one."""

    def __init__(self, text: str, compiled: Any) -> None:
        self.text = text
        self._compiled = compiled

    def holds(self, told: Mapping[str, Any]) -> bool | None:
        """Whether it is true of these facts; None where a fact that decides it is missing.

        What is missing makes no difference where the rest decides: ``missing || true`` is true.
        """
        try:
            found = self._compiled.eval(data=dict(told)).value()
        except (RuntimeError, TypeError, ValueError):
            return None  # Too many steps. Whoever wrote it sees in the trial that it never matches.
        return found if isinstance(found, bool) else None


def read(text: str) -> Expression:
    """Raises NotAnExpression, with the words of the compiler, and nothing else."""
    return _read(text, tuple(sorted(kinds())))


def check_rests_on_more(when: str) -> None:
    """Raises PlacesAlone when it asks for nothing but places.

    Whoever is chosen by where they go alone is chosen by where their family lives
    (CJEU C-817/19, 197: criteria that may not discriminate, directly or indirectly).
    """
    if _reads_with(when, PLACES):
        raise PlacesAlone(
            _(
                "This asks for places and carriers alone, or for nothing. "
                "Say what else makes a journey stand out."
            )
        )


def check_speaks_against(unless: str) -> None:
    """Raises NothingAgainst when it asks for no fact.

    Criteria must take into account what speaks for and against (CJEU C-817/19, 200).
    """
    if _reads_with(unless, ()):
        raise NothingAgainst(_("This asks for no fact. Say which fact explains such a journey."))


def _reads_with(text: str, names: tuple[str, ...]) -> bool:
    try:
        _read(text, names)
    except NotAnExpression:
        return False
    return True


@lru_cache(maxsize=256)
def _read(text: str, names: tuple[str, ...]) -> Expression:
    if not text.strip():
        raise NotAnExpression(_("Write an expression."))
    if len(text) > LONGEST:
        raise NotAnExpression(_("This is longer than %d characters. Make two rules of it.") % LONGEST)
    environment = _environment(names)
    try:
        compiled = environment.compile(text)
    except (RuntimeError, TypeError, ValueError) as error:
        raise NotAnExpression(_said(error)) from None
    if compiled.return_type() != cel.Type.BOOL:
        raise NotAnExpression(_("This is no yes or no. Compare it with something."))
    return Expression(text, compiled)


@lru_cache(maxsize=4)
def _environment(names: tuple[str, ...]) -> Any:
    return cel.NewEnv(config=cel.NewEnvConfigFromYaml(_declared(names)))


def _declared(names: tuple[str, ...]) -> str:
    """What exists, as CEL's own declaration of an environment (YAML)."""
    lines = ["name: journey", "stdlib:", f"  include_macros: [{', '.join(MACROS)}]", "  include_functions:"]
    for name, overloads in FUNCTIONS.items():
        ids = ", ".join(f"{{id: {one}}}" for one in overloads)
        lines.append(f'    - name: "{name}"')
        lines += [f"      overloads: [{ids}]"] if overloads else []
    lines += ["variables:"] if names else []
    for name in names:
        kind = TYPES[kinds()[name]]
        lines.append(f"  - name: {name}\n    type_name: {kind}")
        lines += ["    params: [{type_name: string}]"] if kind == "list" else []
    return "\n".join(lines)


def _said(error: Exception) -> str:
    """The compiler's first sentence, without what is only of use to who maintains it."""
    first = str(error).partition("\n")[0]
    if not isinstance(error, RuntimeError):
        return _("This holds characters that cannot be read.")
    if "recursion" in first:
        return _("This is nested too deeply. Make two rules of it.")
    place, _colon, words = first.rpartition("<input>:")[2].partition(": ")
    words = words.replace(" (in container '')", "").removesuffix("[INVALID_ARGUMENT]").strip()
    return _("Line and column %(place)s: %(words)s") % {"place": place, "words": words[:200]}
