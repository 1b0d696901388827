"""交接班: who hands a desk over to whom and when, and who may ask, answer and accept.

A turn (班次) is the time in which some people sit at one desk; a hand-over belongs to the turn that ends. Times are epoch
seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem

DESKS = (Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER)
SEES_ALL_DESKS = frozenset({Role.DUTY_OFFICER, Role.SUPERVISOR, Role.LEADER, Role.ADMINISTRATOR})
EARLY_S = 3_600
"""From so long before the end of a turn it may be handed over, and the next one taken."""
GRACE_S = 1_800
"""So long after the end of a turn nobody says that it was left without a hand-over."""
LOOK_BACK_S = 12 * 3_600
"""So long after its end a turn may still be handed over late."""


class HandoverKind(StrEnum):
    SIGNED = "signed"
    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"


STATE_NAMES: dict[HandoverKind, tuple[str, str]] = {
    HandoverKind.SIGNED: ("待接班", "To be taken"),
    HandoverKind.ASKED: ("有提问", "Question asked"),
    HandoverKind.ANSWERED: ("已答复", "Answered"),
    HandoverKind.ACCEPTED: ("已接班", "Taken over"),
}
"""How a hand-over stands after its last entry."""


class Turn(msgspec.Struct, frozen=True, order=True):
    """班次 of a desk: from when until when, and whose."""

    starts_at: int
    ends_at: int
    people: tuple[int, ...]
    posts: tuple[int, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """One entry of a hand-over: a signature, a question, an answer."""

    seq: int
    kind: HandoverKind
    user_id: int
    post_id: int
    at: int
    text: str = ""


class Handover(msgspec.Struct, frozen=True):
    """交接班 of one turn, folded from its entries."""

    id: UUID
    organisation_id: int
    role: Role
    starts_at: int
    ends_at: int
    said: tuple[Said, ...]

    @property
    def last(self) -> Said:
        return self.said[-1]

    @property
    def signed(self) -> Said:
        return self.said[0]

    @property
    def accepted(self) -> Said | None:
        return next((one for one in self.said if one.kind is HandoverKind.ACCEPTED), None)

    @property
    def state(self) -> HandoverKind:
        """The last entry, or that it was accepted."""
        return HandoverKind.ACCEPTED if self.accepted is not None else self.last.kind

    @property
    def late(self) -> bool:
        return self.signed.at > self.ends_at + GRACE_S


class NoDesk(Problem):
    code = "desks.shift-handover.no-desk"
    status = 409
    title = "当前岗位不设席位班次，无需交接班；受理员、值班长、派遣员按班次交接。"
    title_en = "Your post has no desk on shifts; acceptors, duty officers and dispatchers hand over."


class NotOnShift(Problem):
    code = "desks.shift-handover.not-on-shift"
    status = 409
    title = "排班表中没有您可以交接的班次。请核对席位排班，或请当班人员办理。"
    title_en = "The shift table has no turn that you could hand over or take; check it, or ask who is on shift."


class TooEarly(Problem):
    code = "desks.shift-handover.too-early"
    status = 409
    title = "本班次到下班前一小时才能交班，请在 {minutes} 分钟后办理。"
    title_en = "A shift can be handed over in its last hour; try again in {minutes} minutes."


class AlreadyHandedOver(Problem):
    code = "desks.shift-handover.already"
    status = 409
    title = "本班次已由{name}交班，补充事项请在该交接单中以答复的方式写明。"
    title_en = "This shift was already handed over by {name}; add what is missing as an answer there."


class AlreadyAccepted(Problem):
    code = "desks.shift-handover.already-accepted"
    status = 409
    title = "该交接单已由{name}接班签字，不能再改动。"
    title_en = "This hand-over was already accepted by {name} and stands as it is."


class OwnHandover(Problem):
    code = "desks.shift-handover.own"
    status = 403
    title = "交班人不能自己接班，请由接班人员提问或签字。"
    title_en = "Who hands over does not accept it too; the next shift asks or signs."


class NotYours(Problem):
    code = "desks.shift-handover.not-yours"
    status = 403
    title = "只有该班次的交班人员可以答复提问。"
    title_en = "Only those of the shift that was handed over answer its questions."


class NothingAsked(Problem):
    code = "desks.shift-handover.nothing-asked"
    status = 409
    title = "接班人员没有提问，无需答复。"
    title_en = "Nobody has asked anything."


def turns_of(shifts: Sequence[tuple[int, int, int, int]]) -> tuple[Turn, ...]:
    """Rows (from, until, user, post) of one desk as turns: those that begin and end together sit together."""
    people_by_turn: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for starts, ends, user, post in sorted(shifts):
        people_by_turn.setdefault((starts, ends), []).append((user, post))
    return tuple(
        Turn(starts, ends, tuple(user for user, _ in people), tuple(post for _, post in people))
        for (starts, ends), people in sorted(people_by_turn.items())
    )


def sees_desks(actor: Actor) -> tuple[Role, ...]:
    """Whose hand-overs somebody reads: those of the own desk, or of all desks."""
    if actor.role in SEES_ALL_DESKS:
        return DESKS
    return (actor.role,) if actor.role in DESKS else ()


def find_turn_to_sign(turns: Sequence[Turn], user: int, handed: frozenset[int], now: int) -> Turn | None:
    """The turn that this person is to hand over: the one that they sit or sat last, if it was not handed over yet."""
    mine = [turn for turn in turns if user in turn.people and turn.starts_at <= now < turn.ends_at + LOOK_BACK_S]
    return next((turn for turn in mine if turn.starts_at not in handed), None)


def find_next_turn(turns: Sequence[Turn], turn: Turn) -> Turn | None:
    """Who comes on after a turn."""
    return next((one for one in turns if one.starts_at >= turn.ends_at), None)


def find_turn_to_take(turns: Sequence[Turn], user: int, now: int) -> Turn | None:
    """The turn in which this person takes the desk: the one they sit, or the one that soon begins."""
    return next(
        (one for one in turns if user in one.people and one.starts_at - EARLY_S <= now < one.ends_at),
        None,
    )


def check_sign(turn: Turn | None, now: int) -> Turn:
    """The turn that may be handed over now, or why not."""
    if turn is None:
        raise NotOnShift
    if now < turn.ends_at - EARLY_S:
        raise TooEarly(minutes=-(-(turn.ends_at - EARLY_S - now) // 60))
    return turn


def check_take(handover: Handover, taking: Turn | None, user: int, name_of: dict[int, str]) -> None:
    """May this person ask about, or accept, a hand-over? They sit the turn that comes after it."""
    if handover.accepted is not None:
        raise AlreadyAccepted(name=name_of.get(handover.accepted.user_id, ""))
    if handover.signed.user_id == user:
        raise OwnHandover
    if taking is None or taking.starts_at < handover.ends_at:
        raise NotOnShift


def check_answer(handover: Handover, turn: Turn | None, user: int) -> None:
    """May this person answer: they sat the turn, or signed it, and something was asked."""
    if user != handover.signed.user_id and (turn is None or user not in turn.people):
        raise NotYours
    if handover.accepted is not None or HandoverKind.ASKED not in {one.kind for one in handover.said}:
        raise NothingAsked


def is_takable(handover: Handover, taking: Turn | None, user: int) -> bool:
    """Whether `check_take` is silent."""
    open_to_all = handover.accepted is None and handover.signed.user_id != user
    return open_to_all and taking is not None and taking.starts_at >= handover.ends_at


def is_answerable(handover: Handover, turns: Sequence[Turn], user: int) -> bool:
    """Whether a question waits for this person's answer."""
    turn = next((one for one in turns if one.starts_at == handover.starts_at), None)
    sat = user == handover.signed.user_id or (turn is not None and user in turn.people)
    return sat and handover.state is HandoverKind.ASKED
