"""导入批次: the steps of an import, from the file that was taken up to the register that was changed, or not."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from gezhi.founding.rules.changes.plan import Act
from gezhi.imports.rules.kinds import KIND_NAMES, ImportKind
from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import Problem


class RunState(StrEnum):
    """TAKEN: the file is here, its columns are guessed. CHECKED: what is wrong is known, and what would change."""

    TAKEN = "taken"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"


STATE_NAMES: Final[dict[RunState, tuple[str, str]]] = {
    RunState.TAKEN: ("待检查", "to be checked"),
    RunState.CHECKING: ("检查中", "being checked"),
    RunState.CHECKED: ("已检查", "checked"),
    RunState.APPLYING: ("导入中", "being imported"),
    RunState.DONE: ("已导入", "imported"),
    RunState.FAILED: ("未完成", "not done"),
}


class RunDeed(StrEnum):
    """What somebody does with a run."""

    CHECK = "check"
    APPLY = "apply"


class RunStage(StrEnum):
    """What is done with a run that is being checked or imported."""

    WAITING = "waiting"
    READING = "reading"
    COMPARING = "comparing"
    ENTERING = "entering"


STAGE_NAMES: Final[dict[RunStage, tuple[str, str]]] = {
    RunStage.WAITING: ("排队等候", "waiting for its turn"),
    RunStage.READING: ("读取文件", "reading the file"),
    RunStage.COMPARING: ("整理结果", "writing down what was found"),
    RunStage.ENTERING: ("写入登记", "entering"),
}

ACT_NAMES: Final[dict[Act, tuple[str, str]]] = {
    Act.ADD: ("新增", "new"),
    Act.CHANGE: ("变更", "changed"),
    Act.END: ("终止", "ended"),
}

JUDGING: Final = (
    ImportKind.DUTIES,
    ImportKind.AREA_LEVELS,
    ImportKind.HOLIDAYS,
    ImportKind.STANDARD_ROWS,
    ImportKind.GRIDS,
)
"""By what these say, work is assigned, limits run out and people are assessed."""

ALLOWED: Final[dict[RunDeed, tuple[RunState, ...]]] = {
    RunDeed.CHECK: (RunState.TAKEN, RunState.CHECKED, RunState.FAILED),
    RunDeed.APPLY: (RunState.CHECKED,),
}
LEADS_TO: Final = {RunDeed.CHECK: RunState.CHECKING, RunDeed.APPLY: RunState.APPLYING}


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of the file, findings, and rows of the register that are new, changed, ended, as they are already."""

    rows: int = 0
    errors: int = 0
    warnings: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> int:
        return self.new + self.changed + self.ended


def counts_in(told: object) -> Counts:
    """The counts as a run keeps them."""
    return msgspec.convert(told, Counts)


class NotNow(Problem):
    code = "imports.run.not-now"
    status = 409
    title = "这次导入现在是“{state_zh}”，不能进行此操作，请刷新后查看。"
    title_en = "This import is {state_en} now; this cannot be done. Look at it again."


class HasErrors(Problem):
    code = "imports.run.has-errors"
    status = 409
    title = "文件中还有 {errors} 处错误，没有导入；请改正后重新上传。"
    title_en = "The file has {errors} errors; nothing was imported. Correct them and send it again."


class SecondPerson(Problem):
    code = "imports.run.second-person"
    status = 403
    title = "{kind_zh}是考核和派遣的依据，须由上传人以外的另一人（领导或其他系统管理员）核对差异后导入。"
    title_en = (
        "{kind_en}: others are judged by it, so somebody else than who sent the file looks at the difference and "
        "imports it, a leader or another administrator."
    )


class NotYours(Problem):
    code = "imports.run.not-yours"
    status = 403
    title = "{kind_zh}由系统管理员导入，您的岗位只核对责任清单、区域等级、节假日、立案结案规范和单元网格的导入。"
    title_en = (
        "{kind_en}: an administrator imports it; your post decides on duty tables, area levels, holidays, standard "
        "rows and unit grids."
    )


class NothingToChange(Problem):
    code = "imports.run.nothing-to-change"
    status = 409
    title = "文件内容与现有登记一致，没有需要导入的内容。"
    title_en = "The register holds all of this already; there is nothing to import."


class RegisterMoved(Problem):
    code = "imports.run.register-moved"
    status = 409
    title = "检查之后，登记内容又有变动，本次没有导入；请重新检查，核对差异后再导入。"
    title_en = (
        "The register has changed since the check; nothing was imported. Check it again and look at the difference."
    )


class GridsBeginTomorrow(Problem):
    code = "imports.run.grids-begin-tomorrow"
    status = 422
    title = "单元网格的启用日期最早为 {first}：已上报的案件按当日网格定位。"
    title_en = "Unit grids begin on {first} at the earliest: what was reported until today keeps the grids of its day."


class Interrupted(Problem):
    code = "imports.run.interrupted"
    status = 503
    title = "导入中途被中断（服务停止或重启），没有导入任何内容；请重新检查后再导入。"
    title_en = "The import was interrupted, as the service stopped; nothing was imported. Check it again, then import."


class Broken(Problem):
    code = "imports.run.broken"
    status = 500
    title = "处理时发生意外，没有导入任何内容；请重试，仍不成功的请联系系统维护人员。"
    title_en = (
        "Something went wrong; nothing was imported. Try again, and call whoever keeps the system if it stays so."
    )


def check_deed(deed: RunDeed, state: RunState) -> None:
    if state not in ALLOWED[deed]:
        zh, en = STATE_NAMES[state]
        raise NotNow(state_zh=zh, state_en=en)


def check_who(kind: ImportKind, made_by: int, actor: Actor) -> None:
    """第二人核对: what others are judged by is imported by somebody else than who brought it."""
    zh, en = KIND_NAMES[kind]
    if kind in JUDGING:
        if actor.user_id == made_by:
            raise SecondPerson(kind_zh=zh, kind_en=en)
    elif Permission.REGISTERS_IMPORT not in actor.permissions:
        raise NotYours(kind_zh=zh, kind_en=en)


def check_apply(state: RunState, counts: Counts) -> None:
    """Only what was checked, has no error and changes something is imported."""
    check_deed(RunDeed.APPLY, state)
    if counts.errors:
        raise HasErrors(errors=counts.errors)
    if not counts.changes:
        raise NothingToChange


def deeds_of(state: RunState, counts: Counts, actor: Actor) -> list[RunDeed]:
    """What can be done with a run now, by somebody who may; who has to be another is told when they try."""
    found = [deed for deed, states in ALLOWED.items() if state in states]
    able = {RunDeed.CHECK: Permission.REGISTERS_IMPORT in actor.permissions}
    able[RunDeed.APPLY] = bool(counts.changes) and not counts.errors
    return [deed for deed in found if able[deed]]
