"""``samenhang account``: what an operator does for people, from the machine itself."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.commands import add_day
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations import actions, rules
from samenhang.organisations.acting import operator
from samenhang.organisations.models import User
from samenhang.organisations.rules.signing_in import FIRST_PASSWORD

# Whoever can undo somebody's second factor, or make an administrator, could become anybody.
WITH_TWO = "another administrator who agrees; needed as soon as there is one"


class Command(Base):
    help = "Open, list and close accounts; give a first password; help who lost a second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        listed = kinds.add_parser("list", help="who has an account, as what, with which factors")
        listed.add_argument("--operator", default="", help="the administrator who does this")
        listed.add_argument("--json", action="store_true", help="one JSON list")
        opened = _about(kinds, "open", "give somebody an account and a first password")
        opened.add_argument("--name", required=True, help="the person's name")
        opened.add_argument("--authority", required=True, help="code of the organisation, such as POL")
        opened.add_argument("--region", default="", help="for a municipality: its name")
        opened.add_argument("--organisation", required=True, help="name of the organisation")
        opened.add_argument("--team", default="", help="unit within the organisation")
        opened.add_argument(
            "--role", action="append", required=True, choices=[*_roles()], help="may be given more than once"
        )
        add_day(opened, "--until", help_text="last day of the mandate")
        opened.add_argument("--second", default="", help=f"for the role administrator: {WITH_TWO}")
        _about(kinds, "first-password", "give a new first password")
        reset = _about(kinds, "reset-factor", "forget lost second factors and give a first password")
        reset.add_argument("--second", default="", help=WITH_TWO)
        linked = _about(kinds, "link", "let somebody sign in at the identity provider")
        linked.add_argument("--subject", required=True, help="who the person is there")
        linked.add_argument("--issuer", default="", help="the provider (default: that of the settings)")
        key = _about(kinds, "access-key", "make a key with which a machine asks the API for somebody")
        key.add_argument("--purpose", required=True, help="the one purpose that it is for")
        key.add_argument("--days", type=int, default=90, help="how long it works (default: 90)")
        _about(kinds, "end-access-keys", "end every access key of somebody")
        _about(kinds, "close", "close an account: its sessions end, its factors are forgotten")

    def handle(self, *, what: str, username: str = "", **options: Any) -> None:
        moment, simulated = now(), is_demonstration()
        by = operator(options["operator"], about=username, now=moment, simulated=simulated)
        match what:
            case "list":
                self._list(options["json"], by)
            case "open":
                self._open(username, options, by)
            case "first-password":
                password = actions.give_first_password(_user(username), reason=options["reason"], by=by)
                self._say_password(username, password)
            case "reset-factor":
                user, second = _user(username), _second(options["second"], username, by)
                password = actions.reset_factors(user, reason=options["reason"], second=second, by=by)
                self.stdout.write(_("The second factors of %s are forgotten.") % username)
                self._say_password(username, password)
            case "link":
                issuer = options["issuer"] or (settings.OIDC or {}).get("issuer", "")
                if not issuer:
                    raise rules.UnknownAccount(_("There is no identity provider in the settings. Name it."))
                user, reason = _user(username), options["reason"]
                actions.link_provider_account(user, issuer, options["subject"], reason=reason, by=by)
                self.stdout.write(_("%s signs in at the provider from now on.") % username)
            case "access-key":
                told = {"days": options["days"], "reason": options["reason"]}
                key = actions.make_access_key(_user(username), options["purpose"], **told, by=by)
                self.stdout.write(_("Access key, shown this once: %s") % key)
            case "end-access-keys":
                ended = actions.end_access_keys(_user(username), reason=options["reason"], by=by)
                self.stdout.write(_("%d access keys ended.") % ended)
            case "close":
                actions.close_account(_user(username), reason=options["reason"], by=by)
                self.stdout.write(_("The account of %s is closed.") % username)

    def _open(self, username: str, options: dict[str, Any], by: Actor) -> None:
        if User.objects.filter(username=username).exists():
            raise rules.UnknownAccount(_("There is an account with that name already."))
        if rules.Role.ADMINISTRATOR in options["role"]:
            _second(options["second"], username, by)
        until: date | None = options["until"]
        with transaction.atomic():
            organisation = actions.found(
                options["authority"], options["organisation"], region=options["region"], by=by
            )
            user = actions.open_account(
                username, options["name"], organisation, password=None, team=options["team"], by=by
            )
            for role in options["role"]:
                actions.give_mandate(user, role, starts_on=by.today, ends_on=until, by=by)
            password = actions.give_first_password(user, reason=options["reason"], by=by)
        self.stdout.write(_("The account of %s is open.") % username)
        self._say_password(username, password)

    def _say_password(self, username: str, password: str) -> None:
        days = FIRST_PASSWORD.days
        self.stdout.write(_("First password: %s") % password)
        self.stdout.write(
            _("Give it to %(name)s in person. It works for %(days)d days and must be changed at once.")
            % {"name": username, "days": days}
        )

    def _list(self, as_json: bool, by: Actor) -> None:
        people = [_told(user, by) for user in User.objects.filter(human=True).select_related("organisation")]
        record("accounts.listed", "", by=by, operation=Operation.ADMIN)
        if as_json:
            self.print_json(people)
            return
        for person in people:
            state = ", ".join(person["roles"]) if person["open"] else _("closed")
            factors = ", ".join(person["factors"]) or _("no second factor")
            self.stdout.write(f"{person['username']:<24} {person['organisation']} | {state} | {factors}")


def _about(kinds: Any, name: str, told: str) -> ArgumentParser:
    """A command about one person: who does it and why are part of it."""
    parser: ArgumentParser = kinds.add_parser(name, help=told)
    parser.add_argument("username", help="the user name concerned")
    parser.add_argument(
        "--operator", default="", help="the administrator who does this; empty only while there is none"
    )
    parser.add_argument("--reason", required=True, help="why; kept in the journal, encrypted")
    return parser


def _roles() -> list[str]:
    return [role.value for role in rules.Role if not role.value.startswith("service-")]


def _user(username: str) -> User:
    user = User.objects.filter(username=username, human=True).first()
    if user is None:
        raise rules.UnknownAccount(_("There is no account with that name."))
    return user


def _second(username: str, about: str, by: Actor) -> str:
    """The reference of the second administrator; empty where there is no other to ask."""
    others = User.objects.administrators(by.today).exclude(username=about).exclude(reference=by.user)
    if not username and not others.exists():
        return ""
    user = others.filter(username=username).first()
    if user is None:
        raise rules.NoOperator(_("Name a second administrator with --second: nobody does this alone."))
    return user.reference


def _told(user: User, by: Actor) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": user.name,
        "organisation": user.organisation.name,
        "open": user.is_active,
        "roles": [mandate.role for mandate in user.mandates_on(by.today)],
        "factors": sorted({factor.kind for factor in user.factors.usable()}),
    }
