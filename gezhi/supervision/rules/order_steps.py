"""督办办理: an order is replied to by its unit, returned or accepted, raised to the next level, lifted."""

from __future__ import annotations

from gezhi.kernel.deeds import Deed
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.supervision.rules.order_rights import is_addressed, is_named, may_lift
from gezhi.supervision.rules.orders import HIGHEST, Addressed, Order, OrderState
from gezhi.supervision.rules.own_unit import check_not_own
from gezhi.supervision.rules.terms import check_due

MOST_PICTURES = 9


class BadLevel(Problem):
    code = "supervision.orders.bad-level"
    status = 422
    title = "督办级别应为一级、二级或三级，请重新选择。"
    title_en = "A supervision order has level 1, 2 or 3; choose again."


class UnitGone(Problem):
    code = "supervision.orders.unit-gone"
    status = 422
    title = "“{unit}”已撤销或停用，不能向它督办；请先把案件改派给现有单位。"
    title_en = "“{unit}” no longer exists: dispatch the case to a unit in force first, then order."


class UnitHasNoPart(Problem):
    code = "supervision.orders.unit-has-no-part"
    status = 422
    title = "“{unit}”没有承办本案，督办单应下达给承办单位。"
    title_en = "“{unit}” holds no part in this case; the order goes to a unit that does."


class CaseEnded(Problem):
    code = "supervision.orders.case-ended"
    status = 409
    title = "案件已经办结，不能再督办；确有问题的请先重新处置。"
    title_en = "The case has ended and cannot be supervised; reopen it first if something is wrong."


class OrderLifted(Problem):
    code = "supervision.orders.lifted"
    status = 409
    title = "这张督办单已经解除，不必再办理。"
    title_en = "This order has been lifted; nothing more is to be done."


class NotYourOrder(Problem):
    code = "supervision.orders.not-yours"
    status = 403
    title = "这张督办单没有下达给您，应由督办单上写明的人员答复。"
    title_en = "This order was not given to you; the people whom it names reply."


class AddressedToYou(Problem):
    code = "supervision.orders.addressed-to-you"
    status = 403
    title = "这张督办单督办的是您本人，应由下达人或其他领导办理。"
    title_en = "This order is addressed to you; whoever gave it, or another leader, deals with it."


class AnsweredAlready(Problem):
    code = "supervision.orders.answered-already"
    status = 409
    title = "已经答复，请等待督办人审核；退回重报后可以再次答复。"
    title_en = "The reply has been given; it can be given again once it was returned."


class NotAnswered(Problem):
    code = "supervision.orders.not-answered"
    status = 409
    title = "还没有待审核的答复。"
    title_en = "There is no reply to decide on."


class HighestAlready(Problem):
    code = "supervision.orders.highest-already"
    status = 409
    title = "已是三级督办，不能再升级。"
    title_en = "The order is at the highest level already."


class NotTheOrderer(Problem):
    code = "supervision.orders.not-the-orderer"
    status = 403
    title = "督办应由下达人解除，或由其他领导解除（领导下达的，由市级领导解除）；案件结案后自动解除。"
    title_en = (
        "Whoever gave the order lifts it, or another leader (of the city where a leader gave it); it lifts by itself "
        "when the case closes."
    )


class TooManyPictures(Problem):
    code = "supervision.orders.too-many-pictures"
    status = 422
    title = "一次最多上传 {most} 张照片。"
    title_en = "At most {most} pictures at a time."


class PictureUnknown(Problem):
    code = "supervision.orders.picture-unknown"
    status = 422
    title = "照片尚未上传成功，请重新上传后再提交。"
    title_en = "A picture has not been uploaded; upload it again, then send."


def check_level(level: int) -> int:
    if not 1 <= level <= HIGHEST:
        raise BadLevel(field="level")
    return level


def _check_standing(order: Order) -> None:
    if order.state is OrderState.LIFTED:
        raise OrderLifted


def _check_not_concerned(order: Order, actor: Actor) -> None:
    check_not_own(order.unit_id, actor)
    if is_named(order, actor):
        raise AddressedToYou


def decide_reply(order: Order, actor: Actor, text: str, pictures: tuple[str, ...], *, now: int) -> Deed:
    """答复督办: only by the people whom the order names; late is allowed and counted."""
    _check_standing(order)
    if not is_addressed(order, actor):
        raise NotYourOrder
    if order.state is OrderState.ANSWERED:
        raise AnsweredAlready
    if len(pictures) > MOST_PICTURES:
        raise TooManyPictures(field="pictures", most=MOST_PICTURES)
    words = require_words("text", text)
    return Deed(
        "replied",
        words,
        {
            "state": OrderState.ANSWERED,
            "answered_at": now,
            "answer": words,
            "late": order.late or now > order.due_at,
            "next_at": None,
        },
        pictures,
    )


def decide_accept(order: Order, actor: Actor, text: str, *, now: int) -> Deed:
    """认可答复: the order stands until the case closes or somebody lifts it."""
    _check_not_concerned(order, actor)
    _check_answer(order)
    return Deed("accepted", text.strip(), {"accepted_at": now, "next_at": None})


def decide_return(order: Order, actor: Actor, reason: str, due: int, *, now: int) -> Deed:
    """退回重报."""
    _check_not_concerned(order, actor)
    _check_answer(order)
    changes = _awaiting(OrderState.RETURNED, check_due(due, now))
    return Deed("returned", require_words("reason", reason), {**changes, "returned": order.returned + 1})


def _check_answer(order: Order) -> None:
    _check_standing(order)
    if order.state is not OrderState.ANSWERED or order.accepted_at is not None:
        raise NotAnswered


def decide_further(order: Order, actor: Actor, requirement: str, due: int, *, now: int) -> Deed:
    """追加要求: more is demanded, by a new date."""
    _check_standing(order)
    _check_not_concerned(order, actor)
    words = require_words("requirement", requirement)
    changes = _awaiting(OrderState.OPEN, check_due(due, now))
    return Deed("further_ordered", words, {**changes, "requirement": words})


def decide_escalate(order: Order, actor: Actor, to: Addressed, reason: str) -> Deed:
    """升级督办: the next addressee, and a new date for the reply."""
    _check_standing(order)
    _check_not_concerned(order, actor)
    if order.level >= HIGHEST:
        raise HighestAlready
    words = require_words("reason", reason)
    return Deed("escalated", words, {**_addressing(to), "escalated": order.escalated + 1})


def decide_miss(order: Order) -> Deed:
    """逾期未答复: put on record once for each deadline."""
    return Deed("reply_missed", "", {"missed": order.missed + 1, "late": True, "next_at": None})


def decide_hand_on(unit_id: int, to: Addressed) -> Deed:
    """转交: the order follows the case to the unit that has it now."""
    return Deed("handed_on", "", {**_addressing(to), "unit_id": unit_id})


def decide_remind(order: Order, text: str) -> Deed:
    """催办."""
    _check_standing(order)
    return Deed("reminded", require_words("text", text))


def decide_lift(order: Order, actor: Actor, reason: str, *, now: int) -> Deed:
    """解除督办: by whoever may lift it, and never by whom it supervises."""
    _check_standing(order)
    _check_not_concerned(order, actor)
    if not may_lift(order, actor):
        raise NotTheOrderer
    words = require_words("reason", reason)
    lifted = {"state": OrderState.LIFTED, "lifted_at": now, "lifted_by": actor.user_id, "next_at": None}
    return Deed("lifted", words, lifted)


def _addressing(to: Addressed) -> dict[str, object]:
    return {
        **_awaiting(OrderState.OPEN, to.due),
        "level": to.level,
        "addressee": to.addressee,
        "addressees": to.users,
    }


def _awaiting(state: OrderState, due: int) -> dict[str, object]:
    return {"state": state, "due_at": due, "next_at": due, "accepted_at": None}
