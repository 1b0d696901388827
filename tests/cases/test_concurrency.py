"""Several people at once: at one case, with one report sent twice, with batches that cross."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection

from gezhi.kernel.permissions import Role
from tests.plumbing.processes import PATIENCE_S

if TYPE_CHECKING:
    from tests.cases.city import City


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """All in threads of their own, started together; what each gave."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=PATIENCE_S)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=PATIENCE_S) for future in [pool.submit(run, act) for act in acts]]


def test_of_several_who_accept_one_case_at_once_one_succeeds_and_the_others_are_told(live: City) -> None:
    from gezhi.cases.queries.case_page import list_entries
    from gezhi.cases.rules import commands
    from tests.cases.city import LITTER, LITTER_ROW

    case_id = live.begin()
    accept = commands.Accept(class_key=LITTER, row_key=LITTER_ROW)
    desks = live.people(Role.ACCEPTOR)
    sent = [live.submission(accept, desk, case_id, seen_seq=1) for desk in desks]
    outcomes = at_once([lambda one=one: live.perform(one)[0] for one in sent])  # type: ignore[misc]
    codes = Counter(outcome.problem.code if outcome.problem else None for outcome in outcomes)
    assert codes == {None: 1, "cases.stages.not-in-this-status": len(desks) - 1}
    assert [entry.step.kind for entry in list_entries(case_id)] == ["reported", "accepted"]
    note = [live.submission(commands.Note(text=str(number)), desk, case_id) for number, desk in enumerate(desks)]
    at_once([lambda one=one: live.perform(one) for one in note])  # type: ignore[misc]
    assert [entry.seq for entry in list_entries(case_id)] == list(range(1, 3 + len(desks)))


def test_one_report_sent_several_times_at_once_begins_one_case(live: City) -> None:
    from gezhi.cases.models import Case, LogEntry, SentReport

    first = live.submission(live.reported(), live.collector())
    copies = [msgspec.structs.replace(first, case_id=live.ids()) for _ in range(6)]
    outcomes = at_once([lambda one=one: live.perform(one)[0] for one in copies])  # type: ignore[misc]
    assert {outcome.problem for outcome in outcomes} == {None}
    assert Counter(outcome.replayed for outcome in outcomes) == {False: 1, True: 5}
    assert len({outcome.case_id for outcome in outcomes}) == 1
    assert (Case.objects.count(), LogEntry.objects.count(), SentReport.objects.count()) == (1, 1, 0)


def test_one_picture_sent_with_two_reports_at_once_is_evidence_of_one(live: City) -> None:
    sha = live.picture()
    sent = [live.submission(live.reported(pictures=(sha,)), live.collector()) for _ in range(2)]
    outcomes = at_once([lambda one=one: live.perform(one)[0] for one in sent])  # type: ignore[misc]
    codes = sorted(outcome.problem.code if outcome.problem else "taken" for outcome in outcomes)
    assert codes == ["cases.evidence.picture-used", "taken"]


def test_batches_that_name_the_same_cases_in_opposite_order_do_not_wait_for_each_other_in_a_ring(live: City) -> None:
    from gezhi.cases.rules import commands
    from gezhi.proof.queries.case_logs import verify_log

    cases, acceptor = [live.begin() for _ in range(8)], live.actor(Role.ACCEPTOR)

    def batch(order: Sequence[Any]) -> list[Any]:
        return [live.submission(commands.Note(text="已联系"), acceptor, case_id) for case_id in order]

    batches = [batch(cases if number % 2 else cases[::-1]) for number in range(6)]
    for outcomes in at_once([lambda one=one: live.perform(*one) for one in batches]):  # type: ignore[misc]
        assert all(outcome.problem is None for outcome in outcomes)
    assert {live.state(case_id).seq for case_id in cases} == {7}
    assert verify_log(iter(()), lambda _: None).findings == ()


def test_the_log_is_verified_as_of_one_moment_while_others_work(live: City) -> None:
    from gezhi.cases.rules import commands
    from gezhi.proof.queries.case_logs import verify_log

    case_id, acceptor = live.begin(), live.actor(Role.ACCEPTOR)
    notes = [live.submission(commands.Note(text="已联系"), acceptor, case_id) for _ in range(200)]

    def work() -> int:
        return sum(len(live.perform(note)) for note in notes)

    def verify() -> list[Any]:
        return [one for _ in range(80) for one in verify_log(iter(()), lambda _: None).findings]

    done, findings = at_once([work, verify])
    assert (done, findings) == (200, [])
