"""机构人员编制: the templates of a city opened out over its counties and streets into bodies, posts and people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from gezhi.regions.rules.divisions import Division
from gezhi.regions.rules.levels import Level
from gezhi.simulation.rules.city_plan import City, OrganisationTemplate, PostTemplate

HANDLING_KINDS = frozenset({"department", "street", "utility", "contractor"})
MACHINE = "channel"
TWO_CHARACTERS = 0.16
"""Of names: 姓 and a 名 of one character."""


class Area(msgspec.Struct, frozen=True):
    """A region with its name: the city, a county or a street."""

    code: str
    name: str


class PlannedOrganisation(msgspec.Struct, frozen=True):
    """机构: `code` is the region's code and the template's key, which stays readable in exports."""

    code: str
    name: str
    name_en: str
    kind: str
    platform_level: int
    parent_code: str
    region_code: str
    each: str
    key: str


class PlannedPost(msgspec.Struct, frozen=True):
    code: str
    organisation_code: str
    role: str
    title: str
    title_en: str
    region_codes: tuple[str, ...] = ()
    shifts: str = ""


class PlannedUser(msgspec.Struct, frozen=True):
    """用户: one person in one post; `team` is the shift team."""

    username: str
    display_name: str
    post_code: str
    team: int = 0


class Staffing(msgspec.Struct, frozen=True):
    """All bodies, posts and people of a city, parents before children."""

    organisations: tuple[PlannedOrganisation, ...]
    posts: tuple[PlannedPost, ...]
    users: tuple[PlannedUser, ...]


def areas_of(city: City, divisions: Sequence[Division]) -> dict[str, list[Area]]:
    """The counties of a city and their streets, by the words `county` and `street`."""
    names = {one.code: one.name for one in divisions}
    streets = (one for one in divisions if one.level is Level.STREET and one.within in city.counties)
    return {
        "county": [Area(code, names[code]) for code in city.counties],
        "street": sorted((Area(one.code, one.name) for one in streets), key=lambda area: area.code),
    }


def plan_staffing(
    city: City, areas: Mapping[str, Sequence[Area]], names: Mapping[str, str], *, rng: np.random.Generator
) -> Staffing:
    """`areas` holds the counties and streets in force, by the words `county` and `street`."""
    every = {"city": [Area(city.code, city.name)], **areas}
    organisations = tuple(_organisations(city, every))
    posts: list[PlannedPost] = []
    people: list[tuple[PlannedPost, int]] = []
    for post, count in _posts(city, organisations, areas["street"]):
        posts.append(post)
        people.append((post, count))
    display = iter(draw_names(names, sum(count for _, count in people), rng=rng))
    users = tuple(_users(people, display))
    return Staffing(organisations, tuple(posts), users)


def organisation_code(region: str, key: str) -> str:
    return f"{region}-{key}"


def _organisations(city: City, areas: Mapping[str, Sequence[Area]]) -> Iterator[PlannedOrganisation]:
    known: set[str] = set()
    for template in city.organisations:
        for area in areas[template.each]:
            plan = _organisation(city, template, area, areas, known)
            known.add(plan.code)
            yield plan


def _organisation(
    city: City,
    template: OrganisationTemplate,
    area: Area,
    areas: Mapping[str, Sequence[Area]],
    known: set[str],
) -> PlannedOrganisation:
    county = area.code[:6]
    words = {
        "county": next((each.name for each in areas["county"] if each.code == county), ""),
        "county_en": city.counties_en.get(county, county),
        "street": area.name,
    }
    return PlannedOrganisation(
        code=organisation_code(area.code, template.key),
        name=template.name.format_map(words),
        name_en=template.name_en.format_map(words),
        kind=template.kind,
        platform_level=template.level,
        parent_code=_parent(template, area, city.code, known),
        region_code=area.code,
        each=template.each,
        key=template.key,
    )


def _parent(template: OrganisationTemplate, area: Area, city_code: str, known: set[str]) -> str:
    """The body of that key in the same region, else in the county, else in the city."""
    if not template.parent:
        return ""
    for region in (area.code, area.code[:6], city_code):
        code = organisation_code(region, template.parent)
        if code in known:
            return code
    raise KeyError(template.parent)


def _posts(
    city: City, organisations: Sequence[PlannedOrganisation], streets: Sequence[Area]
) -> Iterator[tuple[PlannedPost, int]]:
    for body in organisations:
        for template in city.posts:
            if template.each == body.each and _is_meant(template, body):
                yield _post(template, body), template.people
    for walk in city.collection:
        company = organisation_code(city.code, walk.organisation)
        for street in streets:
            if street.code.startswith(walk.county):
                code, title, title_en = f"{company}-{street.code}", f"{street.name}采集员", f"Collector {street.code}"
                yield (
                    PlannedPost(code, company, "collector", title, title_en, (street.code,)),
                    walk.collectors_per_street,
                )


def _is_meant(template: PostTemplate, body: PlannedOrganisation) -> bool:
    if template.area and body.region_code[:6] not in template.area.split():
        return False
    return template.organisation == body.key or (template.organisation == "*" and body.kind in HANDLING_KINDS)


def _post(template: PostTemplate, body: PlannedOrganisation) -> PlannedPost:
    code = f"{body.code}-{template.role}"
    return PlannedPost(code, body.code, template.role, template.title, template.title_en, shifts=template.shifts)


def _users(people: Sequence[tuple[PlannedPost, int]], names: Iterator[str]) -> Iterator[PlannedUser]:
    """Usernames are the role and a number: easy to read out on the telephone."""
    counters: dict[str, int] = {}
    for post, count in people:
        for team in range(count):
            number = counters[post.role] = counters.get(post.role, 0) + 1
            username = f"{post.role}{number}"
            yield PlannedUser(username, post.title if post.role == MACHINE else next(names), post.code, team)


def draw_names(lists: Mapping[str, str], count: int, *, rng: np.random.Generator) -> list[str]:
    """人名: so many for invented people, from frequent surnames and given names, none twice while the lists last."""
    names: dict[str, None] = {}
    surnames = lists["surnames"]
    weights = 1.0 / (np.arange(len(surnames)) + 8.0)
    weights /= weights.sum()
    while len(names) < count:
        drawn = (count - len(names)) * 2
        families = rng.choice(len(surnames), drawn, p=weights)
        short = rng.random(drawn) < TWO_CHARACTERS
        firsts, seconds, singles = (rng.integers(0, len(lists[key]), drawn) for key in ("first", "second", "single"))
        for at in range(drawn):
            given = lists["single"][singles[at]] if short[at] else _given(lists, int(firsts[at]), int(seconds[at]))
            names[surnames[families[at]] + given] = None
    return list(names)[:count]


def _given(lists: Mapping[str, str], first: int, second: int) -> str:
    return lists["first"][first] + lists["second"][second]
