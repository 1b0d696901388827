"""The independent verifiers find every row of the tampering table that `gezhi verify` finds, by the pages alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from gezhi.proof.rules.report import Outcome
from tests.cases.conftest import _built, city, live
from tests.guards.source import ROOT
from tests.independent import verify_tables
from tests.independent.verify_proof import Key, Proof
from tests.proof.test_actions import execute
from tests.proof.test_tampering import WAYS, enter, proved
from tests.proof.test_verification import BEND, Proved, kinds

__all__ = ["_built", "city", "live", "proved"]

DUMP: Final = (ROOT / "docs" / "proof-dump.sql").read_text(encoding="utf-8")
PAGE: Final = (ROOT / "docs" / "chapters" / "proof.md").read_text(encoding="utf-8")
ROW: Final = re.compile(r"^\| (.+) \| `(\w+/[\w-]+)` \| `([\w-]+/[\w-]+)` \|$", re.MULTILINE)
ALL: Final = BEND | WAYS


def dumped(file: Path) -> None:
    """What psql writes when it runs the script of the page."""
    with file.open("w", encoding="utf-8") as out, connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
            out.writelines(f"{line}\n" for (line,) in cursor.fetchall() or ())


def statements() -> Iterator[str]:
    """Of the script, in order: what ends with \\gexec gives statements that are run in its place."""
    text = re.sub(r"^--.*$", "", DUMP, flags=re.MULTILINE)
    for part in re.split(r"(;\n|\\gexec\n)", text)[::2]:
        statement = part.strip()
        if statement.startswith("SELECT format("):
            with connection.cursor() as cursor:
                cursor.execute(statement)
                yield from [one for (one,) in cursor.fetchall()]
        elif statement.startswith("SELECT"):
            yield statement


def as_the_page_says(proved: Proved, place: Path) -> set[str]:
    """Kinds of faults that both verifiers find, given the dump, the place elsewhere and the key written down."""
    place.mkdir()
    execute("SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1")
    dumped(place / "tables.jsonl")
    with (place / "tables.jsonl").open("rb") as lines:
        tables = verify_tables.Tables(lines)
    found = {fault.split(":")[0] for fault in (*tables.verify(), *tables.export(place / "proof"))}
    proof = Proof(place / "proof", [Key.read(text) for text in proved.folder.verifier_keys()], [])
    faults = [*proof.verify(), *proof.compare(proved.elsewhere)]
    return found | {f"proof/{word_of(fault)}" for fault in faults}


WORDS: Final = {
    "no tree of": "origin",
    "no checkpoint": "note",
    "cut off": "cut",
    "other lines": "root",
    "does not fit the tree": "seal",
    "no known form": "line",
    "signature": "signature",
    "signed it": "unsigned",
}


def word_of(fault: str) -> str:
    return next((word for part, word in WORDS.items() if part in fault), "other")


def test_both_find_the_same_rows_and_the_page_says_which(proved: Proved, tmp_path: Path) -> None:
    enter("cases_approval_row", {}, {})  # nobody reads it any more
    proved.sign()
    told = {way: (by_us, by_them) for way, by_us, by_them in ROW.findall(PAGE)}
    assert as_the_page_says(proved, tmp_path / "whole") == set()
    missed = {}
    for at, (way, (sql, kind)) in enumerate(ALL.items()):
        with transaction.atomic():
            execute("SET LOCAL session_replication_role = replica")
            execute(sql)
            execute("SET LOCAL session_replication_role = DEFAULT")
            ours = proved.all_verified()
            theirs = as_the_page_says(proved, tmp_path / f"{at}")
            transaction.set_rollback(True)
        by_us, by_them = told.get(way, ("", ""))
        if ours.outcome is not Outcome.DIFFERS or by_us != kind or by_us not in kinds(ours) or by_them not in theirs:
            missed[way] = (by_us, kinds(ours), by_them, theirs)
    assert missed == {}, "\n".join(f"| {way} | `{ALL[way][1]}` | {sorted(one[3])} |" for way, one in missed.items())
    assert set(told) == set(ALL)
