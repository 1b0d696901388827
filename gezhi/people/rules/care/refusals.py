"""不予办理的情形: why an act on bodies, posts and people is refused, and what to do."""

from __future__ import annotations

from gezhi.kernel.problems import Problem


class AlreadyHeld(Problem):
    code = "people.appointments.already-held"
    status = 409
    title = "该用户在这一时期已经担任此岗位。"
    title_en = "This user holds the post already during that time."


class EndsBeforeStart(Problem):
    code = "people.appointments.ends-before-start"
    status = 422
    title = "最后一天不能早于第一天 {valid_from}。"
    title_en = "The last day cannot lie before the first, {valid_from}."


class EndedBeforeStart(Problem):
    code = "people.accounts.ended-before-start"
    status = 422
    title = "账号的最后一天不能早于启用日期 {active_from}。"
    title_en = "The last day of an account cannot lie before its first, {active_from}."


class EndedAlready(Problem):
    code = "people.care.ended-already"
    status = 409
    title = "最后一天已登记为 {last_day}。登记有误的，请先撤回或恢复，再重新办理。"
    title_en = "The last day is entered as {last_day} already. If that is wrong, take it back first."


class NotEnded(Problem):
    code = "people.care.not-ended"
    status = 409
    title = "{name}的账号没有停用，无需恢复。"
    title_en = "The account of {name} has not been ended."


class NotActive(Problem):
    code = "people.care.not-active"
    status = 409
    title = "{name}的账号在 {day} 不在启用期内。已停用的，请先恢复账号。"
    title_en = "The account of {name} is not active on {day}. If it was ended, restore it first."


class UsernameTaken(Problem):
    code = "people.care.username-taken"
    status = 409
    title = "登录名“{username}”已被使用，请换一个。"
    title_en = "The user name “{username}” is taken; please choose another."


class CodeTaken(Problem):
    code = "people.care.code-taken"
    status = 409
    title = "机构编码“{taken}”已被使用，请换一个。"
    title_en = "The code “{taken}” is taken; please choose another."


class PostClosed(Problem):
    code = "people.care.post-closed"
    status = 409
    title = "岗位“{title_zh}”或其机构在 {day} 尚未设立或已撤销。"
    title_en = "The post “{title_en}” or its body does not exist on {day}."


class BodyClosed(Problem):
    code = "people.care.body-closed"
    status = 409
    title = "机构“{name}”在 {day} 尚未设立或已撤销。"
    title_en = "The body “{name}” does not exist on {day}."


class OnLeaveAlready(Problem):
    code = "people.care.on-leave-already"
    status = 409
    title = "{name}已登记 {first} 至 {last} 请假，日期不能重叠。"
    title_en = "{name} is on leave from {first} to {last} already."


class NothingChanges(Problem):
    code = "people.care.nothing-changes"
    status = 422
    title = "没有任何变化，无需办理。"
    title_en = "Nothing would change."


class PostHeld(Problem):
    code = "people.care.post-held"
    status = 409
    title = "“{title_zh}”在 {day} 以后仍有人任职（{names}），请先办理调岗或免职。"
    title_en = (
        "The post “{title_en}” is still held after {day} ({names}); transfer them or end their appointments first."
    )


class BodyHasBelow(Problem):
    code = "people.care.body-has-below"
    status = 409
    title = "“{name}”在 {day} 以后仍有下属机构（{names}），请先调整隶属关系或者撤销。"
    title_en = "“{name}” still has bodies below it after {day} ({names}); move or end them first."


class BodyHasWork(Problem):
    code = "people.care.body-has-work"
    status = 409
    title = "“{name}”还有 {count} 件案件没有办结，请派遣员先收回重派，再撤销。"
    title_en = "“{name}” still has {count} open cases; let the dispatcher recall them first."


class BodyHasDuties(Problem):
    code = "people.care.body-has-duties"
    status = 409
    title = "责任清单在 {day} 以后仍有 {count} 行由“{name}”负责，请先修订责任清单，再撤销。"
    title_en = "{count} rows of the duty table still name “{name}” after {day}; change them first."


class CannotUndo(Problem):
    code = "people.care.cannot-undo"
    status = 409
    title = "这项变更不能撤回：{why_zh}请按现在的情况另行办理。"
    title_en = "This cannot be taken back: {why_en} Please enter what should hold from now on."


class UndoneAlready(Problem):
    code = "people.care.undone-already"
    status = 409
    title = "这项变更已经撤回。"
    title_en = "This has been taken back already."
