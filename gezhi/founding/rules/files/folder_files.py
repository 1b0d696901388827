"""城市文件夹的文件: a table or a layer may come in several forms, of which a folder holds one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Layer, Sheet
from gezhi.kernel.problems import Problem

Content = bytes | Sheet | Layer | Problem
"""A file as it is, or what was read out of it, or why it could not be read."""
Files = Mapping[str, Content]
Contents = Mapping[str, Content | None]
"""The files of a city folder by the names that they have here; None where there is none."""

OTHER_FORMS: Final = {".csv": (".xlsx", ".xls"), ".geojson": (".gpkg", ".shp", ".zip")}


def forms_of(name: str) -> tuple[str, ...]:
    """The names that a file may have; its own first."""
    whole, dot, suffix = name.rpartition(".")
    return name, *(whole + form for form in OTHER_FORMS.get(dot + suffix, ()))


def find_form(name: str, files: Files, findings: Findings) -> Content | None:
    """What the folder holds as this file; findings call it by the name that it has there."""
    held = [one for one in forms_of(name) if one in files]
    for one in held[1:]:
        findings.add("file.twice", one, value=held[0])
    if not held:
        return None
    findings.names[name] = held[0]
    content = files[held[0]]
    if isinstance(content, Problem):
        findings.add("file.unreadable", name, zh=content.text("zh").rstrip("。"), en=content.text("en").rstrip("."))
    return content
