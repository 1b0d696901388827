"""联系电话: what somebody typed as a telephone, read as one number: a mobile can be texted, any other only called."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from hashlib import blake2b

import msgspec
import phonenumbers
from phonenumbers import PhoneNumberType

from gezhi.kernel.problems import Problem

COUNTRY, COUNTRY_CODE = "CN", 86
SHORTEST, LONGEST_SHORT, WHOLE = 5, 6, 10


class Reach(StrEnum):
    """By what somebody can be reached."""

    TEXT = "text"
    CALL = "call"


REACH_NAMES: dict[Reach, tuple[str, str]] = {
    Reach.TEXT: ("手机，可发短信", "A mobile: can be texted"),
    Reach.CALL: ("不能收短信，只能打电话", "Cannot be texted, only called"),
}


class Phone(msgspec.Struct, frozen=True):
    """One number as it is kept: 13800001234, 0371-67180000, 0371-67180000转8012, +852 2123 4567."""

    number: str
    reach: Reach


class PhoneUnreadable(Problem):
    code = "kernel.phones.unreadable"
    status = 422
    title = "这不是有效的电话号码，请核对：手机为 11 位，座机请加区号（如 0371-67180000，分机写作“转8012”）；没有电话请留空。"
    title_en = (
        "This is no telephone number; please check it: a mobile has 11 digits, a landline its area code "
        "(0371-67180000, an extension as “ext 8012”). Leave it empty where there is none."
    )


class SeveralPhones(Problem):
    code = "kernel.phones.several"
    status = 422
    title = "只能填写一个电话号码，其他号码请写入问题描述。"
    title_en = "One number only; please write others into the description."


class ShortPhone(Problem):
    code = "kernel.phones.short"
    status = 422
    title = "这是急救、报警或服务短号，不是某个人的电话，请核对。"
    title_en = "This is the short number of a service or of an emergency, not of a person; please check it."


_DIGITS = {ord(one): str(at) for at, one in enumerate("〇一二三四五六七八九")}
_DIGITS |= {ord(one): digit for one, digit in zip("零幺壹贰叁肆伍陆柒捌玖", "01123456789", strict=True)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー·・."), "-")
_SPELT = re.compile(f"[\\d\\s()+\\-转{''.join(map(chr, _DIGITS))}]+", re.ASCII)
_EXTENSION = re.compile(r"\s*(?:转?分机号?|转接?|内线|ext-?|x|#|,)[\s:-]*(\d{1,6})$", re.IGNORECASE | re.ASCII)
_HYPHENED = re.compile(r"((?:\(?0\d{2,3}\)?[\s-]*)?[2-9]\d{2,3}[\s-]?\d{4})-(\d{1,6})", re.ASCII)
"""0371-67180000-8012, where the last hyphen stands for the extension."""
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_BETWEEN = re.compile(r"[/\\、，,;；|&\n]|或者?|和|及")
_TWO_MOBILES = re.compile(r"(?:1[3-9]\d{9}){2,}", re.ASCII)
_LONGEST_KEY, _DIGEST = 64, 16
_WRITTEN = re.compile(r"[\d\s()+\-]+", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{6,7}", re.ASCII)
_LABEL = re.compile(r"(?:联系)?(?:电话|手机|座机|号码)号?码?\s*:?\s*|(?:tel|phone|mobile)\s*[:.]?\s*", re.IGNORECASE)
_AROUND = " 。.;；,，、:：\"'“”"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read_phone(text: str) -> Phone | None:
    """The number in the text; None for none, a Problem for what is no number, or several."""
    typed = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not typed:
        return None
    plain = _LABEL.sub("", typed, count=1) if _LABEL.match(typed) else typed
    plain = plain.strip(_AROUND).translate(_DASHES)
    plain = plain.translate(_DIGITS) if _SPELT.fullmatch(plain) else plain
    plain = _HYPHENED.sub(r"\1转\2", plain) if _HYPHENED.fullmatch(plain) else plain
    extension = _EXTENSION.search(plain)
    number = plain[: extension.start()] if extension is not None else plain
    if _are_several(number):
        raise SeveralPhones(field="phone")
    if not _WRITTEN.fullmatch(number):
        raise PhoneUnreadable(field="phone")
    return _read(number, extension[1] if extension is not None else "")


def is_mobile(number: str) -> bool:
    """Whether a number as it is kept can be texted."""
    return _MOBILE.fullmatch(number) is not None


def phone_digest(number: str, key: bytes) -> str:
    """Hexadecimal; nobody without the key can try which number it was."""
    return blake2b(number.encode(), digest_size=_DIGEST, key=key[:_LONGEST_KEY]).hexdigest()


def find_number(text: str) -> str | None:
    """The number of a text that is nothing else, as it is kept; None if it is none (for searches)."""
    try:
        phone = read_phone(text)
    except Problem:
        return None
    return phone.number if phone is not None else None


def _are_several(text: str) -> bool:
    parts = [len(_digits(part)) for part in _BETWEEN.split(text)]
    blanks = [len(_digits(part)) for part in text.split()]
    return (
        sum(count >= SHORTEST for count in parts) > 1
        or sum(count >= WHOLE for count in blanks) > 1
        or _TWO_MOBILES.fullmatch(_digits(text)) is not None
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _read(number: str, extension: str) -> Phone:
    digits = _digits(number)
    if 0 < len(digits) <= LONGEST_SHORT:
        raise ShortPhone(field="phone")
    tail = f"转{extension}" if extension else ""
    if _LOCAL.fullmatch(digits):
        return Phone(f"{digits}{tail}", Reach.CALL)
    try:
        parsed = phonenumbers.parse(number, COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise PhoneUnreadable(field="phone") from error
    if not phonenumbers.is_valid_number(parsed):
        raise PhoneUnreadable(field="phone")
    if parsed.country_code != COUNTRY_CODE:
        abroad = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        return Phone(f"{abroad}{tail}", Reach.CALL)
    kind, national = phonenumbers.number_type(parsed), phonenumbers.national_significant_number(parsed)
    if kind == PhoneNumberType.MOBILE:
        if extension:
            raise PhoneUnreadable(field="phone")
        return Phone(national, Reach.TEXT)
    if kind == PhoneNumberType.FIXED_LINE:
        area = phonenumbers.length_of_national_destination_code(parsed)
        national = f"0{national[:area]}-{national[area:]}"
    return Phone(f"{national}{tail}", Reach.CALL)
