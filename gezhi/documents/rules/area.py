"""适用区域: for which region a document holds, as significant digits; empty: the whole node."""

from __future__ import annotations

from collections.abc import Iterable

from gezhi.kernel.problems import Problem

LEVEL_DIGITS = (2, 4, 6, 9, 12, 15)


class OutsideArea(Problem):
    code = "documents.area.outside"
    status = 403
    title = "该文件的适用区域超出您岗位的管辖区域，请由上级单位办理。"
    title_en = "The document is for a wider area than your post answers for; the level above must do this."


def binds(area: str, regions: Iterable[str]) -> bool:
    """Whether a document for an area concerns a post of these regions: it lies in the area, or the area in it."""
    return not area or any(area.startswith(region) or region.startswith(area) for region in regions)


def check_within(area: str, regions: Iterable[str]) -> None:
    """Who writes or approves must answer for the whole area (管辖核对)."""
    if not any(area.startswith(region) for region in regions):
        raise OutsideArea(field="area")


def areas_above(regions: Iterable[str]) -> set[str]:
    """The areas that contain one of the regions (上级区域), the whole node among them."""
    return {""} | {region[:digits] for region in regions for digits in LEVEL_DIGITS if digits <= len(region)}
