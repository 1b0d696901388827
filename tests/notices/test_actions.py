from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

import msgspec
import pytest
from django.db import connection, transaction

from gezhi.kernel.permissions import Scope
from gezhi.notices.actions import (
    claim_message,
    erase_messages,
    mark_failed,
    mark_read,
    mark_sent,
    notify,
    queue_messages,
    retry_messages,
    sweep_old,
)
from gezhi.notices.models import Message, Notice
from gezhi.notices.queries import count_messages, count_unread, list_messages, list_notices, list_texts_about
from gezhi.notices.rules.sending import CLAIMED_FOR_S, State
from gezhi.people.queries import as_datetime
from tests.fixtures import MONDAY_MORNING, FixedClock, StatementCount
from tests.notices.telling import CASE, PHONE, message, notice

EVERYWHERE = Scope(regions=("",))
DAY = 86_400
NONE = {State.WAITING: 0, State.REFUSED: 0, State.GIVEN_UP: 0, State.TO_CALL: 0}


def about() -> list[Message]:
    return list(Message.objects.filter(subject_id=CASE).order_by("created_at", "id"))


@pytest.fixture
def later(clock: FixedClock) -> FixedClock:
    """A minute after everything was told."""
    clock.advance(60)
    return clock


def test_each_reader_is_told_once_however_often_it_is_told(town: SimpleNamespace) -> None:
    fang, bao = town.users["fang"], town.users["bao"]
    assert notify([notice(fang)]) == 1
    assert notify([notice(fang, bao), notice(bao, number=2)]) == 2
    assert notify([notice(fang, bao, title=notice().title), notice()]) == 0
    assert [(count_unread(user)) for user in (fang, bao)] == [1, 2]
    told = Notice.objects.get(user_id=fang)
    assert (told.kind, told.subject_id, told.case_no) == ("dispatched", CASE, "HC-20260302-000001")
    assert (told.title_zh, told.text_en) == ("新派遣的案件，请签收", "Broken manhole cover · Stone Bridge")
    assert (told.created_at, told.read_at) == (as_datetime(MONDAY_MORNING + 1), None)


def test_many_are_told_with_one_statement(town: SimpleNamespace, statement_count: StatementCount) -> None:
    readers = tuple(town.users.values())
    with statement_count() as counted:
        assert notify(notice(*readers, number=number) for number in range(200)) == 200 * len(readers)
        assert queue_messages(message(number) for number in range(200)) == 200
    assert counted.total == 2


def test_the_newest_come_first_page_by_page(town: SimpleNamespace) -> None:
    fang = town.users["fang"]
    notify(notice(fang, number=number, at=MONDAY_MORNING + number // 2) for number in range(5))
    pages, after = [], None
    while page := list_notices(fang, unread=False, after=after, limit=2):
        pages.append([one.key[-1] for one in page])
        after = (int(page[-1].created_at.timestamp()), page[-1].id)
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


def test_reading_marks_the_readers_own_and_nothing_that_comes_later(town: SimpleNamespace, later: FixedClock) -> None:
    fang, bao = town.users["fang"], town.users["bao"]
    notify(notice(fang, bao, number=number) for number in range(4))
    first = list_notices(fang, unread=True, after=None, limit=9)[-1]
    assert mark_read(bao, ids=[first.id], clock=later) == 0
    assert mark_read(fang, ids=[first.id], clock=later) == 1
    assert mark_read(fang, ids=[first.id], clock=later) == 0
    assert mark_read(fang, until=MONDAY_MORNING + 2, clock=later) == 2
    assert [one.key[-1] for one in list_notices(fang, unread=True, after=None, limit=9)] == ["3"]
    assert (count_unread(fang), count_unread(bao)) == (1, 4)


def test_counting_stops_at_a_hundred(town: SimpleNamespace) -> None:
    notify(notice(town.users["fang"], number=number) for number in range(120))
    assert count_unread(town.users["fang"]) == 100


def test_history_comes_read_and_sent(town: SimpleNamespace, later: FixedClock) -> None:
    notify([notice(town.users["fang"], read_at=MONDAY_MORNING + 9)])
    queue_messages([message(sent_at=MONDAY_MORNING + 5)])
    assert count_unread(town.users["fang"]) == 0
    assert claim_message(clock=later) is None
    (sent,) = about()
    assert (sent.state, sent.sent_at) == ("sent", as_datetime(MONDAY_MORNING + 5))


def test_a_message_goes_from_waiting_to_sent_once(db: None, later: FixedClock) -> None:
    assert queue_messages([message(), message()]) == 1
    assert queue_messages([message(id=UUID(int=999))]) == 0
    claimed = claim_message(clock=later)
    assert claimed is not None
    assert (claimed.phone, claimed.text, claimed.attempts) == (PHONE, "您反映的问题已派给道路处", 1)
    assert claim_message(clock=later) is None
    mark_sent(claimed, "17", clock=later)
    later.advance(DAY)
    assert claim_message(clock=later) is None
    (sent,) = list_messages(EVERYWHERE, limit=9)
    assert (sent.state, sent.attempts, sent.sent_at) == ("sent", 1, as_datetime(later() - DAY))


def test_a_claim_of_a_killed_worker_runs_out_and_the_same_id_is_sent_again(db: None, later: FixedClock) -> None:
    queue_messages([message()])
    killed = claim_message(clock=later)
    later.advance(CLAIMED_FOR_S - 1)
    assert claim_message(clock=later) is None
    later.advance(1)
    again = claim_message(clock=later)
    assert killed is not None
    assert again is not None
    assert (again.id, again.attempts) == (killed.id, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same_message(later: FixedClock) -> None:
    from threading import Thread

    queue_messages([message(1), message(2)])
    claimed: list[UUID] = []

    def other_worker() -> None:
        found = claim_message(clock=later)
        claimed.extend([found.id] if found is not None else [])
        connection.close()

    with transaction.atomic():
        mine = claim_message(clock=later)
        other = Thread(target=other_worker)
        other.start()
        other.join(10)
    assert mine is not None
    assert sorted([mine.id, *claimed]) == [UUID(int=101), UUID(int=102)]


def test_what_failed_waits_longer_and_keeps_the_reason_without_the_number(db: None, later: FixedClock) -> None:
    queue_messages([message()])
    for pause in (30, 60, 120):
        claimed = claim_message(clock=later)
        assert claimed is not None
        assert mark_failed(claimed, f"no such number {PHONE}", for_good=False, clock=later) is State.WAITING
        later.advance(pause - 1)
        assert claim_message(clock=later) is None
        later.advance(1)
    stuck = Message.objects.get()
    assert (stuck.attempts, stuck.error) == (3, "no such number 138******34")


def test_what_was_refused_for_good_is_tried_again_only_when_somebody_says_so(db: None, later: FixedClock) -> None:
    queue_messages([message(1), message(2)])
    claimed = claim_message(clock=later)
    assert claimed is not None
    assert mark_failed(claimed, "HTTP 400", for_good=True, clock=later) is State.REFUSED
    assert count_messages(EVERYWHERE) == {**NONE, State.WAITING: 1, State.REFUSED: 1}
    later.advance(DAY)
    other = claim_message(clock=later)
    assert other is not None
    mark_sent(other, "17", clock=later)
    assert claim_message(clock=later) is None
    assert retry_messages(EVERYWHERE, [claimed.id, other.id], clock=later) == 1
    again = claim_message(clock=later)
    assert again is not None
    assert (again.id, again.attempts) == (claimed.id, 1)


def test_only_what_failed_and_still_has_a_number_is_tried_again(db: None, later: FixedClock) -> None:
    queue_messages(message(number) for number in range(1, 4))
    in_hand = claim_message(clock=later)
    failed = claim_message(clock=later)
    assert in_hand is not None
    assert failed is not None
    mark_failed(failed, "HTTP 400", for_good=True, clock=later)
    every = [UUID(int=100 + number) for number in range(1, 4)]
    assert retry_messages(EVERYWHERE, every, clock=later) == 1
    assert Message.objects.get(id=in_hand.id).attempts == 1
    assert Message.objects.get(id=in_hand.id).next_try_at == as_datetime(later() + CLAIMED_FOR_S)
    again = claim_message(clock=later)
    assert again is not None
    mark_failed(again, "HTTP 400", for_good=True, clock=later)
    later.advance(200 * DAY)
    sweep_old(clock=later)
    assert Message.objects.get(id=again.id).phone == ""
    assert retry_messages(EVERYWHERE, [again.id], clock=later) == 0
    assert Message.objects.get(id=again.id).state == "refused"


def test_nothing_is_sent_to_an_empty_number(db: None, later: FixedClock) -> None:
    assert queue_messages([message(phone=""), message(2)]) == 1
    Message.objects.update(phone="")
    assert claim_message(clock=later) is None


def test_the_reason_of_a_failure_without_a_number_stays_readable(db: None, later: FixedClock) -> None:
    queue_messages([message()])
    claimed = claim_message(clock=later)
    assert claimed is not None
    mark_failed(msgspec.structs.replace(claimed, phone=""), "HTTP 400", for_good=True, clock=later)
    assert Message.objects.get().error == "HTTP 400"


def test_messages_of_another_region_are_neither_seen_nor_retried(db: None, later: FixedClock) -> None:
    queue_messages([message()])
    for scope in (Scope(regions=("370904",)), Scope(organisations=(1,)), Scope()):
        assert list_messages(scope, limit=9) == []
        assert retry_messages(scope, [message().id], clock=later) == 0
        assert count_messages(scope) == NONE
    assert len(list_messages(Scope(regions=("370904", "3709020")), limit=9)) == 1


def test_number_and_words_of_a_recipient_can_be_erased(db: None, later: FixedClock) -> None:
    queue_messages([message(1), message(2, recipient=UUID(int=8))])
    assert erase_messages([UUID(int=9)], clock=later) == 1
    erased, kept = about()
    assert (erased.phone, erased.text, erased.text_en, erased.state) == ("", "", "", "given_up")
    assert erased.erased_at == as_datetime(later())
    assert (kept.phone, kept.erased_at) == (PHONE, None)
    told, other = list_texts_about("case", CASE)
    assert (told.erased, told.text.zh, told.state) == (True, "", State.GIVEN_UP)
    assert (other.erased, other.sent_at, other.recipient) == (False, None, UUID(int=8))
    assert retry_messages(EVERYWHERE, [erased.id], clock=later) == 0
    assert erase_messages([UUID(int=9)], clock=later) == 0


def test_old_notices_go_and_old_messages_lose_their_number(town: SimpleNamespace, later: FixedClock) -> None:
    notify([notice(town.users["fang"]), notice(town.users["fang"], number=2, at=MONDAY_MORNING + 100 * DAY)])
    sent_at = MONDAY_MORNING + 5
    queue_messages(
        [message(1, sent_at=sent_at), message(2), message(3, at=MONDAY_MORNING + 100 * DAY, sent_at=sent_at)]
    )
    later.advance(90 * DAY)
    assert sweep_old(clock=later) == (1, 0)
    later.advance(90 * DAY)
    assert sweep_old(clock=later) == (0, 1)
    assert [one.phone for one in about()] == ["", PHONE, PHONE]
    assert sweep_old(clock=later) == (0, 0)
