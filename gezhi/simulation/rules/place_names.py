"""地名: how people name a street. Generated streets have none, so those of the street offices around are borrowed."""

from __future__ import annotations

from collections.abc import Iterable

OFFICE_ENDINGS = ("街道办事处", "街道", "镇", "乡")
ROAD_ENDINGS = ("路", "街", "大道")
COMMUNITY_ENDINGS = ("社区居民委员会", "社区居委会", "社区村委会", "居民委员会", "村民委员会", "居委会", "村委会")


def road_name(office: str) -> str | None:
    """The road that an office is named after; None where it is named after something else."""
    name = _without(office, OFFICE_ENDINGS)
    return name if name.endswith(ROAD_ENDINGS) else None


def road_names(offices: Iterable[str]) -> list[str]:
    """The roads that these offices are named after."""
    return [name for office in offices if (name := road_name(office)) is not None]


def community_name(full: str) -> str:
    """碧沙岗社区居委会 → 碧沙岗社区."""
    short = _without(full, COMMUNITY_ENDINGS)
    return (
        short if short.endswith(("社区", "村")) or short == full else f"{short}社区" if "社区" in full else f"{short}村"
    )


def _without(name: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name
