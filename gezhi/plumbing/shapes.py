"""What every door shows alike: words and sentences in both languages, moments, pictures, pages by cursor.

A word of a closed list goes out as its code alone, an enum of the API; the faces have its names from `codes.json`,
which is written from the same tables. A word that a city, a standard or a register keeps as data goes out as `WordOut`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gezhi.kernel.problems import Problem
from gezhi.plumbing.doors import Second, decode_cursor, encode_cursor

T = TypeVar("T")
Names = Mapping[Any, tuple[str, str]]
"""Code -> Chinese, English."""


DayIn = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
MomentIn = Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))]
"""What somebody sends: with its offset, and in years in which this platform has something to say."""


class Exact(BaseModel):
    """What comes in. A field that nobody knows is refused, so that a misspelt one is not lost without a word.

    Plain pydantic: what ninja adds reads rows of the database, and costs a report a tenth of its time.
    """

    model_config = ConfigDict(extra="forbid")


class TextOut(BaseModel):
    """A sentence, or a name that was put together, in both languages."""

    zh: str
    en: str


class WordOut(TextOut):
    """A word that is data: its key and its names."""

    key: str


class PictureOut(BaseModel):
    """A stored picture and where a face fetches it."""

    sha256: str
    url: str
    thumb_url: str


def problem_text(problem: Problem) -> TextOut:
    """Why something is refused, where the answer carries it beside what was done."""
    return TextOut(zh=problem.text("zh"), en=problem.text("en"))


def picture_url(sha256: str) -> str:
    return f"/api/v1/media/{sha256}"


def thumb_url(sha256: str) -> str:
    return f"{picture_url(sha256)}/thumb"


def picture_out(sha256: str) -> PictureOut:
    return PictureOut(sha256=sha256, url=picture_url(sha256), thumb_url=thumb_url(sha256))


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def maybe(at: int | None) -> datetime | None:
    return None if at is None else moment(at)


def page_of(rows: Sequence[T], limit: int, cursor: Callable[[T], str]) -> tuple[list[T], str | None]:
    """The page, and where the next one begins if there is one; `rows` must have been asked for `limit + 1` rows."""
    page = list(rows[:limit])
    return page, cursor(page[-1]) if len(rows) > limit else None


def cursor_of(at: int, last: UUID) -> str:
    """The cursor of a list by moment and id."""
    return encode_cursor(at, str(last))


def after_of(cursor: str) -> tuple[datetime, UUID] | None:
    """Moment and id behind a cursor; None where the list begins."""
    if not cursor:
        return None
    at, last = decode_cursor(cursor, Second, UUID)
    return moment(at), last
