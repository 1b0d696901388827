"""可检索文字: words are found in a text about a case, but never by what that text hides of its senders.

Else a search would tell who reported: whoever types a phone sees by the answer whether it stands there.
"""

from __future__ import annotations

import re
from typing import Any

from gezhi.cases.queries.scope import Condition
from gezhi.kernel.searching import any_like, writings

DIGIT = "0-9０-９〇零幺一二三四五六七八九"
LONG_NUMBER = f"[{DIGIT}](?:[ \u3000.·()（）–—-]{{0,3}}[{DIGIT}]){{6,}}"
_ANY_DIGIT = re.compile(f"[{DIGIT}]")
LONGEST_NAME = 4

# Cases in whose text the name of a sender stands whole, and of whose name the words are a part, or it of them.
_NAMED = """
    SELECT t.{key} FROM cases_report r JOIN {table} t ON t.{key} = r.case_id
    WHERE r.name <> '' AND strpos(t.{column}, r.name) > 0 AND (
        lower(r.name) = ANY(%s) OR lower(substring(r.name, 2)) = ANY(%s) OR lower(left(r.name, 2)) = ANY(%s)
    )
"""


def found_in(words: str, *, table: str, alias: str, key: str, column: str) -> Condition:
    """SQL over a table: its text holds the folded words outside of senders' names and of numbers."""
    patterns = writings(words)
    parts, values = [any_like(f"{alias}.{column}", patterns)], list[Any](patterns)
    if _ANY_DIGIT.search(words):
        parts.append(any_like(f"regexp_replace({alias}.{column}, '{LONG_NUMBER}', ' ', 'g')", patterns))
        values += patterns
    names = _parts_of(words.lower())
    if names:
        named = _NAMED.format(table=table, key=key, column=column)
        parts.append(f"({alias}.{key} <> ALL(ARRAY({named}))) IS NOT FALSE")
        values += [names] * 3
    return f"({' AND '.join(parts)})", values


def _parts_of(words: str) -> list[str]:
    """What may be a name in the words, or a part of one: two to four characters, and the whole."""
    parts = {
        words[at : at + length].strip()
        for length in range(2, LONGEST_NAME + 1)
        for at in range(len(words) - length + 1)
    }
    return sorted({*parts, words.strip()} - {"", *(one for one in parts if one.isascii() and len(one) < len(words))})
