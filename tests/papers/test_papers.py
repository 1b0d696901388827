"""Printed orders and case files: complete, in scope, masked, and tied to the log by a digest."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.entries import Charge, Result
from gezhi.cases.rules.stages import Status
from gezhi.cases.shapes.presenter import Presenter
from gezhi.cases.shapes.standards import row_out
from gezhi.kernel.permissions import Actor, Role
from gezhi.papers.shapes import say_charge
from gezhi.plumbing.clock import system_clock
from tests.cases.city import SALT, City
from tests.cases.test_api import Browser, refused
from tests.fixtures import FixedClock, StatementCount

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return City(FixedClock(system_clock() - 7_200))


def browser(actor: Actor) -> Browser:
    return Browser().sign_in(actor)


def words(response: object) -> str:
    """All text of a PDF without its spaces and line breaks."""
    assert response.status_code == 200, response.content  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/pdf"  # type: ignore[attr-defined]
    reader = PdfReader(io.BytesIO(response.content))  # type: ignore[attr-defined]
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def called(city: City) -> commands.Report:
    """A citizen's call that needs no verification."""
    return city.call(pictures=(city.picture(),))


def leading(city: City, case_id: UUID) -> Actor:
    part = city.state(case_id).leading
    assert part is not None
    return city.handler_of(part.unit)


def fail(city: City, case_id: UUID, text: str = "") -> Actor:
    """The collector who has the task finds that nothing is met."""
    state = city.state(case_id)
    assert state.open_task is not None
    failing = tuple(Result(code, passed=False) for code in state.subject.closing)
    collector = next(one for one in city.people(Role.COLLECTOR) if one.user_id == state.open_task.collector)
    city.do(case_id, commands.CompleteInspection(results=failing, text=text, **city.seen(state)), collector)
    return collector


def digest_of(case_id: UUID, seq: int) -> str:
    from gezhi.cases.models import LogEntry

    return bytes(LogEntry.objects.get(case_id=case_id, seq=seq).hash).hex()


def test_an_order_says_where_what_by_when_and_what_counts_as_done(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING, address="鹭桥路口 #panic() *粗*")
    handler, state = leading(now_city, case_id), now_city.state(case_id)
    told = words(browser(handler).call("GET", f"/cases/{case_id}/order.pdf"))
    from gezhi.cases.rules.clocks.clock import ClockKind
    from gezhi.papers.shapes import say_moment

    clock = state.clock(ClockKind.HANDLING)
    assert clock is not None
    assert "城市管理任务派遣单" in told
    assert f"派遣单号{state.no}-1" in told
    assert "鹭桥路口#panic()*粗*" in told
    assert state.place.area in told
    assert say_moment(clock.due).replace(" ", "") in told
    assert "签收人" in told
    assert f"打印时案件日志至第{state.seq}条" in told
    assert digest_of(case_id, state.seq)[:16] in told


def test_what_cannot_be_printed_is_named_with_the_field_in_which_it_stands(now_city: City) -> None:
    acceptor = now_city.actor(Role.ACCEPTOR)
    sender = Sender(salt=SALT, name="𬭎·𠮷", description="垃圾😡👍🚮，找𠮷家和" + "long" * 60)
    case_id = now_city.lead(now_city.begin(called(now_city), acceptor, sender=sender), Status.DISPATCHED)
    file = words(browser(acceptor).call("GET", f"/cases/{case_id}/case-file.pdf"))
    assert "𬭎·〔U+20BB7〕" in file
    assert "垃圾😡👍🚮，找〔U+20BB7〕家和" in file
    assert "打印字库缺少下列文字，文中以编码代替：U+20BB7（问题描述、上报人）。" in file
    assert "long" * 60 in file.replace("\u200b", "")
    order = words(browser(leading(now_city, case_id)).call("GET", f"/cases/{case_id}/order.pdf"))
    assert "打印字库缺少下列文字，文中以编码代替：U+20BB7（问题描述）。" in order
    assert "打印字库" not in words(browser(acceptor).call("GET", f"/cases/{now_city.at(Status.CLOSED)}/case-file.pdf"))


def test_an_order_of_a_later_round_says_why_the_inspection_failed_and_shows_what_was_found(now_city: City) -> None:
    case_id = now_city.at(Status.INSPECTING)
    collector = fail(now_city, case_id, text="墙角还有两袋垃圾")
    now_city.lead(case_id, Status.DISPATCHED)
    state = now_city.state(case_id)
    told = words(browser(leading(now_city, case_id)).call("GET", f"/cases/{case_id}/order.pdf"))
    conditions = row_out(state.subject, Presenter(collector, now=now_city.clock())).closing
    assert "第2轮处置" in told
    assert "返工缘由第1轮核查未通过" in told
    assert f"未达到：{'；'.join(one.zh for one in conditions)}".replace(" ", "") in told
    assert told.count("墙角还有两袋垃圾") == 1
    name = held_registers().directory.users[collector.user_id].name
    assert told.count("第1轮处置前") == len(state.before)
    assert told.count("第1轮核查") == 2  # the reason and the caption of the picture
    assert name in told


def test_an_order_of_a_reopened_case_says_why_it_was_reopened(now_city: City) -> None:
    case_id = now_city.at(Status.CLOSED)
    now_city.do(
        case_id, commands.Reopen(reason="回访反映又堆满了", reason_code="other"), now_city.actor(Role.DUTY_OFFICER)
    )
    now_city.lead(case_id, Status.DISPATCHED)
    told = words(browser(leading(now_city, case_id)).call("GET", f"/cases/{case_id}/order.pdf"))
    assert "返工缘由第1轮结案后重新处置" in told
    assert "回访反映又堆满了" in told


def test_an_order_hides_who_reported(now_city: City) -> None:
    case_id = now_city.lead(now_city.begin(called(now_city), now_city.actor(Role.ACCEPTOR)), Status.DISPATCHED)
    told = words(browser(leading(now_city, case_id)).call("GET", f"/cases/{case_id}/order.pdf"))
    assert "路边有一堆垃圾" in told
    assert "王小明" not in told
    assert "13800001234" not in told


def test_a_case_that_nobody_has_in_hand_has_no_order(now_city: City) -> None:
    case_id = now_city.at(Status.ACCEPTED)
    answer = browser(now_city.actor(Role.DISPATCHER)).call("GET", f"/cases/{case_id}/order.pdf")
    assert refused(answer) == (409, "papers.order.no-part")


def test_several_orders_come_in_one_file_in_the_order_asked(now_city: City) -> None:
    first, second = (now_city.at(Status.HANDLING, address=address) for address in ("东门一号", "西门二号"))
    told = words(browser(now_city.actor(Role.DISPATCHER)).send("/cases/orders.pdf", {"ids": [second, first, second]}))
    assert told.count("城市管理任务派遣单") == 2
    assert told.index("西门二号") < told.index("东门一号")


def test_orders_of_many_cases_take_no_more_statements_than_one(now_city: City, statement_count: StatementCount) -> None:
    ids = [now_city.at(Status.HANDLING) for _ in range(3)]
    seat = browser(now_city.actor(Role.DISPATCHER))
    seat.send("/cases/orders.pdf", {"ids": ids})
    counts = []
    for some in (ids[:1], ids):
        with statement_count() as counted:
            seat.send("/cases/orders.pdf", {"ids": some})
        counts.append(counted.total)
    assert counts[0] == counts[1]


def test_more_than_fifty_orders_at_once_are_refused(now_city: City) -> None:
    ids = [now_city.ids() for _ in range(51)]
    answer = browser(now_city.actor(Role.DISPATCHER)).send("/cases/orders.pdf", {"ids": ids})
    assert refused(answer) == (422, "plumbing.input.invalid")


def test_what_lies_outside_the_scope_is_not_printed(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    mine = leading(now_city, case_id).organisation_id
    other = next(one for one in now_city.people(Role.HANDLER) if one.organisation_id != mine)
    outsider = browser(other)
    for path in ("order.pdf", "case-file.pdf", "digests/1"):
        assert refused(outsider.call("GET", f"/cases/{case_id}/{path}")) == (404, "kernel.not-found")
    assert refused(outsider.send("/cases/orders.pdf", {"ids": [case_id]})) == (404, "kernel.not-found")


def test_a_case_file_tells_the_whole_story_and_its_digest_is_that_of_the_log(now_city: City) -> None:
    case_id = now_city.at(Status.DISPATCHED)
    handler = leading(now_city, case_id)
    now_city.do(
        case_id, AskSendBack(reason="不属于本单位职责", reason_code="other", pictures=(now_city.picture(),)), handler
    )
    pending = now_city.state(case_id).pending
    assert pending is not None
    decider = now_city.actor(Role(pending.deciding or ""))
    now_city.do(case_id, DecideApplication(granted=False, reason="属于贵单位"), decider)
    now_city.lead(case_id, Status.INSPECTING)
    fail(now_city, case_id)
    now_city.lead(case_id, Status.CLOSED)
    state = now_city.state(case_id)
    told = words(browser(now_city.actor(Role.SUPERVISOR)).call("GET", f"/cases/{case_id}/case-file.pdf"))
    for said in (
        "正常结案",
        f"依据：{next(one.step.basis for one in list_entries(case_id) if one.step.basis)}".replace(" ", ""),
        "不属于本单位职责",
        "属于贵单位",
        "不同意",
        "核查未通过，返工",
        "主办，第2轮",
        "第1轮核查",
        "第2轮处置后",
        "不符合",
        "核查通过",
    ):
        assert said in told, said
    assert digest_of(case_id, state.seq) in told
    asked = browser(now_city.actor(Role.SUPERVISOR)).call("GET", f"/cases/{case_id}/digests/{state.seq}").json()
    assert (asked["seq"], asked["digest"]) == (state.seq, digest_of(case_id, state.seq))


def test_a_charge_is_told_with_body_post_and_person_as_far_as_they_are_known(now_city: City) -> None:
    officer = now_city.actor(Role.DUTY_OFFICER)
    presenter = Presenter(officer, now=now_city.clock())
    centre = presenter.unit(officer.organisation_id).name
    whole = Charge(ClockKind.REGISTRATION, officer.organisation_id, Role.DUTY_OFFICER, officer.user_id)
    assert say_charge(whole, presenter) == f"立案超时，计入：{centre} 值班长 {officer.name}"
    assert say_charge(Charge(ClockKind.HANDLING, officer.organisation_id), presenter) == f"处置超时，计入：{centre}"
    assert say_charge(Charge(ClockKind.HANDLING), presenter) == "处置超时，计入：无"


def test_an_entry_that_the_log_does_not_have_has_no_digest(now_city: City) -> None:
    case_id = now_city.begin()
    answer = browser(now_city.actor(Role.ACCEPTOR)).call("GET", f"/cases/{case_id}/digests/99")
    assert refused(answer) == (404, "kernel.not-found")


def test_a_case_file_masks_the_sender_unless_the_post_may_know(now_city: City) -> None:
    case_id = now_city.lead(now_city.begin(called(now_city), now_city.actor(Role.ACCEPTOR)), Status.DISPATCHED)
    masked = words(browser(leading(now_city, case_id)).call("GET", f"/cases/{case_id}/case-file.pdf"))
    known = words(browser(now_city.actor(Role.ACCEPTOR)).call("GET", f"/cases/{case_id}/case-file.pdf"))
    assert "王小明" not in masked
    assert "王**138******34" in masked
    assert "王小明13800001234" in known


def test_supervision_and_its_answer_stand_in_the_file(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    order = str(now_city.ids())
    due = now_city.clock() + 86_400
    supervise = commands.Supervise(order=order, level=1, text="限期整改", due=due)
    now_city.do(case_id, supervise, now_city.actor(Role.SUPERVISOR))
    told = words(browser(leading(now_city, case_id)).call("GET", f"/cases/{case_id}/case-file.pdf"))
    assert told.count("限期整改") == 2  # in the register of orders and in the story


def test_papers_are_printed_while_one_waits(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    seat = browser(leading(now_city, case_id))
    seat.call("GET", f"/cases/{case_id}/order.pdf")
    begun = time.process_time()
    seat.call("GET", f"/cases/{case_id}/order.pdf")
    seat.call("GET", f"/cases/{case_id}/case-file.pdf")
    assert time.process_time() - begun < 3
