"""The invented city that is asked: somebody in every role, and ids of what is in it, whosever it is."""

from __future__ import annotations

from typing import Any

from gezhi.kernel.permissions import Role
from tests.fuzz.values import NOBODY

TABLES = {
    "case_id": ("cases.Case", "id"),
    "entry_id": ("supervision.AccountabilityEntry", "id"),
    "report_id": ("cases.SentReport", "id"),
    "document_id": ("documents.Document", "id"),
    "version_id": ("documents.Version", "id"),
    "proposal_id": ("duties.RowProposal", "id"),
    "major_id": ("supervision.MajorCase", "id"),
    "meeting_id": ("supervision.Meeting", "id"),
    "handover_id": ("desks.ShiftEntry", "handover_id"),
    "list_id": ("supervision.KeyList", "id"),
    "order_id": ("supervision.Order", "id"),
    "organisation_id": ("people.Organisation", "id"),
    "sha256": ("plumbing.Picture", "sha256"),
    "code": ("regions.Region", "code"),
}
"""Where the things behind the places of addresses stand. No accounts, sessions, tokens: who asks would be gone."""
CLOSED: dict[str, list[Any]] = {"kind": ["send-back", "closed", "open"], "key": ["2013-part-0101"], "seq": [1, 2, 999]}
OF_EACH = 40


def tokens_by_role(now: int) -> dict[str, str]:
    """A token of one person who works in each role now; whoever may end the others' posts comes last."""
    from gezhi.people.actions.tokens import create_token
    from gezhi.people.queries import day_of, held_directory
    from gezhi.plumbing.clock import system_clock

    directory, on = held_directory(), day_of(now)
    tokens: dict[str, str] = {}
    for user_id in sorted(directory.users):
        posts = directory.posts_of(user_id, on) if directory.is_active(user_id, on) else ()
        if posts and posts[0].role not in tokens:
            tokens[posts[0].role] = create_token(user_id, name="fuzz", clock=system_clock)
    return dict(sorted(tokens.items(), key=lambda one: one[0] == Role.ADMINISTRATOR))


def ids_by_name() -> dict[str, list[Any]]:
    """Real ids by the name of the parameter that takes them; `any`: one of each kind."""
    from django.apps import apps

    found: dict[str, list[Any]] = {}
    for name, (model, column) in TABLES.items():
        rows = apps.get_model(model).objects.order_by("pk").values_list(column, flat=True)
        step = max(1, rows.count() // OF_EACH)
        found[name] = [str(one) for one in rows[::step]] or [NOBODY]
    return {**found, **CLOSED, "any": [known[-1] for known in found.values()]}
