"""The one shape of an error: problem+json (RFC 9457) with a stable code, in the user's language."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from gezhi.kernel.problems import Problem

LANGUAGE_COOKIE = "gezhi_language"


class InvalidInput(Problem):
    code = "plumbing.input.invalid"
    status = 422
    title = "填写的内容有误，请按提示修改后重新提交。"
    title_en = "Something in the input is wrong; please mend what is marked and send it again."


class UnknownAddress(Problem):
    code = "plumbing.address.unknown"
    status = 404
    title = "没有这个地址，请检查链接是否完整。"
    title_en = "There is no such address; please check the link."


class MethodNotAllowed(Problem):
    code = "plumbing.address.method-not-allowed"
    status = 405
    title = "此地址不支持这种操作。"
    title_en = "This address does not support that method."


class BodyTooLarge(Problem):
    code = "plumbing.body.too-large"
    status = 413
    title = "提交的内容过大：最多 {limit_mb} MB，请压缩后重新提交。"
    title_en = "What was sent is too large: at most {limit_mb} MB; please make it smaller and send it again."


class BodyTooSlow(Problem):
    code = "plumbing.body.too-slow"
    status = 408
    title = "提交的内容传输过慢或中断，没有收全，您的操作没有生效。请检查网络后重试。"
    title_en = "What was sent came too slowly or broke off; nothing was changed. Check the connection and try again."


class DiskFull(Problem):
    code = "plumbing.disk.full"
    status = 507
    title = "服务器磁盘已满，您的操作没有生效。请联系系统管理员清理磁盘或扩容，然后重试。"
    title_en = (
        "The server's disk is full; nothing was changed. Ask the administrator to free or add space, then try again."
    )


class BadRequest(Problem):
    code = "plumbing.request.bad"
    status = 400
    title = "请求无法识别，请刷新页面后重试。"
    title_en = "The request cannot be understood; please reload the page and try again."


class UnknownHost(Problem):
    code = "plumbing.request.unknown-host"
    status = 400
    title = "本平台未登记访问地址 {host}，请联系系统管理员在 GEZHI_HOSTS 中添加。"
    title_en = "The host name {host} is not registered here; ask the administrator to add it to GEZHI_HOSTS."


class TooManyRequests(Problem):
    code = "plumbing.request.too-many"
    status = 429
    title = "操作过于频繁，请稍后再试。"
    title_en = "Too many requests; please wait a moment."


class Unexpected(Problem):
    code = "plumbing.server.unexpected"
    status = 500
    title = "系统出现意外错误，您的操作没有生效。请稍后重试，并把请求编号 {request_id} 告知系统管理员。"
    title_en = (
        "An unexpected error; nothing was changed. Try again later, and tell the administrator the number {request_id}."
    )


def language_of(request: HttpRequest) -> str:
    """`zh` or `en`: the user's choice if made, else what the browser prefers, else Chinese."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    if chosen in {"zh", "en"}:
        return chosen
    for tag in request.headers.get("Accept-Language", "").lower().split(","):
        if tag.strip()[:2] in {"zh", "en"}:
            return tag.strip()[:2]
    return "zh"


def problem_body(request: HttpRequest, problem: Problem) -> dict[str, Any]:
    zh, en = problem.text("zh"), problem.text("en")
    title = en if language_of(request) == "en" else zh
    return {
        "type": f"urn:gezhi:problem:{problem.code}",
        "code": problem.code,
        "title": title,
        "title_zh": zh,
        "title_en": en,
        "status": problem.status,
        "detail": title,
        "field": problem.field,
        "request_id": getattr(request, "request_id", ""),
        "details": problem.details,
    }


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    body = msgspec.json.encode(problem_body(request, problem), enc_hook=str)
    response = HttpResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.retry_after_s is not None:
        response["Retry-After"] = str(problem.retry_after_s)
    return response
