"""Everything that changes organisations and accounts, and everything done at the door."""

from samenhang.organisations.actions.access_keys import (
    check_access_key,
    end_access_keys,
    make_access_key,
)
from samenhang.organisations.actions.factors import (
    add_code,
    add_passkey,
    begin_code,
    check_code,
    check_passkey,
    find_by_passkey,
    make_recovery_codes,
    remove_factor,
)
from samenhang.organisations.actions.operating import (
    close_account,
    give_first_password,
    link_provider_account,
    reset_factors,
)
from samenhang.organisations.actions.people import (
    end_mandate,
    found,
    give_mandate,
    open_account,
    sign_covenant,
)
from samenhang.organisations.actions.sessions import (
    change_password,
    check_password,
    choose_task,
    confirm,
    end_other_sessions,
    end_session,
    find_at_provider,
    halfway_user,
    open_session,
    resume,
)

__all__ = [
    "add_code",
    "add_passkey",
    "begin_code",
    "change_password",
    "check_access_key",
    "check_code",
    "check_passkey",
    "check_password",
    "choose_task",
    "close_account",
    "confirm",
    "end_access_keys",
    "end_mandate",
    "end_other_sessions",
    "end_session",
    "find_at_provider",
    "find_by_passkey",
    "found",
    "give_first_password",
    "give_mandate",
    "halfway_user",
    "link_provider_account",
    "make_access_key",
    "make_recovery_codes",
    "open_account",
    "open_session",
    "remove_factor",
    "reset_factors",
    "resume",
    "sign_covenant",
]
