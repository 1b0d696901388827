"""文件类别 and the words of what a clause may govern."""

from __future__ import annotations

from enum import StrEnum

from gezhi.kernel.permissions import Role


class DocumentKind(StrEnum):
    """The four that every city must have, and any other."""

    OPERATION_PLAN = "operation-plan"
    ASSESSMENT_RULES = "assessment-rules"
    RESPONSIBILITY_STANDARD = "responsibility-standard"
    COMMAND_HANDBOOK = "command-handbook"
    OTHER = "other"


KIND_NAMES: dict[DocumentKind, tuple[str, str]] = {
    DocumentKind.OPERATION_PLAN: ("运行方案", "Operation plan"),
    DocumentKind.ASSESSMENT_RULES: ("考核办法", "Assessment rules"),
    DocumentKind.RESPONSIBILITY_STANDARD: ("确权标准", "Responsibility standard"),
    DocumentKind.COMMAND_HANDBOOK: ("指挥手册", "Command handbook"),
    DocumentKind.OTHER: ("其他制度", "Other rules"),
}


class VersionState(StrEnum):
    """Where a version stands on its way; whether it is in force is a matter of the day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    DISCARDED = "discarded"


class Standing(StrEnum):
    """效力状态: what a reader is told of a version on a day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UPCOMING = "upcoming"
    IN_FORCE = "in_force"
    ENDED = "ended"
    DISCARDED = "discarded"


STANDING_NAMES: dict[Standing, tuple[str, str]] = {
    Standing.DRAFT: ("草稿", "Draft"),
    Standing.SUBMITTED: ("待审批", "Awaiting approval"),
    Standing.UPCOMING: ("待施行", "Not yet in force"),
    Standing.IN_FORCE: ("现行有效", "In force"),
    Standing.ENDED: ("已失效", "No longer in force"),
    Standing.DISCARDED: ("已放弃", "Discarded"),
}


class StepKind(StrEnum):
    """What was done to a version; every step is kept."""

    DRAFTED = "drafted"
    EDITED = "edited"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    APPROVED = "approved"
    ENDED = "ended"
    DISCARDED = "discarded"


STEP_NAMES: dict[StepKind, tuple[str, str]] = {
    StepKind.DRAFTED: ("起草", "Drafted"),
    StepKind.EDITED: ("修改", "Edited"),
    StepKind.SUBMITTED: ("提交审批", "Submitted"),
    StepKind.WITHDRAWN: ("撤回修改", "Withdrawn"),
    StepKind.RETURNED: ("退回修改", "Returned"),
    StepKind.APPROVED: ("批准发布", "Approved"),
    StepKind.ENDED: ("废止", "Repealed"),
    StepKind.DISCARDED: ("放弃草稿", "Discarded"),
}
WRITING = frozenset({StepKind.DRAFTED, StepKind.EDITED, StepKind.SUBMITTED})

READERS = tuple(role for role in Role if role not in {Role.CHANNEL, Role.SYSTEM})
"""The roles that a version may ask to read it: machines read nothing."""

CLASS, APPROVAL = "class", "approval"
