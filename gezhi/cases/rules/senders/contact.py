"""联系方式: what a sender left to be reached by, read when it is entered."""

from __future__ import annotations

from gezhi.kernel.phones import read_phone
from gezhi.kernel.problems import Problem


class NobodyToAnswer(Problem):
    code = "cases.senders.nobody-to-answer"
    status = 422
    title = "要求答复须留下电话：手机可发短信，座机由人工回电。请填写电话，或取消“要求答复”。"
    title_en = (
        "Whoever wants an answer leaves a number: a mobile is texted, any other called. "
        "Enter it, or take the wish away."
    )


def check_phone(phone: str, *, wants_answer: bool) -> str:
    """The number as it is kept; empty for none. An answer is promised only to whoever can be reached."""
    read = read_phone(phone)
    if read is None and wants_answer:
        raise NobodyToAnswer(field="phone")
    return read.number if read is not None else ""
