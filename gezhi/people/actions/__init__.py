"""What changes people: setting up a city, accounts, the care of bodies, posts and people, tokens, shifts."""

from gezhi.people.actions.accounts import (
    create_account,
    create_administrator,
    give_single_use_password,
    hash_password,
    note_new_hash,
    set_language,
    set_last_post,
    set_password,
)
from gezhi.people.actions.care import Done, bring_up_to_date, do_act, preview_act
from gezhi.people.actions.leaving import find_open_work, set_duty_count, set_open_work
from gezhi.people.actions.officers import end_officer, install_officers, name_officer
from gezhi.people.actions.roster import enter_shift, import_roster, install_roster, strike_shift
from gezhi.people.actions.sessions import sweep_sessions
from gezhi.people.actions.setup import install_organisations, install_people, install_posts
from gezhi.people.actions.shifts import set_shifts
from gezhi.people.actions.sign_ins import (
    Place,
    change_own_password,
    end_other_sessions,
    end_own_session,
    note_failure,
    note_sign_in,
    revoke_own_token,
)
from gezhi.people.actions.successions import close_succession, settle_succession, withdraw_succession
from gezhi.people.actions.tokens import create_token, note_token_use, revoke_token

__all__ = [
    "Done",
    "Place",
    "bring_up_to_date",
    "change_own_password",
    "close_succession",
    "create_account",
    "create_administrator",
    "create_token",
    "do_act",
    "end_officer",
    "end_other_sessions",
    "end_own_session",
    "enter_shift",
    "find_open_work",
    "give_single_use_password",
    "hash_password",
    "import_roster",
    "install_officers",
    "install_organisations",
    "install_people",
    "install_posts",
    "install_roster",
    "name_officer",
    "note_failure",
    "note_new_hash",
    "note_sign_in",
    "note_token_use",
    "preview_act",
    "revoke_own_token",
    "revoke_token",
    "set_duty_count",
    "set_language",
    "set_last_post",
    "set_open_work",
    "set_password",
    "set_shifts",
    "settle_succession",
    "strike_shift",
    "sweep_sessions",
    "withdraw_succession",
]
