"""What the first-run page asks of the registers. What a first case needs is asked at every sign-in: memory and two
statements.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.db.models.functions import Left

from gezhi.calendars.queries import list_definitions, list_warnings
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.rules.applications.application import UNIT
from gezhi.catalog.queries import held_catalog
from gezhi.duties.models import DutyRow
from gezhi.duties.queries import list_holes_by_class
from gezhi.founding.rules.readiness import FirstFacts, LaterFacts, Share
from gezhi.founding.rules.readiness_kinds import SEAT_KINDS
from gezhi.kernel.permissions import Permission, Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people.models import User
from gezhi.people.queries import held_directory
from gezhi.people.rules.directory import Directory, Holder, OrganisationFacts, is_valid
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.policy import GRANTS
from gezhi.plumbing.health.checks import ask_plugged
from gezhi.plumbing.health.findings import Health
from gezhi.regions.models import Region, UnitGrid
from gezhi.regions.queries import held_names, held_regions
from gezhi.regions.queries.divisions import COUNTY_DIGITS, valid_on
from gezhi.regions.rules.levels import Level

CENTRES = (OrganisationKind.SUPERVISION_CENTRE, OrganisationKind.COMMAND_CENTRE)
UNUSABLE = "!"
"""How a hash begins that no password fits."""
Regions = tuple[str, ...]
"""Prefixes of codes: what somebody keeps, or the whole node."""


def list_able() -> set[int]:
    """能登录: who has a password, be it one that was given to them for one sign-in."""
    return set(User.objects.exclude(password__startswith=UNUSABLE).values_list("id", flat=True))


def gather_first(regions: Regions, on: date) -> FirstFacts:
    """In two statements: asked at every sign-in."""
    directory, able, grids = held_directory(), list_able(), _grids_by_county(regions, on)
    return FirstFacts(
        grids=sum(grids.values()),
        seats={role: _seat(directory, able, role, _counties(regions, grids), on) for role in SEAT_KINDS},
        handlers=len({holder.user.id for holder in directory.find_holders(Role.HANDLER, on=on)} & able),
    )


def gather_later(regions: Regions, on: date, *, backed_up: bool | None) -> LaterFacts:
    directory, able = held_directory(), list_able()
    held = {role: directory.find_holders(role, on=on) for role in Role}
    signing_in = {role: [holder for holder in held[role] if holder.user.id in able] for role in Role}
    own = [body for body in directory.organisations.values() if directory.region_of(body.id).startswith(regions)]
    bodies = [body for body in own if is_valid(body.valid_from, body.valid_to, on)]
    centres = [body for body in bodies if body.kind in CENTRES]
    units = _units_of_duties({body.id for body in own}, on)
    officers = {holder.post.organisation_id for holder in signing_in[Role.DUTY_OFFICER]}
    handlers = {holder.post.organisation_id for holder in signing_in[Role.HANDLER]}
    posted = {holder.post.organisation_id for role in Role for holder in held[role]}
    approving = [role for role in Role if Permission.RULES_APPROVE in GRANTS[role]]
    missing = list_warnings(on)
    titles = {one.name: (one.title, one.title_en) for one in list_definitions() if one.keeps_public_holidays}
    return LaterFacts(
        communities=_bare_communities(regions, on),
        classes=_open_classes(regions, on),
        units=_share([one for one in units if not handlers.intersection(directory.subtree(one.id))], len(units)),
        centres=_share([one for one in centres if one.id not in officers], len(centres)),
        bodies=_share([one for one in bodies if not posted.intersection(directory.subtree(one.id))], len(bodies)),
        deciders=_deciders(signing_in, on),
        calendars=Share(tuple(titles[one.calendar] for one in missing), len(titles)),
        year=min((one.published_through.year for one in missing), default=on.year) + 1,
        approvers=len({holder.user.id for role in approving for holder in signing_in[role]}),
        sends_texts=settings.GEZHI_SMS_GATEWAY != "file",
        backed_up=backed_up,
        anchors=len(settings.GEZHI_ANCHOR_TO),
        proof_late=_is_proof_late(),
        demo=settings.GEZHI_DEMO,
    )


def _grids_by_county(regions: Regions, on: date) -> dict[str, int]:
    rows = UnitGrid.objects.filter(valid_on(on)).annotate(county=Left("code", COUNTY_DIGITS))
    counts = rows.values_list("county").annotate(Count("id")).order_by()
    return {code: count for code, count in counts if _is_reached(code, regions)}


def _counties(regions: Regions, grids: Mapping[str, int]) -> list[str]:
    """区县 in which there is work: those with grids; where none has any, all of them."""
    counties = (one.code for one in held_regions().values() if one.level is Level.COUNTY)
    return sorted(grids) or [code for code in counties if _is_reached(code, regions)]


def _is_reached(county: str, regions: Regions) -> bool:
    return county.startswith(regions) or any(region.startswith(county) for region in regions)


def _seat(directory: Directory, able: set[int], role: Role, counties: Sequence[str], on: date) -> Share:
    """A collector's beat is a part of a county; any other seat answers for the whole of it."""
    reached = {
        region
        for holder in directory.find_holders(role, on=on)
        if holder.user.id in able
        for region in directory.regions_of(holder.post)
    }
    lacking = [
        code
        for code in counties
        if not any(code.startswith(one) or (role is Role.COLLECTOR and one.startswith(code)) for one in reached)
    ]
    names = held_names()
    return Share(tuple((names.get(code, code),) * 2 for code in lacking), len(counties))


def _bare_communities(regions: Regions, on: date) -> Share:
    rows = Region.objects.filter(valid_on(on), level=Level.COMMUNITY).order_by("code")
    own = [(code, name) for code, name in rows.values_list("code", "name") if code.startswith(regions)]
    with_grid = set(UnitGrid.objects.filter(valid_on(on)).values_list("community_code", flat=True).distinct())
    return Share(tuple((name, name) for code, name in own if code not in with_grid), len(own))


def _open_classes(regions: Regions, on: date) -> Share:
    catalog = held_catalog()
    classes = catalog.listed(catalog.edition_on(on), on=on) if catalog.periods else []
    holes = list_holes_by_class(regions, on=on, limit=len(classes)) if classes else []
    return Share(
        tuple((one.name, one.name_en) for one in (catalog.classes[hole.class_key] for hole in holes)), len(classes)
    )


def _units_of_duties(own: Collection[int], on: date) -> list[OrganisationFacts]:
    rows = DutyRow.objects.filter(valid_on(on)).order_by("unit_id").values_list("unit_id", flat=True).distinct()
    return [held_directory().organisations[unit] for unit in rows if unit in own]


def _deciders(held: Mapping[Role, Sequence[Holder]], on: date) -> Share:
    steps = {
        step
        for row in held_matrix().on(on).values()
        for step in (*row.steps, *row.steps_again, *row.above_ceiling, *row.steps_form)
        if step != UNIT
    }
    return Share(tuple(ROLE_NAMES[Role(step)] for step in sorted(steps) if not held[Role(step)]), len(steps))


def _is_proof_late() -> bool:
    with connection.cursor() as cursor:
        return ask_plugged("proof", cursor.cursor).standing is not Health.OK


def _share(lacking: Sequence[OrganisationFacts], total: int) -> Share:
    return Share(tuple((one.name, one.name_en or one.name) for one in lacking), total)
