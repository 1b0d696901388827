"""The import contracts (`.importlinter`), written from the tier table of `gezhi/assembly/capabilities.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gezhi.assembly.capabilities import TIERS, existing, has_module

FOUNDATIONS = frozenset({"assembly", "plumbing", "kernel"})  # no capabilities: their modules have names of their own
DOORS = ("api", "jobs", "listeners", "subscribers", "commands")
INSIDE = (DOORS, ("kinds",), ("actions", "gateways", "shapes"), ("queries",), ("models",), ("rules",))
NOTHING_FOR_RULES = (
    *("django", "ninja", "psycopg", "procrastinate", "structlog", "httpx", "requests", "urllib3", "gezhi.plumbing"),
    *("os", "time", "random", "secrets", "socket", "subprocess", "threading"),
)
OUTSIDE = ("gezhi.*.gateways", "httpx", "requests", "urllib3", "smtplib")

HEAD = """\
# Written by `make generated` from gezhi/assembly/capabilities.py; do not edit.

[importlinter]
root_package = gezhi
include_external_packages = True
exclude_type_checking_imports = False
"""


def importlinter_text() -> str:
    """The whole contract file, for the capabilities that exist."""
    return "\n".join([HEAD, *_order(), *_borders()])


def _order() -> list[str]:
    """What stands above what: capabilities in their tiers, and module words inside a capability."""
    return [
        _contract(
            "tiers",
            "Capabilities import downwards only; siblings do not know each other",
            "layers",
            containers=["gezhi"],
            exhaustive="True",
            layers=[_row(tier) for tier in TIERS],
        ),
        _contract(
            "inside",
            "A capability holds the module words of the house and no others, imported in order",
            "layers",
            containers=[f"gezhi.{name}" for name in existing() if name not in FOUNDATIONS],
            exhaustive="True",
            exhaustive_ignores=["apps", "migrations", "presets"],
            layers=[_row(words) for words in INSIDE],
        ),
    ]


def _borders() -> list[str]:
    """What must not reach each other at all."""
    return [
        _contract(
            "pure",
            "Rules know no framework, clock, chance, network or operating system",
            "forbidden",
            source_modules=["gezhi.kernel", *_every(["rules"])],
            forbidden_modules=NOTHING_FOR_RULES,
        ),
        _contract(
            "doors",
            "Only assembly opens doors",
            "protected",
            protected_modules=_every(DOORS),
            allowed_importers=["gezhi.assembly"],
        ),
        _contract(
            "tables",
            "Tables of others are read in queries only and written by their own actions",
            "protected",
            protected_modules=_every(["models"]),
            allowed_importers=_every(["queries"]),
            ignore_imports=[line for name in existing() if has_module(name, "models") for line in _own(name, "models")],
        ),
        _contract(
            "tables-in-doors",
            "Doors name no tables: what a table shows is a matter of shapes",
            "forbidden",
            source_modules=_every(DOORS),
            forbidden_modules=_every(["models"]),
            allow_indirect_imports="True",
        ),
        _contract(
            "shapes",
            "How a thing looks is a matter of doors: rules, queries and actions know no shapes",
            "protected",
            protected_modules=_every(["shapes"]),
            allowed_importers=_every([*DOORS, "shapes", "sheets"]),
        ),
        _contract(
            "inside-calls",
            "No outside call inside a transaction or a request",
            "forbidden",
            source_modules=_every(["actions", "queries", "api"]),
            forbidden_modules=OUTSIDE,
            ignore_imports=_own("plumbing", "gateways"),
        ),
        _contract(
            "reading",
            "A query never writes",
            "forbidden",
            source_modules=_every(["queries"]),
            forbidden_modules=_every(["actions"]),
        ),
    ]


def _row(names: Iterable[str]) -> str:
    return " | ".join(f"({name})" for name in names)


def _every(words: Iterable[str]) -> list[str]:
    return [f"gezhi.*.{word}" for word in words]


def _own(name: str, word: str) -> list[str]:
    return [f"gezhi.{name}.** -> gezhi.{name}.{word}", f"gezhi.{name}.** -> gezhi.{name}.{word}.**"]


def _contract(word: str, name: str, kind: str, **options: str | Sequence[str]) -> str:
    lines = [f"[importlinter:contract:{word}]", f"name = {word}: {name}", f"type = {kind}"]
    for key, value in options.items():
        lines += [f"{key} = {value}"] if isinstance(value, str) else [f"{key} =", *(f"    {one}" for one in value)]
    if kind != "layers":
        lines.append("unmatched_ignore_imports_alerting = none")
    return "\n".join(lines) + "\n"
