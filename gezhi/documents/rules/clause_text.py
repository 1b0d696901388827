"""条款解析: pasted plain text or Markdown becomes headings, numbered clauses and paragraphs.

Official texts number in two ways. Where 第…条 is used, each article is a clause and （一）, 1. are lines of it; elsewhere
一、 is a heading (or a clause when it is a sentence), （一） a clause under it and 1. a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

import msgspec

from gezhi.documents.rules.numerals import NUMERALS, read_numeral
from gezhi.kernel.problems import Problem

SECTION = 2
MOST_CHARACTERS, MOST_CLAUSES, LONGEST_HEADING = 200_000, 500, 120

_DIGITS = NUMERALS
_CHAPTER = re.compile(rf"第\s*([{_DIGITS}\s]+)(章|节)[\s、:：.．]*(.*)")
_ARTICLE = re.compile(rf"第\s*([{_DIGITS}\s]+)条(?:之([{_DIGITS}]+))?([\s、:：.．]*)(.*)", re.DOTALL)
_BRACKETED = re.compile(r"^[【\[〔](第[^】\]〕]{1,12}[条章节][^】\]〕]{0,40})[】\]〕]\s*")
_ORDINAL = re.compile(r"^(第\s*)([\u2160-\u216b\u2460-\u249b\u3220-\u3229\u3280-\u3289])(?=\s*条)")
"""第①条, 第㈠条, 第Ⅰ条: one character is the whole numeral."""
_REFERRED = re.compile(
    rf"[，。；,;）)]|[的款]|所(?![有属在])|之?规定(?!时)|中(?!心)|项(?!目)|和(?!谐)|或|以?及(?!时)|与|至(?!少)|到(?!期)"
    rf"|第\s*[{_DIGITS}\s]+[条款项]"
)
"""How a sentence goes on that speaks of an article: a wrapped line of it begins none."""
_FIRST = re.compile(r"([〇零一二三四五六七八九十百]+)[、.．]\s*(.*)")
_SECOND = re.compile(r"[（(]\s*([〇零一二三四五六七八九十百]+)\s*[）)]\s*(.*)")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})[\s、.．]\s*(.*)")
_MARKDOWN = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_SENTENCE_END = "。；;：:，,！!？?"


class Shape(StrEnum):
    HEADING = "heading"
    CLAUSE = "clause"
    TEXT = "text"


class Clause(msgspec.Struct, frozen=True):
    """条款. `anchor` names it inside its version; `heading` is the chapter that it stands in."""

    shape: Shape
    depth: int
    anchor: str
    label: str
    text: str
    heading: str = ""


class Gap(msgspec.Struct, frozen=True):
    """编号不连续: after this clause another number was expected."""

    after: str
    found: str


class TextEmpty(Problem):
    code = "documents.text.empty"
    status = 422
    title = "正文为空，请粘贴文件正文。"
    title_en = "The text is empty; please paste the text of the document."


class TextTooLong(Problem):
    code = "documents.text.too-long"
    status = 422
    title = "正文过长：最多 {characters} 字、{clauses} 个条款，请分成几个文件。"
    title_en = (
        "The text is too long: at most {characters} characters and {clauses} clauses; please part it into several."
    )


class NumberTwice(Problem):
    code = "documents.text.number-twice"
    status = 422
    title = "编号“{label}”出现了两次，请改正条款编号。"
    title_en = "The number “{label}” occurs twice; please correct the numbers of the clauses."


class _Piece(msgspec.Struct):
    """A clause while its lines are being gathered."""

    shape: Shape
    depth: int
    number: str
    label: str
    lines: list[str]


class _Above(msgspec.Struct):
    """What the next piece stands under: the chapter's anchor, the last heading, the last number 一、."""

    chapter: str = ""
    heading: str = ""
    first: str = ""


def parse_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in their order (解析条款)."""
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(field="text", characters=MOST_CHARACTERS, clauses=MOST_CLAUSES)
    lines = [line for raw in text.splitlines() if (line := _clean(raw))]
    pieces = list(
        _gather(lines, by_article=any((match := _ARTICLE.match(line)) and not _speaks_of(match) for line in lines))
    )
    if not pieces:
        raise TextEmpty(field="text")
    if len(pieces) > MOST_CLAUSES:
        raise TextTooLong(field="text", characters=MOST_CHARACTERS, clauses=MOST_CLAUSES)
    return tuple(_anchored(pieces))


def find_gaps(clauses: tuple[Clause, ...]) -> list[Gap]:
    """Where articles do not follow each other number by number: a hint for the writer, no refusal."""
    articles = [clause for clause in clauses if clause.label.startswith("第") and clause.shape is Shape.CLAUSE]
    return [
        Gap(before.label, after.label)
        for before, after in pairwise(articles)
        if int(after.anchor.split("-")[0]) - int(before.anchor.split("-")[0]) not in {0, 1}
    ]


def _clean(raw: str) -> str:
    """A line without indentation, invisible marks, emphasis and brackets around its number."""
    line = _INVISIBLE.sub("", raw).replace("\u3000", " ").strip()
    line = _BRACKETED.sub(r"\1 ", _EMPHASIS.sub(r"\2", line))
    return _ORDINAL.sub(lambda found: f"{found[1]}{int(unicodedata.numeric(found[2]))}", line)


def _gather(lines: list[str], *, by_article: bool) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for line in lines:
        begun = _begin_article(line) if by_article else _begin_list(line)
        if begun is None and piece is not None and piece.shape is Shape.CLAUSE:
            piece.lines.append(_listed(line))
            continue
        if piece is not None:
            yield piece
        piece = begun or _Piece(Shape.TEXT, 3, "", "", [_listed(line)])
    if piece is not None:
        yield piece


def _listed(line: str) -> str:
    return line[2:].lstrip() if line.startswith(("- ", "* ", "+ ", "> ")) else line


def _begin_article(line: str) -> _Piece | None:
    """A heading or an article, where the text is parted into articles."""
    marked = _MARKDOWN.match(line)
    plain = marked[2] if marked else line
    if (match := _ARTICLE.match(plain)) and not _speaks_of(match):
        number = str(read_numeral(match[1])) + (f"-{read_numeral(match[2])}" if match[2] else "")
        label = f"第{_tight(match[1])}条" + (f"之{match[2]}" if match[2] else "")
        words = match[4].strip()
        return _Piece(Shape.CLAUSE, 3, number, label, [words] if words else [])
    if (match := _CHAPTER.match(plain)) and len(plain) <= LONGEST_HEADING and plain[-1] not in _SENTENCE_END:
        depth, label = SECTION if match[2] == "节" else 1, f"第{_tight(match[1])}{match[2]}"
        return _Piece(Shape.HEADING, depth, str(read_numeral(match[1])), label, [match[3].strip()])
    return _heading_of(marked) if marked else None


def _speaks_of(match: re.Match[str]) -> bool:
    """Whether the line goes on as a sentence that refers to an article: 第五条的规定, 第五条、第六条."""
    mark = match[3].strip()
    return (not match[3] or mark == "、") and _REFERRED.match(match[4]) is not None


def _tight(numeral: str) -> str:
    return "".join(unicodedata.normalize("NFKC", numeral).split())


def _begin_list(line: str) -> _Piece | None:
    """A heading or a clause, where the text is numbered 一、（一） or 1.1."""
    marked = _MARKDOWN.match(line)
    plain = marked[2] if marked else line
    if match := _FIRST.match(plain):
        if plain[-1] in _SENTENCE_END or len(plain) > LONGEST_HEADING // 3:
            return _Piece(Shape.CLAUSE, 1, str(read_numeral(match[1])), f"{match[1]}、", [match[2]])
        return _Piece(Shape.HEADING, 1, str(read_numeral(match[1])), f"{match[1]}、", [match[2]])
    if match := _SECOND.match(plain):
        return _Piece(Shape.CLAUSE, 2, str(read_numeral(match[1])), f"（{match[1]}）", [match[2]])
    if match := _DOTTED.match(plain):
        return _Piece(Shape.CLAUSE, 0, match[1], match[1], [match[2]])
    if match := _CHAPTER.match(plain):
        return _begin_article(line)
    return _heading_of(marked) if marked else None


def _heading_of(marked: re.Match[str]) -> _Piece:
    return _Piece(Shape.HEADING, min(len(marked[1]), 3), "", "", [marked[2][:LONGEST_HEADING]])


def _anchored(pieces: list[_Piece]) -> Iterator[Clause]:
    """Give each its anchor; a number that stands twice under one heading is refused."""
    seen: set[str] = set()
    above = _Above()
    for at, piece in enumerate(pieces, 1):
        text = "\n".join(piece.lines).strip()
        anchor = _anchor_of(piece, above, at)
        if anchor in seen:
            raise NumberTwice(field="text", label=piece.label)
        seen.add(anchor)
        if piece.shape is Shape.HEADING:
            above.chapter = above.chapter if piece.depth == SECTION and piece.number else anchor
            above.heading = " ".join(filter(None, (piece.label, text)))[:LONGEST_HEADING]
        if piece.depth == 1:
            above.first = piece.number
        own = "" if piece.shape is Shape.HEADING else above.heading
        yield Clause(piece.shape, piece.depth, anchor, piece.label, text, own)


def _anchor_of(piece: _Piece, above: _Above, at: int) -> str:
    match piece.shape:
        case Shape.TEXT:
            return f"p{at}"
        case Shape.HEADING if not piece.number:
            return f"h-{at}"
        case Shape.HEADING:
            return f"{above.chapter}.s{piece.number}" if piece.depth == SECTION else f"h{piece.number}"
    return f"{above.first}.{piece.number}" if piece.depth == SECTION and above.first else piece.number
