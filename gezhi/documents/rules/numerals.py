"""中文数字: 第二十三条 is number 23, however its numeral is written."""

from __future__ import annotations

import unicodedata

_ONES = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_ONES |= {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "○": 0,
    "两": 2,
    "貳": 2,
    "參": 3,
}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_JOINED = {"廿": 20, "卅": 30, "卌": 40}
NUMERALS = "".join((*_ONES, *_TENS, *_JOINED)) + "0-9０-９"
"""What may write a numeral, for a class of characters in a pattern."""


def read_numeral(text: str) -> int:
    """The number that Chinese or Arabic digits write (读数)."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    if text.isascii():
        return int(text)
    if not any(character in _TENS or character in _JOINED for character in text):
        return int("".join(str(_ONES.get(character, character)) for character in text))
    total, one = 0, 0
    for character in text:
        if character in _TENS:
            total += (one or 1) * _TENS[character]
            one = 0
        elif character in _JOINED:
            total += _JOINED[character]
        else:
            one = _ONES.get(character, int(character) if character.isdigit() else 0)
    return total + one


def write_numeral(number: int) -> str:
    """How a number below a thousand is written (写数): 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    written = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        written += f"{digits[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        written += "零"
    return written + (digits[ones] if ones or not number else "")
