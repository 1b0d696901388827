"""The command to a case that belongs to a deed: same person, same key, same transaction."""

from __future__ import annotations

from uuid import UUID

from gezhi.cases.rules.commands import Command, Submission
from gezhi.plumbing.register_rows import Doing


def submission_of(doing: Doing, case_id: UUID, command: Command, *, key: UUID | None = None) -> Submission:
    return Submission(case_id=case_id, command_id=key or doing.key, command=command, actor=doing.actor)
