"""变更事项: the kinds of deed by which bodies, posts and people change, and what each is handed in with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from gezhi.kernel.permissions import Role
from gezhi.people.rules.organisation_kinds import OrganisationKind


class DeedKind(StrEnum):
    TAKE_UP = "take-up"
    CHANGE_PERSON = "change-person"
    APPOINT = "appoint"
    DEPUTISE = "deputise"
    TRANSFER = "transfer"
    END_APPOINTMENT = "end-appointment"
    LEAVE = "leave"
    END_LEAVE = "end-leave"
    NEW_PASSWORD = "new-password"  # noqa: S105
    END_PERSON = "end-person"
    RESTORE_PERSON = "restore-person"
    CREATE_BODY = "create-body"
    CHANGE_BODY = "change-body"
    END_BODY = "end-body"
    CREATE_POST = "create-post"
    CHANGE_POST = "change-post"
    END_POST = "end-post"
    UNDO = "undo"


DEED_NAMES: dict[DeedKind, tuple[str, str]] = {
    DeedKind.TAKE_UP: ("录用", "Take up"),
    DeedKind.CHANGE_PERSON: ("更正信息", "Correct"),
    DeedKind.APPOINT: ("任命", "Appoint"),
    DeedKind.DEPUTISE: ("代理", "Name a deputy"),
    DeedKind.TRANSFER: ("调岗", "Transfer"),
    DeedKind.END_APPOINTMENT: ("免职", "End the appointment"),
    DeedKind.LEAVE: ("请假", "Enter leave"),
    DeedKind.END_LEAVE: ("销假", "End the leave"),
    DeedKind.NEW_PASSWORD: ("重置密码", "Reset the password"),
    DeedKind.END_PERSON: ("停用账号", "End the account"),
    DeedKind.RESTORE_PERSON: ("恢复账号", "Restore the account"),
    DeedKind.CREATE_BODY: ("新设机构", "Create a body"),
    DeedKind.CHANGE_BODY: ("变更机构", "Change the body"),
    DeedKind.END_BODY: ("撤销机构", "End the body"),
    DeedKind.CREATE_POST: ("新设岗位", "Create a post"),
    DeedKind.CHANGE_POST: ("变更岗位", "Change the post"),
    DeedKind.END_POST: ("撤销岗位", "End the post"),
    DeedKind.UNDO: ("撤回", "Take back"),
}

UNDOABLE = frozenset({
    DeedKind.APPOINT, DeedKind.DEPUTISE, DeedKind.TRANSFER, DeedKind.END_APPOINTMENT, DeedKind.LEAVE,
    DeedKind.END_LEAVE, DeedKind.END_PERSON, DeedKind.CHANGE_BODY, DeedKind.END_BODY, DeedKind.CHANGE_POST,
    DeedKind.END_POST,
})  # fmt: skip


class Act(msgspec.Struct, frozen=True, kw_only=True, tag_field="act"):
    """One act, with its reason (依据)."""

    reason: str


class TakeUp(Act, frozen=True, kw_only=True, tag=DeedKind.TAKE_UP.value):
    """录用: a new account in a post."""

    post_id: int
    username: str
    name: str
    phone: str
    language: str
    valid_from: date


class ChangePerson(Act, frozen=True, kw_only=True, tag=DeedKind.CHANGE_PERSON.value):
    user_id: int
    name: str
    phone: str
    language: str


class Appoint(Act, frozen=True, kw_only=True, tag=DeedKind.APPOINT.value):
    """任命, beside whatever posts somebody holds."""

    user_id: int
    post_id: int
    valid_from: date


class Deputise(Act, frozen=True, kw_only=True, tag=DeedKind.DEPUTISE.value):
    """代理: in the post of somebody else, for a time."""

    user_id: int
    appointment_id: int
    valid_from: date
    valid_to: date


class Transfer(Act, frozen=True, kw_only=True, tag=DeedKind.TRANSFER.value):
    """调岗: one appointment ends on the day before, another begins."""

    appointment_id: int
    post_id: int
    valid_from: date


class EndAppointment(Act, frozen=True, kw_only=True, tag=DeedKind.END_APPOINTMENT.value):
    appointment_id: int
    last_day: date


class TakeLeave(Act, frozen=True, kw_only=True, tag=DeedKind.LEAVE.value):
    user_id: int
    valid_from: date
    valid_to: date


class EndLeave(Act, frozen=True, kw_only=True, tag=DeedKind.END_LEAVE.value):
    leave_id: int
    last_day: date


class ResetPassword(Act, frozen=True, kw_only=True, tag=DeedKind.NEW_PASSWORD.value):
    user_id: int


class EndPerson(Act, frozen=True, kw_only=True, tag=DeedKind.END_PERSON.value):
    user_id: int
    last_day: date


class RestorePerson(Act, frozen=True, kw_only=True, tag=DeedKind.RESTORE_PERSON.value):
    user_id: int


class CreateBody(Act, frozen=True, kw_only=True, tag=DeedKind.CREATE_BODY.value):
    code: str
    name: str
    english: str
    kind: OrganisationKind
    platform_level: int
    parent_id: int
    region_code: str
    valid_from: date


class ChangeBody(Act, frozen=True, kw_only=True, tag=DeedKind.CHANGE_BODY.value):
    """更名、变更隶属."""

    organisation_id: int
    name: str
    english: str
    parent_id: int | None
    valid_from: date


class EndBody(Act, frozen=True, kw_only=True, tag=DeedKind.END_BODY.value):
    organisation_id: int
    last_day: date


class CreatePost(Act, frozen=True, kw_only=True, tag=DeedKind.CREATE_POST.value):
    organisation_id: int
    title: str
    english: str
    role: Role
    region_codes: tuple[str, ...]
    establishment: int | None
    valid_from: date


class ChangePost(Act, frozen=True, kw_only=True, tag=DeedKind.CHANGE_POST.value):
    post_id: int
    title: str
    english: str
    establishment: int | None
    valid_from: date


class EndPost(Act, frozen=True, kw_only=True, tag=DeedKind.END_POST.value):
    post_id: int
    last_day: date


class Undo(Act, frozen=True, kw_only=True, tag=DeedKind.UNDO.value):
    """撤回: what a deed did is taken back, as long as nothing has been built on it."""

    deed_id: int


AnyAct = (
    TakeUp | ChangePerson | Appoint | Deputise | Transfer | EndAppointment | TakeLeave | EndLeave | ResetPassword
    | EndPerson | RestorePerson | CreateBody | ChangeBody | EndBody | CreatePost | ChangePost | EndPost | Undo
)  # fmt: skip


def kind_of(act: AnyAct) -> DeedKind:
    return DeedKind(str(act.__struct_config__.tag))
