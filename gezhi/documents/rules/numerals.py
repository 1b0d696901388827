"""中文数字: 第二十三条 is number 23."""

from __future__ import annotations

_ONES = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def read_numeral(text: str) -> int:
    """The number that Chinese or Arabic digits write (读数)."""
    if text.isascii():
        return int(text)
    if not any(character in _TENS for character in text):
        return int("".join(str(_ONES.get(character, character)) for character in text))
    total, one = 0, 0
    for character in text:
        if character in _TENS:
            total += (one or 1) * _TENS[character]
            one = 0
        else:
            one = _ONES.get(character, int(character) if character.isdigit() else 0)
    return total + one
