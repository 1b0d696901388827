"""城市文件夹的表: which tables there are, their columns, and what each column may hold."""

from __future__ import annotations

from typing import Final

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.office_days import DayKind
from gezhi.catalog.rules.class_key import ClassKind
from gezhi.duties.rules.area_level import LEVELS
from gezhi.duties.rules.duty_row import Basis
from gezhi.kernel.permissions import Role
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.regions.rules.levels import RegionKind

DIVISIONS: Final = "divisions.csv"
REPORTING: Final = "reporting.csv"
ORGANISATIONS: Final = "organisations.csv"
POSTS: Final = "posts.csv"
PEOPLE: Final = "people.csv"
OFFICERS: Final = "officers.csv"
DUTIES: Final = "duties.csv"
AREA_LEVELS: Final = "area_levels.csv"
LEVEL_LIMITS: Final = "level_limits.csv"
HOLIDAYS: Final = "holidays.csv"
STANDARD_ROWS: Final = "standard_rows.csv"
PLACES: Final = "places"
"""What an area may be: a division or a unit grid."""
CALENDARS: Final = "calendars.toml"
ROLES: Final = tuple(role.value for role in Role if role is not Role.SYSTEM)


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`refers` names the table whose key the cell must be; `many`: several, parted by blanks; `most` characters;
    `form`: one of `forms.FORMS`.
    """

    name: str
    needed: bool = False
    day: bool = False
    whole: bool = False
    many: bool = False
    words: tuple[str, ...] = ()
    refers: str = ""
    most: int = 200
    form: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`key`: columns of which no two rows are alike. `span`: first and last day of a row, both included."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    span: tuple[str, str] = ("from", "to")
    needed: bool = True


def _key(name: str, most: int) -> Column:
    return Column(name=name, needed=True, most=most)


def _days(first: str = "from", last: str = "to", *, needed: bool = False) -> tuple[Column, ...]:
    return Column(name=first, day=True, needed=needed), Column(name=last, day=True)


TABLES: Final = (
    Table(
        file=DIVISIONS,
        key=("code",),
        columns=(
            _key("code", 12),
            Column(name="name", needed=True, most=60),
            Column(name="kind", needed=True, words=tuple(RegionKind)),
            Column(name="within", refers=DIVISIONS),
        ),
    ),
    Table(
        file=REPORTING,
        key=("region_code", "valid_from"),
        span=("valid_from", "valid_to"),
        needed=False,
        columns=(
            Column(name="region_code", needed=True, refers=DIVISIONS),
            Column(name="parent_code", needed=True, refers=DIVISIONS),
            *_days("valid_from", "valid_to", needed=True),
            Column(name="basis"),
        ),
    ),
    Table(
        file=ORGANISATIONS,
        key=("key",),
        columns=(
            _key("key", 40),
            Column(name="name", needed=True, most=100),
            Column(name="name_en"),
            Column(name="kind", needed=True, words=tuple(OrganisationKind)),
            Column(name="level", words=("1", "2", "3")),
            Column(name="parent", refers=ORGANISATIONS),
            Column(name="region", refers=DIVISIONS),
            *_days(),
        ),
    ),
    Table(
        file=POSTS,
        key=("key",),
        columns=(
            _key("key", 60),
            Column(name="organisation", needed=True, refers=ORGANISATIONS),
            Column(name="role", needed=True, words=ROLES),
            Column(name="title", needed=True, most=60),
            Column(name="title_en", most=100),
            Column(name="regions", many=True, refers=PLACES, most=4_000),
            *_days(),
        ),
    ),
    Table(
        file=PEOPLE,
        key=("username",),
        columns=(
            Column(name="username", needed=True, most=60, form="username"),
            Column(name="name", needed=True, most=60),
            Column(name="posts", many=True, refers=POSTS, most=4_000),
            Column(name="phone", most=20, form="phone"),
            Column(name="language", words=("zh", "en")),
            *_days(),
        ),
    ),
    Table(
        file=OFFICERS,
        key=("organisation", "kind", "username"),
        needed=False,
        columns=(
            Column(name="organisation", needed=True, refers=ORGANISATIONS),
            Column(name="kind", needed=True, words=tuple(OfficerKind)),
            Column(name="username", needed=True, refers=PEOPLE),
            Column(name="from", day=True),
        ),
    ),
    Table(
        file=DUTIES,
        columns=(
            Column(name="kind", needed=True, words=tuple(ClassKind)),
            Column(name="classes", needed=True, many=True, most=4_000),
            Column(name="area", many=True, refers=PLACES, most=4_000),
            Column(name="unit", needed=True, refers=ORGANISATIONS),
            *_days(),
            Column(name="basis_kind", words=tuple(Basis)),
            Column(name="basis", most=300),
            Column(name="edition"),
        ),
    ),
    Table(
        file=AREA_LEVELS,
        key=("area", "from"),
        needed=False,
        columns=(
            Column(name="area", needed=True, refers=PLACES),
            Column(name="level", needed=True, words=LEVELS),
            *_days(),
        ),
    ),
    Table(
        file=LEVEL_LIMITS,
        key=("row", "level"),
        needed=False,
        columns=(
            Column(name="row", needed=True),
            Column(name="level", needed=True, words=LEVELS),
            Column(name="value", needed=True, whole=True),
            Column(name="unit", needed=True, words=tuple(Unit)),
        ),
    ),
    Table(
        file=HOLIDAYS,
        key=("calendar", "date"),
        needed=False,
        columns=(
            Column(name="calendar", needed=True, refers=CALENDARS),
            Column(name="date", needed=True, day=True),
            Column(name="kind", needed=True, words=tuple(DayKind)),
            Column(name="hours", most=80),
            Column(name="name", most=60),
        ),
    ),
)
"""Those of a city folder."""

IMPORTED: Final = (
    *TABLES,
    Table(
        file=STANDARD_ROWS,
        columns=(
            Column(name="edition"),
            Column(name="kind", needed=True, words=tuple(ClassKind)),
            Column(name="code", needed=True, most=20),
            Column(name="name", most=60),
            Column(name="condition", needed=True, most=140),
            Column(name="condition_en", most=300),
            Column(name="defects", most=300),
            Column(name="limit", needed=True, most=20),
            Column(name="limit_a", most=20),
            Column(name="limit_b", most=20),
            Column(name="limit_c", most=20),
            Column(name="closing", needed=True, most=300),
            Column(name="season", most=20),
            Column(name="calendar", refers=CALENDARS),
            *_days(),
        ),
    ),
)
"""Those beside them that are imported by themselves."""
