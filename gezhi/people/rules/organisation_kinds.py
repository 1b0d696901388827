"""Kinds of organisation (机构类别) and the levels of platform (一、二、三级平台)."""

from __future__ import annotations

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What sort of body it is. Supervision and command are separate powers."""

    GOVERNMENT = "government"
    SUPERVISION_CENTRE = "supervision-centre"
    COMMAND_CENTRE = "command-centre"
    DEPARTMENT = "department"
    STREET = "street"
    UTILITY = "utility"
    CONTRACTOR = "contractor"
    COLLECTION_COMPANY = "collection-company"


KIND_NAMES: dict[OrganisationKind, tuple[str, str]] = {
    OrganisationKind.GOVERNMENT: ("人民政府", "Government"),
    OrganisationKind.SUPERVISION_CENTRE: ("监督中心", "Supervision centre"),
    OrganisationKind.COMMAND_CENTRE: ("指挥中心", "Command centre"),
    OrganisationKind.DEPARTMENT: ("专业部门", "Department"),
    OrganisationKind.STREET: ("街道办事处", "Street office"),
    OrganisationKind.UTILITY: ("公用企业", "Utility company"),
    OrganisationKind.CONTRACTOR: ("养护单位", "Maintenance contractor"),
    OrganisationKind.COLLECTION_COMPANY: ("采集公司", "Collection company"),
}

# Bodies that answer for a whole region; all others answer for the work given to them.
REGIONAL_KINDS = frozenset(
    {OrganisationKind.GOVERNMENT, OrganisationKind.SUPERVISION_CENTRE, OrganisationKind.COMMAND_CENTRE}
)
HANDLING_KINDS = frozenset(OrganisationKind) - REGIONAL_KINDS - {OrganisationKind.COLLECTION_COMPANY}
"""处置单位: bodies that cases are dispatched to."""
