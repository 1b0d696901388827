"""重点清单的样子: a key list as it goes out."""

from __future__ import annotations

from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.shapes import LimitOut
from gezhi.cases.shapes.presenter import Presenter
from gezhi.people.rules.directory import is_valid
from gezhi.plumbing.shapes import WordOut
from gezhi.supervision.models import KeyList
from gezhi.supervision.shapes.schemas import KeyListOut


def key_list_out(row: KeyList, orders: int, presenter: Presenter) -> KeyListOut:
    return KeyListOut(
        id=row.id,
        title=row.title,
        classes=[_class(key, presenter) for key in row.classes],
        regions=[WordOut(key=code, zh=presenter.names.get(code, code), en=code) for code in row.regions],
        case_nos=row.case_nos,
        begins=row.begins,
        level=row.level,
        requirement=row.requirement,
        reply=LimitOut(value=row.reply_value, unit=Unit(row.reply_unit)),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        in_force=row.ended_at is None and is_valid(row.valid_from, row.valid_to, day_of(presenter.now)),
        orders=orders,
        made_at=row.made_at,
        made_by=presenter.person(row.made_by),
        ended_at=row.ended_at,
        ended_by=presenter.maybe_person(row.ended_by),
        ended_because=row.ended_because,
    )


def _class(key: str, presenter: Presenter) -> WordOut:
    """A class, or the major class that begins so."""
    class_ = presenter.class_(key)
    if class_ is not None:
        return WordOut(key=key, zh=class_.name.zh, en=class_.name.en)
    below = next((entry for entry in presenter.registers.catalog.classes.values() if entry.key.startswith(key)), None)
    zh = below.major_name if below is not None else key
    return WordOut(key=key, zh=zh, en=(below.major_name_en or zh) if below is not None else key)
