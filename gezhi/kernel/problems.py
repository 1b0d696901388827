"""Expected problems: what is wrong and what to do, under a code that never changes."""

from __future__ import annotations

from typing import Any, ClassVar


class Problem(Exception):
    """An expected refusal. A subclass stands beside the rule that raises it.

    `code` is dotted and stable (`cases.stages.not-allowed`), `title` Chinese, `title_en` English, both with `{name}`
    places that `details` fills; `status` is the HTTP status; `field` names the input at fault where there is one.
    `retry_after_s`: after how many seconds the same request may be tried again, where waiting helps.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 400
    title: ClassVar[str]
    title_en: ClassVar[str]
    retry_after_s: int | None = None

    def __init__(self, *, field: str | None = None, **details: Any) -> None:
        self.field = field
        self.details = details
        super().__init__(self.code)

    def text(self, language: str = "zh") -> str:
        """The title in one language with its details filled in."""
        template = self.title_en if language == "en" else self.title
        return template.format_map(self.details)

    def __str__(self) -> str:
        return f"{self.code}: {self.text()}"


class NotFound(Problem):
    code = "kernel.not-found"
    status = 404
    title = "没有找到这个对象，或者它不在您的管辖范围内。"
    title_en = "There is no such thing, or it lies outside your scope."
