"""待建城市: all that a city is when it is founded, put together and ready to be entered."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.calendars.rules.office_days import CalendarDefinition
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.duties.rules.area_level import AreaLevelRow
from gezhi.duties.rules.duty_row import Basis
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow
from gezhi.policy.rules.local_policy import LocalPolicy
from gezhi.regions.rules.divisions import Division, GridRow, OutlineRow
from gezhi.regions.rules.reporting import ReportsTo
from gezhi.regions.rules.street_network import Centre, Fabric


class EditionEntry(msgspec.Struct, frozen=True):
    """目录版本: a shipped edition of the catalogue, and from when the city works by it."""

    code: str
    valid_from: date


class LevelLimitEntry(msgspec.Struct, frozen=True):
    """A standard row's own limit for areas of a level."""

    row: str
    level: str
    limit: Limit
    valid_from: date


class DutyEntry(msgspec.Struct, frozen=True):
    """责任清单行 with the unit by its code."""

    edition: str
    kind: str
    selector: str
    area_code: str
    unit_code: str
    basis_kind: Basis
    basis: str
    valid_from: date
    valid_to: date | None = None


class OfficerEntry(msgspec.Struct, frozen=True):
    """机构责任人 with body and person by their codes."""

    organisation_code: str
    kind: OfficerKind
    username: str
    valid_from: date


class GeneratedGround(msgspec.Struct, frozen=True):
    """模拟地面: unit grids are to be generated inside the outlines of these counties, and marked so."""

    counties: tuple[str, ...]
    centres: tuple[Centre, ...]
    seed: int = 1
    fabric: Fabric = Fabric()


class CityToFound(msgspec.Struct, frozen=True, kw_only=True):
    """A whole city. `effective` is the first day of what has no day of its own; with `generated` there are no `grids`.

    `source` says where divisions and outlines come from; `owner_office` is the body that settles owners, by its code.
    """

    code: str
    name: str
    name_en: str
    effective: date
    divisions: tuple[Division, ...]
    reporting: tuple[ReportsTo, ...]
    source: str
    outlines: tuple[OutlineRow, ...]
    outline_source: str
    outlines_generated: bool = False
    grids: tuple[GridRow, ...] = ()
    generated: GeneratedGround | None = None
    calendars: tuple[CalendarDefinition, ...]
    editions: tuple[EditionEntry, ...]
    level_limits: tuple[LevelLimitEntry, ...] = ()
    organisations: tuple[OrganisationRow, ...]
    posts: tuple[PostRow, ...]
    people: tuple[UserRow, ...]
    officers: tuple[OfficerEntry, ...] = ()
    duties: tuple[DutyEntry, ...]
    area_levels: tuple[AreaLevelRow, ...] = ()
    policy: LocalPolicy
    owner_office: str = ""
    approvals: tuple[ApprovalRow, ...] = ()


def digest_of(city: CityToFound) -> str:
    """The same for the same content, however its files are encoded or spaced."""
    return sha256(msgspec.json.encode(city, order="deterministic")).hexdigest()


def parts_of(city: CityToFound) -> dict[str, str]:
    """Digests of what a folder founds and does not change afterwards, by the file that holds it. Days that a row has
    of `effective` alone count for nothing.
    """
    parts: dict[str, object] = {
        "divisions.csv": city.divisions,
        "reporting.csv": city.reporting,
        "ground": (city.outlines, city.grids, city.generated),
        "calendars.toml": [msgspec.structs.replace(one, overrides=()) for one in city.calendars],
        "level_limits.csv": [(one.row, one.level, one.limit) for one in city.level_limits],
        "policy.toml": (city.policy, city.owner_office),
        "approvals.toml": city.approvals,
        "city.toml": (city.name, city.name_en, [one.code for one in city.editions]),
    }
    encoded = {name: msgspec.json.encode(part, order="deterministic") for name, part in parts.items()}
    return {name: sha256(content).hexdigest() for name, content in encoded.items()}
