"""督办登记簿: the registers of supervision with their events."""

from __future__ import annotations

from uuid import UUID

from gezhi.plumbing.register_rows import Book, Register, list_deeds
from gezhi.supervision.models import AccountabilityEntry, Event, MajorCase, Meeting, Order, Settlement
from gezhi.supervision.rules import accountability, major_register, meetings, orders, ownerless

BOOK = Book(
    Event.objects,
    "supervision_event",
    {
        orders.Order: Register(Order.objects, "order", "supervision_order"),
        accountability.AccountabilityRecord: Register(
            AccountabilityEntry.objects, "entry", "supervision_accountability"
        ),
        major_register.MajorCase: Register(MajorCase.objects, "major", "supervision_major"),
        meetings.Meeting: Register(Meeting.objects, "meeting", "supervision_meeting"),
        ownerless.Settlement: Register(Settlement.objects, "settlement", "supervision_settlement"),
    },
)


def list_events(subject_id: UUID) -> list[Event]:
    return list_deeds(BOOK, subject_id)
