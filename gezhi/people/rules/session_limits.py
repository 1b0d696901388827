"""When a session ends (会话超时). GB/T 22239-2019 8.1.4.1."""

from __future__ import annotations

from gezhi.kernel.problems import Problem

SESSION_LIMIT_S = 12 * 3600
TOKEN_USE_WRITTEN_EVERY_S = 3600
LANGUAGES = ("zh", "en")


class SessionExpired(Problem):
    code = "people.session.expired"
    status = 401
    title = "登录已过期，请重新登录；已填写的内容会保留。"
    title_en = "Your session has expired; please sign in again. What you typed is kept."


class SignInFailed(Problem):
    code = "people.session.sign-in-failed"
    status = 401
    title = "用户名或密码不正确，请重新输入。"
    title_en = "The user name or the password is wrong; please try again."


class AccountEnded(Problem):
    code = "people.session.account-ended"
    status = 403
    title = "此账号不在有效期内，请联系系统管理员。"
    title_en = "This account is not active; please ask the administrator."


class TokenRefused(Problem):
    code = "people.session.token-refused"
    status = 401
    title = "接口令牌无效、已过期或已吊销，请申请新的令牌。"
    title_en = "The token is unknown, has expired or was revoked; please ask for a new one."


class UnknownLanguage(Problem):
    code = "people.session.unknown-language"
    status = 422
    title = "不支持语言“{language}”，请选择 zh 或 en。"
    title_en = "The language “{language}” is not offered; choose zh or en."


class TokenHasOnePost(Problem):
    code = "people.session.token-has-one-post"
    status = 409
    title = "接口令牌只对应一个岗位，不能切换；请为其他岗位另申请令牌。"
    title_en = "A token acts in one post only; please ask for another token for another post."


class ForeignOrigin(Problem):
    code = "people.session.foreign-origin"
    status = 403
    title = "登录请求来自其他网站，已拒绝。请从本平台页面登录。"
    title_en = "This sign-in comes from another site and was refused; please sign in from this platform's own page."


def is_session_over(signed_in_at: int, now: int) -> bool:
    """Whether a session has lasted longer than a long shift (会话时限).

    Surprising: reading does not lengthen it; a work list that asks every few seconds would keep a deserted desk open.
    """
    return now - signed_in_at >= SESSION_LIMIT_S


def choose_language(language: str) -> str:
    """The language as it is stored: Chinese or English."""
    if language not in LANGUAGES:
        raise UnknownLanguage(field="language", language=language)
    return language
