"""Telling on a real database: a case's own way through the city, its readers and its texts."""

from __future__ import annotations

from uuid import UUID

import pytest

from gezhi.calendars.actions import enter_year
from gezhi.cases.models import SentReport
from gezhi.cases.queries.case_page import list_entries
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.notices.actions import erase_messages
from gezhi.notices.models import Message, Notice
from gezhi.people.queries import as_datetime
from gezhi.plumbing import outbox
from gezhi.plumbing.models import AnnouncedEvent
from gezhi.telling.actions import READ_AFTER_S, SENT_AFTER_S, Told, tell_entries, tell_of_missing_year, tell_since
from tests.calendars.invented import at
from tests.calendars.notice import notice
from tests.cases.city import LITTER, LITTER_ROW, ROAD, ROAD_ROW, SALT, City
from tests.fixtures import StatementCount

YES = DecideApplication(granted=True, reason="情况属实")


def relay_all() -> None:
    while outbox.relay():
        pass


def told_to(user: int) -> list[str]:
    return list(Notice.objects.filter(user_id=user).order_by("created_at", "id").values_list("title_zh", flat=True))


def readers_of(case_id: UUID, kind: str) -> set[int]:
    return set(Notice.objects.filter(subject_id=case_id, kind=kind).values_list("user_id", flat=True))


def texts() -> list[str]:
    return list(Message.objects.order_by("created_at", "id").values_list("text", flat=True))


def called(city: City) -> UUID:
    """A citizen's report with a picture, taken by an acceptor."""
    sent = city.call(class_key=LITTER, row_key=LITTER_ROW, pictures=(city.picture(),))
    return city.begin(sent, city.actor(Role.ACCEPTOR))


def test_a_dispatch_rings_with_the_people_of_the_unit_and_with_nobody_else(city: City) -> None:
    case_id = city.at(Status.DISPATCHED)
    relay_all()
    unit = city.state(case_id).assignments[0].unit
    own = {man.user_id for man in city.people(Role.HANDLER) if man.organisation_id == unit}
    assert own
    assert readers_of(case_id, "dispatched") == own
    notice = Notice.objects.filter(subject_id=case_id, kind="dispatched")[0]
    assert (notice.subject_kind, notice.case_no) == ("case", city.state(case_id).no)
    assert notice.text_zh.split(" · ")[1:] == ["鹭桥路口", "2026年3月2日11:03 前"]
    assert AnnouncedEvent.objects.filter(is_done=False).count() == 0


def test_heard_twice_nobody_is_told_twice(city: City) -> None:
    case_id = city.lead(called(city), Status.HANDLING)
    seqs = [entry.seq for entry in list_entries(case_id)]
    first = tell_entries(case_id, *seqs, ids=city.ids)
    assert first.notices > 0
    assert first.messages == 3
    assert tell_entries(case_id, *seqs, ids=city.ids) == Told(0, 0)
    relay_all()
    assert Message.objects.count() == 3


def test_a_citizen_hears_every_decisive_step_up_to_the_answer(city: City) -> None:
    case_id = city.lead(called(city), Status.CLOSED)
    relay_all()
    no = city.state(case_id).no
    received, accepted, dispatched, closed = texts()
    assert received == f"您反映的问题我们收到了，编号 {no}，会尽快核实处理，结果会告诉您。"
    assert accepted == f"您反映的问题（{no}）已经受理，正在安排单位处理。"
    assert dispatched.startswith(f"您反映的问题（{no}）已派给")
    assert dispatched.endswith("，最迟2026年3月2日11:03处理。")
    assert closed == f"您反映的问题（{no}）已办结：已清理，感谢您的反映。"
    message = Message.objects.order_by("created_at")[0]
    assert (message.phone, message.state, message.area_code) == ("13800001234", "waiting", city.spot().code)
    assert str(message.recipient_id) == city.state(case_id).reports[0].id


def test_what_is_told_late_is_told_as_it_stood_then(city: City) -> None:
    """The relay was away while the case went on: the dispatch is told with the unit of that time."""
    case_id = city.lead(called(city), Status.DISPATCHED)
    first = city.state(case_id).assignments[0].unit
    city.do(case_id, commands.Recall(reason="派错了"), city.actor(Role.DISPATCHER))
    other = next(man.organisation_id for man in city.people(Role.HANDLER) if man.organisation_id != first)
    city.do(case_id, commands.Dispatch(unit_id=other, reason="改派"), city.actor(Role.DISPATCHER))
    relay_all()
    directory = {
        man.organisation_id for man in city.people(Role.HANDLER) if man.user_id in readers_of(case_id, "dispatched")
    }
    assert directory == {first, other}
    assert "重新派给" not in texts()[-2]
    assert "重新派给" in texts()[-1]


def test_who_asked_for_no_answer_or_was_erased_gets_no_text(city: City) -> None:
    from gezhi.cases.rules.commands import Sender

    silent = Sender(salt=SALT, description="有垃圾", name="李四", phone="13900001111", wants_answer=False)
    city.begin(city.call(), city.actor(Role.ACCEPTOR), sender=silent)
    relay_all()
    assert texts() == []
    case_id = called(city)
    SentReport.objects.filter(case_id=case_id).update(erased_at=as_datetime(city.clock()))
    relay_all()
    assert texts() == []


def test_seats_hear_only_in_the_centre_that_answers_for_the_place(city: City) -> None:
    case_id = city.at(Status.HANDLING, class_key=ROAD, row_key=ROAD_ROW)
    _, handler = city.next_move(case_id)
    city.do(case_id, AskExtension(reason="管线复杂", reason_code="other", value=1, pictures=(city.picture(),)), handler)
    pending = city.state(case_id).pending
    assert pending is not None
    relay_all()
    asked = readers_of(case_id, "extension_asked")
    deciders = {one.user_id for one in city.people(Role(pending.deciding or ""))}
    assert asked
    assert asked <= deciders
    for user in asked:
        assert told_to(user)[-1] == "延期申请待您审批"


def test_unread_reminders_of_a_case_stand_as_one_and_those_that_were_read_stay(city: City) -> None:
    case_id, other = city.at(Status.HANDLING), city.at(Status.HANDLING)
    handler = city.next_move(case_id)[1].user_id

    def remind(about: UUID, words: str) -> list[str]:
        city.clock.advance(7_200)
        city.do(about, commands.Remind(text=words), city.actor(Role.SUPERVISOR))
        relay_all()
        notices = Notice.objects.filter(user_id=handler, kind="reminded").order_by("created_at")
        return [one.text_zh.rpartition("：")[2] for one in notices]

    assert [len(remind(case_id, words)) for words in ("第一次", "第二次")] == [1, 1]
    Notice.objects.filter(user_id=handler).update(read_at=as_datetime(city.clock()))
    assert len(remind(case_id, "第三次")) == 2
    left = remind(case_id, "第四次")
    assert (len(left), "第二次" in left[0], "第四次" in left[1]) == (2, True, True)
    assert len(remind(other, "另一件")) == 3


def test_who_acts_hears_nothing_of_the_own_act(city: City) -> None:
    case_id, dispatcher = city.at(Status.HANDLED), city.actor(Role.DISPATCHER)
    city.do(case_id, commands.Remind(text="请尽快复核"), dispatcher)
    relay_all()
    assert dispatcher.user_id not in readers_of(case_id, "reminded")


def test_relaying_a_dispatch_takes_few_statements(city: City, statement_count: StatementCount) -> None:
    case_id = city.at(Status.DISPATCHED)
    seq = city.state(case_id).seq
    with statement_count() as staff:
        tell_entries(case_id, seq, ids=city.ids)
    assert staff.total == 2
    case_id = city.lead(called(city), Status.DISPATCHED)
    seq = city.state(case_id).seq
    with statement_count() as citizen:
        tell_entries(case_id, seq, ids=city.ids)
    assert citizen.total == 4


def test_history_is_told_in_constant_statements_as_read_and_sent(city: City, statement_count: StatementCount) -> None:
    early = called(city)
    city.lead(early, Status.HANDLING)
    began = city.clock()
    city.clock.advance(2 * READ_AFTER_S)
    since = city.clock()
    late = [city.lead(called(city), Status.DISPATCHED) for _ in range(5)]
    assert outbox.mark_heard("cases.") > 0
    with statement_count() as few:
        told = tell_since(since, clock=city.clock, ids=city.ids)
    assert told.messages == 15
    assert {one.subject_id for one in Message.objects.all()} == set(late)
    assert tell_since(since, clock=city.clock, ids=city.ids) == Told(0, 0)
    with statement_count() as many:
        told = tell_since(began - 3_600, clock=city.clock, ids=city.ids)
    assert told.messages == 3
    assert many.total == few.total <= 8
    history = Message.objects.filter(subject_id=early)
    assert set(history.values_list("state", flat=True)) == {"sent"}
    recent = Message.objects.filter(subject_id__in=late)
    sent_before = as_datetime(city.clock() - SENT_AFTER_S)
    assert set(recent.filter(created_at__lt=sent_before).values_list("state", flat=True)) == {"sent"}
    assert set(recent.filter(created_at__gte=sent_before).values_list("state", flat=True)) == {"waiting"}
    assert not Notice.objects.filter(subject_id=early, read_at=None).exists()
    assert not Notice.objects.filter(subject_id=late[0]).exclude(read_at=None).exists()
    before = Notice.objects.count()
    relay_all()
    assert Notice.objects.count() == before


def test_a_merged_report_is_told_its_new_number_and_then_the_outcome(city: City) -> None:
    into, case_id = called(city), called(city)
    city.do(case_id, commands.Merge(into=str(into), reason="重复上报", reason_code="other"), city.actor(Role.ACCEPTOR))
    relay_all()
    assert texts()[2:] == [
        f"您反映的问题（{city.state(case_id).no}）与 {city.state(into).no} 是同一件事，已合并办理，结果会告诉您。"
    ]
    city.do(
        into,
        commands.Refuse(reason="不属实", reason_code="other", answer="经核实，现场没有垃圾"),
        city.actor(Role.ACCEPTOR),
    )
    relay_all()
    assert texts()[3:] == [
        f"您反映的问题（{city.state(into).no}）没有受理：经核实，现场没有垃圾。"
    ]  # one person, one text


def test_the_county_of_a_case_decides_which_seats_hear(city: City) -> None:
    for region in ("990101001", "990102001"):
        case_id = city.begin(city.reported(city.spot(region)), city.collector(region))
        city.do(case_id, commands.Remind(text="请尽快受理"), city.actor(Role.SUPERVISOR, region=region))
        relay_all()
        fit = {man.user_id for man in city.people(Role.ACCEPTOR, region=city.state(case_id).place.area)}
        assert readers_of(case_id, "reminded") <= fit
        assert readers_of(case_id, "reminded")


@pytest.mark.parametrize("gone", [UUID(int=77)])
def test_an_entry_that_does_not_exist_is_told_to_nobody(city: City, gone: UUID) -> None:
    assert tell_entries(gone, 1, ids=city.ids) == Told(0, 0)


def test_what_a_reporter_was_told_can_be_erased(city: City) -> None:
    case_id = called(city)
    relay_all()
    report = UUID(city.state(case_id).reports[0].id)
    assert erase_messages([report], clock=city.clock) == 1
    assert texts() == [""]


def test_administrators_read_once_a_month_from_november_that_the_next_year_is_to_be_entered(city: City) -> None:
    administrators = {one.user_id for one in city.people(Role.ADMINISTRATOR)}

    def told(day: str) -> set[int]:
        city.clock.now = at(f"{day} 09:00")
        before = set(Notice.objects.values_list("id", flat=True))
        tell_of_missing_year(clock=city.clock)
        return set(Notice.objects.exclude(id__in=before).values_list("user_id", flat=True))

    assert told("2026-11-01") == set()
    assert told("2026-11-02") == administrators
    assert told("2026-11-30") == set()
    assert told("2026-12-01") == administrators
    enter_year(notice(), actor=city.actor(Role.ADMINISTRATOR), clock=city.clock)
    assert told("2027-01-01") == set()
    titles = Notice.objects.filter(kind="missing_year").values_list("title_zh", "subject_kind")
    assert set(titles) == {("请录入2027年节假日安排", "calendar")}
