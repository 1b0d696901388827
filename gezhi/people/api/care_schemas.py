"""What the care of bodies, posts and people takes and tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, Field

from gezhi.kernel.permissions import Role
from gezhi.people.rules.care import deeds
from gezhi.people.rules.care.deeds import AnyAct, DeedKind
from gezhi.people.rules.care.wording import Line
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.username import LONGEST, PATTERN, SHORTEST
from gezhi.people.shapes import HolderOut, OrganisationOut, PostOut
from gezhi.plumbing.shapes import DayIn, Exact, TextOut

Id = Annotated[int, Field(ge=1, le=2**53)]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^\S(.*\S)?$")]
BodyName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]
English = Annotated[str, Field(max_length=100)]
Phone = Annotated[str, Field(max_length=30)]
Language = Literal["zh", "en"]
Region = Annotated[str, Field(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15})?$")]
Establishment = Annotated[int, Field(ge=0, le=10_000)]


class _ActIn(Exact):
    """`reason`: why, in words that will still be understood in years."""

    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]


class TakeUpIn(_ActIn):
    act: Literal["take-up"]
    post_id: Id
    username: Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST, pattern=PATTERN)]
    name: Name
    phone: Phone = ""
    language: Language = "zh"
    valid_from: DayIn


class ChangePersonIn(_ActIn):
    act: Literal["change-person"]
    user_id: Id
    name: Name
    phone: Phone
    language: Language


class AppointIn(_ActIn):
    act: Literal["appoint"]
    user_id: Id
    post_id: Id
    valid_from: DayIn


class DeputiseIn(_ActIn):
    """`user_id` stands in for whoever holds the appointment."""

    act: Literal["deputise"]
    user_id: Id
    appointment_id: Id
    valid_from: DayIn
    valid_to: DayIn


class TransferIn(_ActIn):
    act: Literal["transfer"]
    appointment_id: Id
    post_id: Id
    valid_from: DayIn


class EndAppointmentIn(_ActIn):
    act: Literal["end-appointment"]
    appointment_id: Id
    last_day: DayIn


class LeaveIn(_ActIn):
    act: Literal["leave"]
    user_id: Id
    valid_from: DayIn
    valid_to: DayIn


class EndLeaveIn(_ActIn):
    act: Literal["end-leave"]
    leave_id: Id
    last_day: DayIn


class ResetPasswordIn(_ActIn):
    act: Literal["new-password"]
    user_id: Id


class EndPersonIn(_ActIn):
    act: Literal["end-person"]
    user_id: Id
    last_day: DayIn


class RestorePersonIn(_ActIn):
    act: Literal["restore-person"]
    user_id: Id


class CreateBodyIn(_ActIn):
    act: Literal["create-body"]
    code: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    name: BodyName
    english: English = ""
    kind: OrganisationKind
    platform_level: Annotated[int, Field(ge=1, le=3)]
    parent_id: Id
    region_code: Region = ""
    valid_from: DayIn


class ChangeBodyIn(_ActIn):
    act: Literal["change-body"]
    organisation_id: Id
    name: BodyName
    english: English
    parent_id: Id | None
    valid_from: DayIn


class EndBodyIn(_ActIn):
    act: Literal["end-body"]
    organisation_id: Id
    last_day: DayIn


class CreatePostIn(_ActIn):
    act: Literal["create-post"]
    organisation_id: Id
    title: Name
    english: English = ""
    role: Role
    region_codes: list[Region] = Field(default=[], max_length=50)
    establishment: Establishment | None = None
    valid_from: DayIn


class ChangePostIn(_ActIn):
    act: Literal["change-post"]
    post_id: Id
    title: Name
    english: English
    establishment: Establishment | None
    valid_from: DayIn


class EndPostIn(_ActIn):
    act: Literal["end-post"]
    post_id: Id
    last_day: DayIn


class UndoIn(_ActIn):
    act: Literal["undo"]
    deed_id: Id


AnyActIn = Annotated[
    TakeUpIn | ChangePersonIn | AppointIn | DeputiseIn | TransferIn | EndAppointmentIn | LeaveIn | EndLeaveIn
    | ResetPasswordIn | EndPersonIn | RestorePersonIn | CreateBodyIn | ChangeBodyIn | EndBodyIn | CreatePostIn
    | ChangePostIn | EndPostIn | UndoIn,
    Field(discriminator="act"),
]  # fmt: skip


def act_of(sent: _ActIn) -> AnyAct:
    act: AnyAct = msgspec.convert(sent.model_dump(), deeds.AnyAct)
    return act


class StaffLineOut(BaseModel):
    """One value before and after."""

    label: TextOut
    before: TextOut
    after: TextOut


class StaffPreviewOut(BaseModel):
    """What would change, and what should be known before it is stored."""

    valid_from: date
    lines: list[StaffLineOut]
    notes: list[TextOut]


class StaffDoneOut(BaseModel):
    """`password` is told once, and only to the request that made it."""

    deed_id: int
    password: str


class StaffDeedOut(BaseModel):
    """变更记录: who did what, when and why. `may_undo`: worth offering to whoever asks."""

    id: int
    kind: DeedKind
    at: datetime
    by: str
    reason: str
    valid_from: date
    person: HolderOut | None
    post: PostOut | None
    lines: list[StaffLineOut]
    undone: bool
    may_undo: bool


class StaffDeedPage(BaseModel):
    items: list[StaffDeedOut]
    next_cursor: str | None


class HeldPostOut(BaseModel):
    """任职. `acting_for`: in whose place; `on_leave_to`: absent to this day; `account_to`: the account has this end."""

    id: int
    person: HolderOut
    username: str
    acting_for: str
    valid_from: date
    valid_to: date | None
    on_leave_to: date | None
    account_to: date | None


class KeptPostOut(BaseModel):
    """岗位与编制: who holds a post now, who will, and who did."""

    post: PostOut
    code: str
    region_codes: list[str]
    establishment: int | None
    valid_from: date
    valid_to: date | None
    current: list[HeldPostOut]
    coming: list[HeldPostOut]
    past: list[HeldPostOut]


class StaffComingOut(BaseModel):
    """A change that is entered and waits for its day."""

    deed_id: int
    kind: DeedKind
    valid_from: date
    lines: list[StaffLineOut]


class KeptBodyOut(BaseModel):
    """`establishment`: the sum of the posts that have one; `staff`: people in posts of their own."""

    organisation: OrganisationOut
    valid_from: date
    valid_to: date | None
    may_keep: bool
    establishment: int
    staff: int
    acting: int
    on_leave: int
    posts: list[KeptPostOut]
    coming: list[StaffComingOut]


class PersonPostOut(BaseModel):
    id: int
    post: PostOut
    acting_for: str
    valid_from: date
    valid_to: date | None


class StaffLeaveOut(BaseModel):
    id: int
    valid_from: date
    valid_to: date


class HeldWorkOut(BaseModel):
    """在手工作: open tasks of a collector, open parts of units that only this person handles, and the first cases."""

    tasks: int
    parts: int
    case_ids: list[str]


class KeptPersonOut(BaseModel):
    id: int
    name: str
    username: str
    phone: str
    language: Language
    active_from: date
    active_to: date | None
    has_password: bool
    must_change_password: bool
    may_keep: bool
    posts: list[PersonPostOut]
    leaves: list[StaffLeaveOut]
    work: HeldWorkOut


class PostPage(BaseModel):
    items: list[PostOut]
    next_cursor: str | None


def lines_out(lines: Iterable[Line]) -> list[StaffLineOut]:
    return [StaffLineOut(label=_text(one.label), before=_text(one.before), after=_text(one.after)) for one in lines]


def _text(words: Any) -> TextOut:
    return TextOut(zh=words[0], en=words[1])
