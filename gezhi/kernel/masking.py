"""举报人保护: how a name, a phone and what a sender wrote are shown to those whose duty does not need to know who it
was (requirement R25).

Texts are compared folded: full-width and other digits, numerals as 一三八 and 幺, blanks, hyphens and invisible
characters make no difference. Positions stay those of the text, so that only what is secret is replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache
from string import ascii_uppercase

import msgspec

SHOWN_HEAD, SHOWN_TAIL = 3, 2
SHORTEST_NUMBER = 7
"""A shorter number is that of an office (12345, 110), a house or a day."""
HIDDEN = "***"


class Shown(IntEnum):
    """How much of a sender somebody sees."""

    NOTHING = 0
    PART = 1
    OPEN = 2


class Secret(msgspec.Struct, frozen=True):
    """One sender of a case, as much as this reader may see of them; `words` is what they wrote."""

    name: str
    phone: str
    words: str
    shown: Shown


def mask_name(name: str) -> str:
    """王小明 -> 王**; an empty name stays empty."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """13800001234 -> 138******34; a short number is hidden wholly."""
    if len(phone) <= SHOWN_HEAD + SHOWN_TAIL:
        return "*" * len(phone)
    return f"{phone[:SHOWN_HEAD]}{'*' * (len(phone) - SHOWN_HEAD - SHOWN_TAIL)}{phone[-SHOWN_TAIL:]}"


def show_name(name: str, shown: Shown) -> str:
    return {Shown.OPEN: name, Shown.PART: mask_name(name), Shown.NOTHING: ""}[shown]


def show_phone(phone: str, shown: Shown) -> str:
    return {Shown.OPEN: phone, Shown.PART: mask_phone(phone), Shown.NOTHING: ""}[shown]


Span = tuple[int, int, str]
"""From, to, and what stands there instead."""

_UNSEEN = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff"
_SEP = rf"[\s\-()·•.{_UNSEEN}]{{0,3}}"
_TIGHT = rf"[\s\-()·•{_UNSEEN}]{{0,3}}"
_COUNTRY = rf"(?:(?:\+|00){_TIGHT}86{_TIGHT}|86{_TIGHT})?"
_MOBILE = rf"{_COUNTRY}1[3-9](?:{_TIGHT}\d){{9}}"
_GROUPED = r"1[3-9]\d\.\d{4}\.\d{4}"
_LANDLINE = rf"{_COUNTRY}\(?0\d{{2,3}}{_SEP}[2-9](?:{_TIGHT}\d){{6,7}}"
_BLANK = rf"[\s{_UNSEEN}]{{0,2}}"
_IDENTITY = (
    rf"[1-9](?:{_BLANK}\d){{5}}{_BLANK}(?:1{_BLANK}[89]|2{_BLANK}0)(?:{_BLANK}\d){{2}}{_BLANK}"
    rf"(?:0{_BLANK}[1-9]|1{_BLANK}[0-2]){_BLANK}(?:[0-2]{_BLANK}\d|3{_BLANK}[01])(?:{_BLANK}\d){{3}}{_BLANK}[\dx]"
)
_LEAD = r"(?:号码|账号|号|是|为|[:\s])*"
NUMBERS = re.compile(
    rf"(?<![\d])(?P<identity>{_IDENTITY})(?!\d)|(?<!\d)(?<!\d-)(?:{_MOBILE}|{_GROUPED}|{_LANDLINE})(?!\d)"
    rf"|(?:电话|手机|座机|固话|联系方式|tel|phone){_LEAD}(?P<keyed>\d(?:{_TIGHT}\d){{6,14}})"
    rf"|(?:微信|wechat|vx|qq|企鹅){_LEAD}(?P<account>[a-z0-9_-]{{5,20}})"
    rf"|(?P<mail>[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)",
    re.IGNORECASE | re.ASCII,
)
"""What in a citizen's words is a number by which they, or somebody else, can be found."""

_OWN = re.compile(r"^(?:00)?86(?=1\d{10}$)|^0\d{2,3}(?=[2-9]\d{6,7}$)", re.ASCII)
"""The country or the area before a number, which is the same without."""
_SOME_NUMBER = re.compile(rf"\d(?:[\s\-()·•.{_UNSEEN}]*\d){{6}}|@|微信|企鹅|wechat|vx|qq", re.ASCII)
"""Most texts hold nothing of the kind, which is soon seen."""
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷"
    "罗毕郝邬安常乐于傅皮卞齐康伍余顾孟平黄穆萧尹姚邵汪祁毛狄臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊"
    "胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁杭洪包诸左石崔吉龚程邢裴陆荣翁段侯全班仲宁仇栾甘祖武符刘景詹束龙叶黎白蒲卓蔺池乔闻党翟谭贡姬申"
    "冉桑桂牛边尚温庄晏瞿阎习向古易廖耿满匡文寇欧沃曾沙关丰红游权肖涂闫"
)
_HAN = "\u4e00-\u9fff"
INTRODUCED = re.compile(
    rf"(?:我叫|我是|本人|姓名|名字|联系人|举报人|投诉人|反映人)(?:叫|是|为|[:：\s])*(?P<name>[{_SURNAMES}][{_HAN}]{{1,2}})"
    rf"(?=[^{_HAN}]|$|电话|手机|联系|住|反映|举报|投诉|家)"
)
"""我叫王小明: who gives their name in their own words."""

_TITLES = "先生|女士|小姐|同志|师傅|阿姨|大爷|大妈|大叔|大姐|大哥|大嫂|叔叔|老师|太太|奶奶|爷爷"
_TITLE = re.compile(_TITLES)
_TITLED = re.compile(rf"(?P<head>[{_HAN}]{{1,2}})(?:{_TITLES})$")
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "长孙",
    "宇文",
    "司徒",
    "夏侯",
)
NOBODY = frozenset(
    {"市民", "群众", "居民", "匿名", "业主", "路人", "不详", "无名", "未知", "保密", "热心市民", "村民", "商户", "游客"}
)
"""Entered where no name was given; hidden, these words would make texts unreadable."""


class Masking:
    """隐去: what is hidden in the texts of one case for one reader."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        secrets = tuple(secrets)
        self.strictest = min((one.shown for one in secrets), default=Shown.OPEN)
        self._needles: dict[str, str] = {}
        self._surnames: dict[str, str] = {}
        for one in secrets:
            if one.shown is not Shown.OPEN:
                self._hide(one)

    @property
    def hides(self) -> bool:
        return bool(self._needles or self._surnames)

    def said(self, text: str) -> str:
        """What somebody at work wrote: the senders' names and numbers are hidden, other numbers stay."""
        return _replaced(text, self._known(text)) if self.hides and text else text

    def wrote(self, text: str, shown: Shown | None = None) -> str:
        """A citizen's own words: beside the senders' names and numbers whatever looks like a number of somebody.

        `shown`: how much this reader sees of whoever wrote it; where it is not known who did, of all of them.
        """
        shown = self.strictest if shown is None else shown
        if not text:
            return text
        spans = list(self._known(text)) if self.hides else []
        if shown is not Shown.OPEN:
            spans += _given_away(text, shown)
        return _replaced(text, spans)

    def _hide(self, secret: Secret) -> None:
        part = secret.shown is Shown.PART
        for name in (secret.name, *(introduced["name"] for introduced in INTRODUCED.finditer(secret.words))):
            if name and name not in NOBODY:
                surname, instead = _surname_of(name), mask_name(name) if part else HIDDEN
                if len(name) > 1:
                    self._needles[_compact(name)] = instead
                self._surnames[surname] = mask_name(surname) if part else HIDDEN
        for number in (*_numbers_of(secret.phone), *numbers_in(secret.words)):
            self._needles[number] = mask_phone(number) if part else HIDDEN

    def _known(self, text: str) -> list[Span]:
        """The senders' names and numbers, wherever they stand."""
        compact = _compact(text)
        spans = [
            (at, at + len(needle), instead)
            for needle, instead in self._needles.items()
            for at in _all_of(needle, compact)
        ]
        spans += [
            (at, at + len(surname) + len(title[0]), instead)
            for surname, instead in self._surnames.items()
            for at in _all_of(surname, compact)
            if (title := _TITLE.match(compact, at + len(surname)))
        ]
        if not spans:
            return []
        places = [match.start() for match in _KEPT.finditer(_folded(text))]
        return [(places[begin], places[end - 1] + 1, instead) for begin, end, instead in spans]


NOTHING_HIDDEN = Masking(())


def _all_of(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


def numbers_in(text: str) -> list[str]:
    """The digits of whatever looks like somebody's number, without country and area."""
    numbers = (_own_digits(number) for _, _, number, _ in _personal(text))
    return [digits for digits in numbers if len(digits) >= SHORTEST_NUMBER]


def _numbers_of(phone: str) -> list[str]:
    """What was entered as a phone; it may be several."""
    given = (_own_digits(one) for one in re.split(r"[/、,，;；或]", phone))
    return [digits for digits in given if len(digits) >= SHORTEST_NUMBER]


def gives_away(text: str, name: str = "", phone: str = "") -> bool:
    """Whether words name their sender: to be said while they are typed."""
    known = Masking([Secret(name, phone, "", Shown.NOTHING)])
    return known.wrote(text) != text


def without(text: str, name: str = "", phone: str = "") -> str:
    """The words without their sender, for whoever wrote them into the wrong field."""
    known = Masking([Secret(name, phone, "", Shown.NOTHING)])
    return re.sub(
        rf"(?:(?:我的)?(?:联系)?(?:电话|手机|方式)|tel|phone)?(?:号码|号|是|为|[:：\s])*{re.escape(HIDDEN)}",
        "",
        known.wrote(text),
    )


def _surname_of(name: str) -> str:
    """王 of 王小明, and of 热心市民王先生."""
    titled = _TITLED.search(name)
    head = titled["head"] if titled else name[:2]
    return head if head in _DOUBLE else head[-1] if titled else head[0]


def _given_away(text: str, shown: Shown) -> Iterator[Span]:
    for begin, end, number, whole in _personal(text):
        part = shown is Shown.PART and not whole
        yield begin, end, mask_phone(_own_digits(number)) if part else HIDDEN
    for match in INTRODUCED.finditer(text):
        begin, end = match.span("name")
        yield begin, end, mask_name(text[begin]) if shown is Shown.PART else HIDDEN


def _personal(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """From, to, the words, and whether nothing of it may stay: of an identity card, an account, an address."""
    folded = _folded(text)
    if not _SOME_NUMBER.search(folded):
        return
    for match in NUMBERS.finditer(folded):
        group = next((name for name, value in match.groupdict().items() if value is not None), None)
        begin, end = match.span(group or 0)
        yield begin, end, folded[begin:end], group in {"identity", "account", "mail"}


def _replaced(text: str, spans: Iterable[Span]) -> str:
    """Where spans lie over each other, the one that begins first and is longest counts."""
    parts, at = list[str](), 0
    for begin, end, instead in sorted(spans, key=lambda span: (span[0], -span[1])):
        if begin >= at:
            parts += text[at:begin], instead
        at = max(at, end)
    return "".join((*parts, text[at:])) if parts else text


@cache
def _fold() -> dict[int, str]:
    """Character -> the one that it is compared as; one for one, so that positions stay."""
    table: dict[int, str] = {}
    for code in (*range(0x80, 0x10000), *range(0x1D400, 0x1D800), *range(0x1FBF0, 0x1FBFA)):
        char = chr(code)
        digit, plain = unicodedata.digit(char, None), unicodedata.normalize("NFKC", char)
        if digit is not None:
            table[code] = str(digit)
        elif unicodedata.category(char) == "Pd":
            table[code] = "-"
        elif len(low := plain.lower()) == 1 and low != char:
            table[code] = low
    table |= {ord(char): char.lower() for char in ascii_uppercase}
    table |= {ord(char): str(at) for at, char in enumerate("〇一二三四五六七八九")}
    return table | {ord(char): digit for char, digit in zip("零幺壹贰叁肆伍陆柒捌玖", "01123456789", strict=True)}


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_fold())


_BETWEEN = rf"\s\-()·•._/{_UNSEEN}"
_KEPT = re.compile(rf"[^{_BETWEEN}]")
_DROPPED = re.compile(rf"[{_BETWEEN}]+")


def _compact(text: str) -> str:
    """Folded, without what may stand between letters and digits."""
    return _DROPPED.sub("", _folded(text))


def _own_digits(text: str) -> str:
    return _OWN.sub("", re.sub(r"\D", "", _folded(text), flags=re.ASCII))
