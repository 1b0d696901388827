"""What changes people: setting up a city, accounts, appointments, tokens, shifts."""

from gezhi.people.actions.accounts import (
    create_account,
    create_administrator,
    end_account,
    hash_password,
    note_new_hash,
    set_language,
    set_last_post,
    set_password,
)
from gezhi.people.actions.appointments import appoint, end_appointment
from gezhi.people.actions.leaving import set_open_work
from gezhi.people.actions.sessions import sweep_sessions
from gezhi.people.actions.setup import install_organisations, install_people, install_posts
from gezhi.people.actions.shifts import set_shifts
from gezhi.people.actions.tokens import create_token, note_token_use, revoke_token

__all__ = [
    "appoint",
    "create_account",
    "create_administrator",
    "create_token",
    "end_account",
    "end_appointment",
    "hash_password",
    "install_organisations",
    "install_people",
    "install_posts",
    "note_new_hash",
    "note_token_use",
    "revoke_token",
    "set_language",
    "set_last_post",
    "set_open_work",
    "set_password",
    "set_shifts",
    "sweep_sessions",
]
