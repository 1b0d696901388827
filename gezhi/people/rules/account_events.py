"""账号记录: what is put on record of one's own account."""

from __future__ import annotations

from enum import StrEnum


class AccountEventKind(StrEnum):
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    SESSION_ENDED = "session-ended"
    OTHERS_ENDED = "others-ended"
    TOKEN_REVOKED = "token-revoked"  # noqa: S105


EVENT_NAMES: dict[AccountEventKind, tuple[str, str]] = {
    AccountEventKind.PASSWORD_CHANGED: ("修改密码，其他登录已全部退出", "Password changed; all other sessions ended"),
    AccountEventKind.SESSION_ENDED: ("退出一处登录", "A session ended"),
    AccountEventKind.OTHERS_ENDED: ("退出其他全部登录", "All other sessions ended"),
    AccountEventKind.TOKEN_REVOKED: ("吊销接口令牌", "A token revoked"),
}
