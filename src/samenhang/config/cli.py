"""The console script: ``samenhang COMMAND``."""

import os
import sys
from pathlib import Path

# Django's own commands that an operator of this product may need.
OF_DJANGO = {"makemigrations", "migrate", "shell", "check", "collectstatic", "compilemessages"}

# These must work when there is no database, or none yet; a witness is on somebody else's machine.
WITHOUT_TABLES = {"keys", "restore", "witness"}


def main(arguments: list[str] | None = None) -> None:
    """Run one command. A home that is new or older than the program is brought up to date first."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _home_first(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenhang.config.settings")

    import django

    django.setup()
    from django.core.management import ManagementUtility

    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        sys.stdout.write(_overview())
        return
    if arguments[0] not in OF_DJANGO | WITHOUT_TABLES and not {"-h", "--help"} & set(arguments):
        from django.conf import settings

        from samenhang.foundation import unfinished
        from samenhang.foundation.setup import bring_up_to_date

        if unfinished.is_marked(settings.HOME):
            sys.exit(str(unfinished.WORDS))
        bring_up_to_date()
    ManagementUtility(["samenhang", *arguments]).execute()


def _home_first(arguments: list[str]) -> None:
    """``--home DIR`` decides where everything is kept, so it must be known before the settings."""
    chosen = _option("--home", arguments)
    if chosen:
        os.environ["SAMENHANG_HOME"] = str(Path(chosen).resolve())
        os.environ.pop("DATABASE_URL", None)
    if arguments[:1] == ["run"]:
        _demonstration_first(_option("--scenario", arguments))
    if Path(os.environ.get("SAMENHANG_HOME", "")).is_file():
        # No settings yet, so no other language either.
        sys.exit(
            f"{os.environ['SAMENHANG_HOME']} is a file. Name a folder where Samenhang may keep everything."
        )


def _demonstration_first(scenario: str) -> None:
    """Each story of ``run`` has a home of its own, and cookies of its own: both are on this machine."""
    from samenhang.foundation.home import USUAL, of_demonstration

    if scenario not in {"", USUAL}:
        os.environ["SAMENHANG_HOME"] = str(of_demonstration(scenario))
        os.environ.pop("DATABASE_URL", None)
    os.environ["SAMENHANG_COOKIES"] = scenario or USUAL


def _option(name: str, arguments: list[str]) -> str:
    """The value of the last ``--name VALUE`` or ``--name=VALUE``, or nothing."""
    value = ""
    for place, argument in enumerate(arguments):
        given, _, joined = argument.partition("=")
        if given == name:
            value = joined or (arguments[place + 1] if place + 1 < len(arguments) else "")
    return value


def _overview() -> str:
    from django.core.management import get_commands, load_command_class

    ours = sorted(name for name, app in get_commands().items() if str(app).startswith("samenhang."))
    lines = [
        f"  {name:<12} {load_command_class(get_commands()[name], name).help.splitlines()[0]}" for name in ours
    ]
    return "\n".join(
        [
            "samenhang COMMAND [OPTIONS]",
            "",
            *lines,
            "",
            "samenhang COMMAND --help tells what a command takes.",
            "",
        ]
    )
