"""岗位名称: what the kinds of post are called, in Chinese and English; one list for every page and refusal."""

from __future__ import annotations

from gezhi.kernel.permissions import Role

ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.COLLECTOR: ("信息采集员", "collector"),
    Role.ACCEPTOR: ("受理员", "acceptor"),
    Role.DUTY_OFFICER: ("值班长", "duty officer"),
    Role.DISPATCHER: ("派遣员", "dispatcher"),
    Role.HANDLER: ("处置人员", "handler"),
    Role.SUPERVISOR: ("督察员", "supervisor"),
    Role.LEADER: ("领导", "leader"),
    Role.ADMINISTRATOR: ("系统管理员", "administrator"),
    Role.CHANNEL: ("接入渠道", "channel"),
    Role.SYSTEM: ("系统", "system"),
}


def say_roles(*roles: Role) -> dict[str, str]:
    """Several kinds of post as a refusal names them: its details `roles` and `roles_en`."""
    return {
        "roles": "、".join(ROLE_NAMES[role][0] for role in roles),
        "roles_en": ", ".join(ROLE_NAMES[role][1] for role in roles),
    }
