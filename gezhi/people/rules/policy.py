"""Access policy (权限策略): may this post do this, and why. One table, one question, one answer.

Requirement R25; GB/T 22239-2019 8.1.4.2: access by duty, least privilege. Supervision, command and the keeping of
the system are powers of different posts.
"""

from __future__ import annotations

import msgspec

from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.role_names import ROLE_NAMES

_EVERYBODY = frozenset({
    Permission.PUBLIC, Permission.SIGNED_IN, Permission.MAP_READ, Permission.CATALOG_READ, Permission.DOCUMENTS_READ,
})  # fmt: skip
_CASES = frozenset({Permission.CASES_READ, Permission.CASES_ACT, Permission.MEDIA_WRITE})
_REGISTERS = frozenset({Permission.DUTIES_READ, Permission.PEOPLE_READ, Permission.LEDGERS_READ})
_KEEPING = frozenset({
    Permission.LOG_EXPORT, Permission.SETTINGS_WRITE, Permission.DOCUMENTS_WRITE, Permission.MESSAGES_READ,
    Permission.REPORTERS_AUDIT, Permission.PROOF_READ, Permission.RULES_APPROVE, Permission.REGISTERS_IMPORT,
})  # fmt: skip
_DESK = _EVERYBODY | _CASES | _REGISTERS | {Permission.SUPERVISION_READ}
_ROSTER = frozenset({Permission.ROSTER_READ, Permission.ROSTER_WRITE})
_ORDERING = frozenset({Permission.SUPERVISION_WRITE, Permission.CASES_REPORT, Permission.PROOF_READ})

# Role → permissions. Which command a role may give at which status is the table of `cases/rules/stages.py`.
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COLLECTOR: _EVERYBODY | _CASES | {Permission.CASES_REPORT, Permission.ROSTER_READ},
    Role.ACCEPTOR: _EVERYBODY
    | _CASES
    | _REGISTERS
    | {Permission.CASES_REPORT, Permission.REPORTERS_READ, Permission.ROSTER_READ},
    Role.DUTY_OFFICER: _DESK
    | _ROSTER
    | {Permission.REPORTERS_READ, Permission.DUTIES_PROPOSE, Permission.MESSAGES_READ},
    Role.DISPATCHER: _DESK | {Permission.DUTIES_PROPOSE},
    Role.HANDLER: _DESK | {Permission.SUPERVISION_REPLY},
    Role.SUPERVISOR: _DESK
    | _ORDERING
    | {
        Permission.PATTERNS_READ,
        Permission.DUTIES_PROPOSE,
        Permission.DOCUMENTS_WRITE,
        Permission.ROSTER_READ,
    },
    Role.LEADER: _DESK
    | _ORDERING
    | {
        Permission.DUTIES_APPROVE,
        Permission.DOCUMENTS_APPROVE,
        Permission.RULES_APPROVE,
        Permission.SUPERVISION_REPLY,
        Permission.ROSTER_READ,
    },
    Role.ADMINISTRATOR: _EVERYBODY
    | _REGISTERS
    | _KEEPING
    | _ROSTER
    | {Permission.CASES_READ, Permission.SUPERVISION_READ},
    Role.CHANNEL: _EVERYBODY | {Permission.CASES_READ, Permission.CASES_REPORT, Permission.MEDIA_WRITE},
    Role.SYSTEM: frozenset(Permission),
}

# These show or change rows of a scope; with an empty scope they would answer with an empty page that does not say why.
_SCOPED = frozenset({
    Permission.CASES_READ, Permission.CASES_ACT, Permission.REPORTERS_READ, Permission.REPORTERS_AUDIT,
    Permission.LOG_EXPORT, Permission.PATTERNS_READ,
})  # fmt: skip

PERMISSION_NAMES: dict[Permission, tuple[str, str]] = {
    Permission.PUBLIC: ("公开访问", "public access"),
    Permission.SIGNED_IN: ("登录后访问", "access after sign-in"),
    Permission.CASES_READ: ("查看案件", "see cases"),
    Permission.CASES_REPORT: ("上报问题", "report problems"),
    Permission.CASES_ACT: ("办理案件", "act on cases"),
    Permission.REPORTERS_READ: ("查看举报人信息", "see who reported"),
    Permission.REPORTERS_AUDIT: ("审计举报人信息查看", "audit who looked at reporters"),
    Permission.MEDIA_WRITE: ("上传图片", "upload pictures"),
    Permission.MAP_READ: ("查看地图", "see the map"),
    Permission.CATALOG_READ: ("查看立案结案规范", "see the catalogue"),
    Permission.DUTIES_READ: ("查看责任清单", "see the duty table"),
    Permission.DUTIES_PROPOSE: ("提出责任清单修订", "propose duty rows"),
    Permission.DUTIES_APPROVE: ("审批责任清单修订", "approve duty rows"),
    Permission.LEDGERS_READ: ("查看审批台账", "see the ledgers"),
    Permission.SUPERVISION_READ: ("查看督办与重大案件", "see supervision and major cases"),
    Permission.SUPERVISION_WRITE: ("督办与督导问责", "supervise and hold to account"),
    Permission.SUPERVISION_REPLY: ("答复督办", "reply to supervision orders"),
    Permission.PATTERNS_READ: ("查看异常规律提示", "see odd patterns"),
    Permission.DOCUMENTS_READ: ("查看制度文件", "read rule documents"),
    Permission.DOCUMENTS_WRITE: ("编制制度文件", "write rule documents"),
    Permission.DOCUMENTS_APPROVE: ("审批制度文件", "approve rule documents"),
    Permission.MESSAGES_READ: ("查看短信发送情况", "see the outgoing messages"),
    Permission.PEOPLE_READ: ("查看机构与人员", "see organisations and people"),
    Permission.ROSTER_READ: ("查看采集员值班表", "see the roster of collectors"),
    Permission.ROSTER_WRITE: ("登记采集员值班表", "keep the roster of collectors"),
    Permission.LOG_EXPORT: ("导出案件日志", "export the case log"),
    Permission.PROOF_READ: ("查看存证情况", "see how the proof stands"),
    Permission.SETTINGS_WRITE: ("维护系统设置", "change settings"),
    Permission.REGISTERS_IMPORT: ("导入和导出登记数据", "import and export registers"),
    Permission.RULES_APPROVE: ("审批规定修订", "approve changes of rules"),
}


class NotSignedIn(Problem):
    code = "people.policy.not-signed-in"
    status = 401
    title = "请先登录。"
    title_en = "Please sign in first."


class NoPost(Problem):
    code = "people.policy.no-post"
    status = 403
    title = "您的账号目前没有岗位，也就没有所属机构。请联系系统管理员任命岗位。"
    title_en = "Your account has no organisation, because it holds no post. Ask the administrator to appoint you."


class PostEnded(Problem):
    code = "people.policy.post-ended"
    status = 403
    title = "您当前使用的岗位已经结束任职，请重新选择岗位。"
    title_en = "You no longer hold the post that you were working in; please choose another."


class ChangePasswordFirst(Problem):
    code = "people.policy.change-password-first"
    status = 403
    title = "您使用的是一次性密码，请先在“我的账号”中设置自己的密码。"
    title_en = "Your password is good for one sign-in; choose your own under “My account” first."


class NotGranted(Problem):
    code = "people.policy.not-granted"
    status = 403
    title = "您当前的岗位是{role_zh}，没有“{permission_zh}”的权限；具有该权限的岗位：{holders_zh}。"
    title_en = "Your post is that of {role_en}, which may not {permission_en}; posts that may: {holders_en}."


class ScopeEmpty(Problem):
    code = "people.policy.scope-empty"
    status = 403
    title = "您的岗位没有管辖区域，所属机构也没有登记区域，因此看不到任何案件。请联系系统管理员补充。"
    title_en = "Neither your post nor your organisation has a region, so you see no cases; ask the administrator."


class Answer(msgspec.Struct, frozen=True):
    """Yes, or the problem that says why not."""

    problem: Problem | None = None
    why_zh: str = ""
    why_en: str = ""

    @property
    def allowed(self) -> bool:
        return self.problem is None

    @property
    def code(self) -> str:
        return "people.policy.granted" if self.problem is None else self.problem.code


def decide_access(actor: Actor | None, permission: Permission) -> Answer:
    """May this actor do this? (权限判定) Fails closed; the answer always says why."""
    if permission is Permission.PUBLIC:
        return Answer(None, "对所有人公开。", "Open to everybody.")
    if actor is None:
        return _refuse(NotSignedIn())
    if permission not in GRANTS[actor.role]:
        return _refuse(_not_granted(actor.role, permission))
    if permission in _SCOPED and not actor.scope.regions and not actor.scope.organisations:
        return _refuse(ScopeEmpty())
    role_zh, role_en = ROLE_NAMES[actor.role]
    permission_zh, permission_en = PERMISSION_NAMES[permission]
    return Answer(None, f"{role_zh}具有“{permission_zh}”的权限。", f"A {role_en} may {permission_en}.")


def _refuse(problem: Problem) -> Answer:
    return Answer(problem, problem.text("zh"), problem.text("en"))


def _not_granted(role: Role, permission: Permission) -> NotGranted:
    holders = [ROLE_NAMES[one] for one, granted in GRANTS.items() if permission in granted and one is not Role.SYSTEM]
    return NotGranted(
        role_zh=ROLE_NAMES[role][0],
        role_en=ROLE_NAMES[role][1],
        permission=permission.value,
        permission_zh=PERMISSION_NAMES[permission][0],
        permission_en=PERMISSION_NAMES[permission][1],
        holders_zh="、".join(zh for zh, _ in holders),
        holders_en=", ".join(en for _, en in holders),
    )
