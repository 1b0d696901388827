"""收尾: what is done when the simulated days are over, as `presets/afterwards.toml` has it."""

from __future__ import annotations

import msgspec


class KeyListTold(msgspec.Struct, frozen=True):
    title: str
    themes: tuple[str, ...]
    requirement: str
    reply_hours: int


class AccountabilityTold(msgspec.Struct, frozen=True):
    """Shares of what the rules propose, and how many entries supervisors have proposed by hand."""

    confirmed: float
    dismissed: float
    by_hand: int
    causes: tuple[str, ...]
    demands: tuple[str, ...]
    confirmations: tuple[str, ...]
    dismissals: tuple[str, ...]
    results: tuple[str, ...]
    closings: tuple[str, ...]
    effects: tuple[str, ...]


class MeetingsTold(msgspec.Struct, frozen=True):
    titles: tuple[str, str]
    participants: str
    place: str
    put_off: tuple[str, ...]
    settled: tuple[str, ...]


class DutyRowsTold(msgspec.Struct, frozen=True):
    count: int
    reasons: tuple[str, ...]
    approvals: tuple[str, ...]
    refusals: tuple[str, ...]
    basis: str


class ShiftsTold(msgspec.Struct, frozen=True):
    days: int
    weather: tuple[str, ...]
    notes: tuple[str, ...]
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    acceptances: tuple[str, ...]
    passed_on: tuple[str, ...]


class DocumentsTold(msgspec.Struct, frozen=True):
    """`read` is the share of those who must read that have."""

    read: float


class Afterwards(msgspec.Struct, frozen=True):
    """收尾 as a whole."""

    key_list: KeyListTold
    accountability: AccountabilityTold
    meetings: MeetingsTold
    duty_rows: DutyRowsTold
    shifts: ShiftsTold
    documents: DocumentsTold
