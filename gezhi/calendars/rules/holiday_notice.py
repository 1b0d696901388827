"""节假日安排通知: the days that the text of the State Council's yearly notice takes off or has worked.

The notices have kept one pattern since 2008: a holiday and a colon, then dates and what becomes of them: 放假, 补休,
与周末连休, 上班. A sentence that encourages (鼓励) names no day, nor does one that explains which of them are by law.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import zip_longest
from typing import Final

import msgspec

from gezhi.calendars.rules.holiday_reading import (
    WEEKDAYS,
    Fault,
    Finding,
    Reading,
    find_twice,
    find_unnamed,
    finding,
    in_order,
)
from gezhi.calendars.rules.year_plan import SATURDAY, PlannedDay

ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = 16
NUMERALS: Final = "一二三四五六七八九十"
DECEMBER: Final = 12
_SIGNED = re.compile(r"国务院办公厅\d{4}年\d{1,2}月\d{1,2}日")
_NUMBER = re.compile(r"国办发(?:明电)?[〔\[(【]\d{4}[〕\])】]\d+号")
_TITLED = re.compile(r"(\d{4})年(?:部分)?(?:节假日|元旦)")
_HEAD = re.compile(
    r"(?:^|(?<=[。;:]))(?:\(?[一二三四五六七八九十]{1,3}\)?[、.]?|\d{1,2}[、.])?([^\d:。;,()]{2,40}):(?=[^。;:]*?\d月)"
)
_DATE = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})(?:[日号]|(?=(?:至|到|[-–—~]+)(?:\d{1,2}月)?\d{1,2}[日号]))"
)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_COUNT = re.compile(r"(?:放假|共|连休)[^\d一二三四五六七八九十。;,]{0,4}(\d{1,2}|[一二三四五六七八九十])天")
_TO = re.compile(r"至|到|[-–—~]+")
_AND = re.compile(r"[、和与及]")
_EXPLAINED = re.compile(r"公休日|法定节假日")
_ENCOURAGED = re.compile(r"鼓励|带薪")
_WORKED = re.compile(r"上班|工作")
_OFF = re.compile(r"放假|补休|休息|公休|休假|连休")


class Group(msgspec.Struct):
    """Dates that one word is said of."""

    days: list[date]
    said: str = ""


class Sentence(msgspec.Struct):
    """A sentence taken apart: its dates in groups, and what in them cannot be."""

    holiday: str
    text: str
    groups: list[Group] = msgspec.field(default_factory=list)
    findings: list[Finding] = msgspec.field(default_factory=list)


def read_notice(text: str, *, year: int) -> Reading:
    """What the text says of the year that is to be entered. Its own year is named where that is another."""
    flat = _SIGNED.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    number, titled = _NUMBER.search(flat), _TITLED.search(flat)
    told = int(titled.group(1)) if titled else year
    heads = list(_HEAD.finditer(flat))
    days: list[PlannedDay] = []
    findings = [finding(Fault.OTHER_YEAR, told=told, year=year)] if told != year else []
    for head, after in zip_longest(heads, heads[1:]):
        body = flat[head.end() : after.start() if after else len(flat)]
        for sentence in _sentences(head.group(1), body, told):
            findings += sentence.findings
            days += _days_of(sentence, findings, days)
    findings += find_twice(days)
    findings += find_unnamed("".join(head.group(1) for head in heads)) if heads else [finding(Fault.NOTHING)]
    return Reading(days=in_order(days), basis=number.group() if number else "", findings=tuple(findings))


def _sentences(holiday: str, body: str, year: int) -> Iterator[Sentence]:
    for text in re.split(r"[。;]", body):
        if not _ENCOURAGED.search(text):
            yield _take_apart(Sentence(holiday, text), year)


def _take_apart(sentence: Sentence, year: int) -> Sentence:
    """Dates joined by 至 are a span, by 、 a list; what is said of a group follows it."""
    text, matches = sentence.text, list(_DATE.finditer(sentence.text))
    last: date | None = None
    is_span = is_list = False
    for match, after in zip_longest(matches, matches[1:]):
        between = text[match.end() : after.start() if after else len(text)]
        bracketed = _BRACKETED.match(between)
        said = between[bracketed.end() :] if bracketed else between
        day = _date_of(match, last, sentence.holiday, year)
        if day is None:
            sentence.findings.append(finding(Fault.NO_SUCH_DAY, told=match.group()))
            is_span = is_list = False
            continue
        days = [day]
        if is_span and last is not None:
            days = list(_span(last, day))
            if not days:
                told = f"{last:%m}月{last:%d}日至{match.group()}"
                sentence.findings.append(finding(Fault.BACKWARDS, told=told))
        if is_span or is_list:
            sentence.groups[-1].days += [one for one in days if one not in sentence.groups[-1].days or is_list]
        else:
            sentence.groups.append(Group(days))
        sentence.groups[-1].said = said
        sentence.findings += _wrong_weekdays(sentence.groups[-1].days, bracketed.group(1) if bracketed else "")
        is_span, is_list = _TO.fullmatch(said) is not None, _AND.fullmatch(said) is not None
        last = day
    return sentence


def _date_of(match: re.Match[str], last: date | None, holiday: str, year: int) -> date | None:
    """A date without its month or year goes on from the one before; December of New Year lies in the year before."""
    told_year, told_month, day = match.groups()
    month = int(told_month) if told_month else last.month if last else 0
    if told_year:
        year = int(told_year)
    elif month == DECEMBER and "元旦" in holiday:
        year -= 1
    elif last is not None:
        year = last.year + (last.month == DECEMBER and month == 1)
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def _span(first: date, last: date) -> Iterator[date]:
    if first <= last <= first + LONGEST * ONE_DAY:
        yield from (first + at * ONE_DAY for at in range((last - first).days + 1))


def _days_of(sentence: Sentence, findings: list[Finding], before: Iterable[PlannedDay]) -> list[PlannedDay]:
    """The days that a sentence takes off or has worked; a date of which it says nothing is named, unless a sentence
    before has dealt with it.
    """
    days: list[PlannedDay] = []
    for group in sentence.groups:
        if _EXPLAINED.search(group.said):
            continue
        if _WORKED.search(group.said):
            days += (PlannedDay(day, worked=True, name=sentence.holiday) for day in group.days)
        elif _OFF.search(group.said):
            off = _with_weekend(group.days) if "周末" in group.said else group.days
            days += (PlannedDay(day, worked=False, name=sentence.holiday) for day in off)
        else:
            dealt = {one.on for one in (*before, *days)}
            findings += (
                finding(Fault.UNREAD, day=day, sentence=sentence.text) for day in group.days if day not in dealt
            )
    off_days = sum(not one.worked for one in days)
    if off_days:
        findings += _miscounted(sentence, off_days)
    return days


def _with_weekend(days: list[date]) -> list[date]:
    """与周末连休: with the days of a weekend right before and after."""
    first, last = min(days), max(days)
    while (first - ONE_DAY).weekday() >= SATURDAY:
        first -= ONE_DAY
    while (last + ONE_DAY).weekday() >= SATURDAY:
        last += ONE_DAY
    return list(_span(first, last))


def _miscounted(sentence: Sentence, days: int) -> Iterator[Finding]:
    for told in _COUNT.findall(sentence.text):
        count = int(told) if told.isdigit() else NUMERALS.index(told) + 1
        if count != days:
            yield finding(Fault.COUNT, holiday=sentence.holiday, told=count, days=days, sentence=sentence.text)


def _wrong_weekdays(days: list[date], bracketed: str) -> Iterator[Finding]:
    """(周三) stands for the last date, (星期六、星期日) for the last two."""
    told = _WEEKDAY.findall(bracketed)
    for day, word in zip(days[-len(told) :], told, strict=False) if told else ():
        is_so = WEEKDAYS[day.weekday()]
        if is_so != word.replace("天", "日"):
            yield finding(Fault.WEEKDAY, day=day, weekday=is_so, told=word)
