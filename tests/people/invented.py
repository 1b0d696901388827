"""A small invented city (370900) for the tests of people and of duties."""

from __future__ import annotations

from datetime import date

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import (
    Directory,
    OrganisationFacts,
    PostFacts,
    UserFacts,
)
from gezhi.people.rules.held_posts import AppointmentFacts
from gezhi.people.rules.organisation_kinds import OrganisationKind as Kind
from gezhi.people.rules.rows import OrganisationRow, PostRow, UserRow, compute_paths

START = date(2025, 1, 1)
PASSWORD = "stone-bridge-7"

ORGANISATIONS = [
    OrganisationRow(code="gov", name="海城市人民政府", kind=Kind.GOVERNMENT, region_code="370900", valid_from=START),
    OrganisationRow(
        code="jd",
        name="海城市监督中心",
        name_en="Haicheng supervision centre",
        kind=Kind.SUPERVISION_CENTRE,
        parent_code="gov",
        region_code="370900",
        valid_from=START,
    ),
    OrganisationRow(
        code="zh",
        name="海城市指挥中心",
        kind=Kind.COMMAND_CENTRE,
        parent_code="gov",
        region_code="370900",
        valid_from=START,
    ),
    OrganisationRow(
        code="jd-east",
        name="东区监督中心",
        kind=Kind.SUPERVISION_CENTRE,
        parent_code="jd",
        platform_level=2,
        region_code="370902",
        valid_from=START,
    ),
    OrganisationRow(
        code="roads",
        name="市政工程处",
        name_en="Roads office",
        kind=Kind.DEPARTMENT,
        parent_code="gov",
        valid_from=START,
    ),
    OrganisationRow(
        code="roads-crew",
        name="市政养护队",
        kind=Kind.CONTRACTOR,
        parent_code="roads",
        platform_level=3,
        valid_from=START,
    ),
    OrganisationRow(
        code="parks", name="园林处", name_en="Parks office", kind=Kind.DEPARTMENT, parent_code="gov", valid_from=START
    ),
    OrganisationRow(code="far", name="无区域单位", kind=Kind.COLLECTION_COMPANY, valid_from=START),
]

POSTS = [
    PostRow(code="accept", organisation_code="jd", title="受理岗", role=Role.ACCEPTOR, valid_from=START),
    PostRow(code="officer", organisation_code="jd", title="值班长岗", role=Role.DUTY_OFFICER, valid_from=START),
    PostRow(
        code="officer-east", organisation_code="jd-east", title="值班长岗", role=Role.DUTY_OFFICER, valid_from=START
    ),
    PostRow(code="dispatch", organisation_code="zh", title="派遣岗", role=Role.DISPATCHER, valid_from=START),
    PostRow(code="dispatch-roads", organisation_code="roads", title="派遣岗", role=Role.DISPATCHER, valid_from=START),
    PostRow(code="crew", organisation_code="roads-crew", title="处置岗", role=Role.HANDLER, valid_from=START),
    PostRow(code="roads", organisation_code="roads", title="处置岗", role=Role.HANDLER, valid_from=START),
    PostRow(
        code="collect-east",
        organisation_code="jd",
        title="采集岗",
        role=Role.COLLECTOR,
        region_codes=("370902",),
        valid_from=START,
    ),
    PostRow(
        code="collect-street",
        organisation_code="jd",
        title="采集岗",
        role=Role.COLLECTOR,
        region_codes=("370902003",),
        valid_from=START,
    ),
    PostRow(code="collect-far", organisation_code="far", title="采集岗", role=Role.COLLECTOR, valid_from=START),
    PostRow(code="keeper", organisation_code="gov", title="系统管理岗", role=Role.ADMINISTRATOR, valid_from=START),
    PostRow(code="hotline", organisation_code="jd", title="热线接入", role=Role.CHANNEL, valid_from=START),
]

USERS = [
    UserRow(username="an", display_name="安然", active_from=START, post_codes=("accept", "dispatch")),
    UserRow(username="bao", display_name="鲍远", active_from=START, post_codes=("officer",)),
    UserRow(username="che", display_name="车行", active_from=START, post_codes=("collect-east",)),
    UserRow(username="dai", display_name="戴晨", active_from=START, post_codes=("collect-street",)),
    UserRow(username="fang", display_name="方圆", active_from=START, post_codes=("crew",)),
    UserRow(username="gu", display_name="顾全", active_from=START, post_codes=("keeper",)),
    UserRow(username="he", display_name="何在", active_from=START),
    UserRow(username="ji", display_name="纪远", active_from=START, post_codes=("collect-far",)),
    UserRow(username="hotline", display_name="热线", active_from=START, post_codes=("hotline",)),
    UserRow(
        username="left", display_name="离任", active_from=START, active_to=date(2025, 12, 31), post_codes=("accept",)
    ),
]


def build_directory() -> Directory:
    """The city in memory, ids counted from 1 in the order of the rows."""
    paths = compute_paths(ORGANISATIONS, {})
    bodies = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}
    posts = {row.code: id_ for id_, row in enumerate(POSTS, 1)}
    users = {row.username: id_ for id_, row in enumerate(USERS, 1)}
    return Directory(
        [
            UserFacts(users[row.username], row.username, row.display_name, row.active_from, row.active_to)
            for row in USERS
        ],
        [
            OrganisationFacts(
                bodies[row.code],
                row.code,
                row.name,
                row.name_en,
                row.kind,
                row.platform_level,
                bodies.get(row.parent_code),
                paths[row.code],
                row.region_code,
                row.valid_from,
                row.valid_to,
            )
            for row in ORGANISATIONS
        ],
        [
            PostFacts(
                posts[row.code],
                row.code,
                row.title,
                row.title_en,
                row.role,
                bodies[row.organisation_code],
                row.region_codes,
                row.valid_from,
                row.valid_to,
            )
            for row in POSTS
        ],
        [
            AppointmentFacts(users[row.username], posts[code], row.active_from, row.active_to, id_)
            for id_, (row, code) in enumerate(((row, code) for row in USERS for code in row.post_codes), 1)
        ],
    )
