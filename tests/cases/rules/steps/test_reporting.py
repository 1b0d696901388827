"""Stage 1, the report: what begins a case, what evidence it needs, when it must be verified."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.columns import first_columns_of
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ReportRef
from gezhi.cases.rules.steps.acceptance import is_answer_needed
from gezhi.cases.rules.steps.evidence import PictureMissing, PictureUnknown, PictureUsed
from gezhi.cases.rules.steps.reporting import ClassMissing, HappenedElsewhen, PlaceMissing, check_happened
from gezhi.kernel.permissions import Actor
from gezhi.kernel.words import WordsTooLong
from gezhi.policy.rules.channels import CHANNELS, Channel, ChannelGroup, UnknownChannel
from gezhi.policy.rules.local_policy import LocalPolicy
from tests.cases.world import (
    ACCEPTOR,
    CHANNEL,
    CLASS,
    DAY,
    MINUTE,
    MONDAY_MORNING,
    OTHER_ID,
    PLACE,
    SUBJECT,
    Store,
    Walk,
    collector,
)


def report(
    channel: str = "collector", *, who: Actor | None = None, pictures: tuple[str, ...] = ("a",), **changes: Any
) -> Walk:
    command = commands.Report(
        report_id="r1",
        channel=channel,
        lon=PLACE.lon,
        lat=PLACE.lat,
        class_key=CLASS,
        pictures=pictures,
        address=changes.pop("address", ""),
    )
    actor = who or (collector(11) if channel == "collector" else ACCEPTOR)
    return Walk().do(command, actor, after=0, **{"place": PLACE, "subject": SUBJECT, **changes})


def test_a_report_begins_the_case_and_the_acceptance_clock() -> None:
    state = report().now
    assert (state.status, state.no, state.node) == (Status.REPORTED, "TW-20260302-000001", "370900")
    assert (state.place, state.subject, state.before) == (PLACE, SUBJECT, ("a",))
    (clock,) = state.clocks
    assert (clock.kind, clock.due, clock.warn) == (
        ClockKind.ACCEPTANCE,
        MONDAY_MORNING + 15 * MINUTE,
        MONDAY_MORNING + 12 * MINUTE,
    )


@pytest.mark.parametrize(
    ("channel", "pictures", "must_be_verified"),
    [
        ("hotline", (), True),
        ("hotline", ("a",), False),
        ("wechat", (), True),
        ("transfer-12345", (), True),
        ("video", (), False),
        ("leader", (), False),
        ("vehicle", ("a",), False),
    ],
)
def test_a_report_of_the_public_without_a_picture_must_be_verified(
    channel: str, pictures: tuple[str, ...], must_be_verified: bool
) -> None:
    state = report(channel, pictures=pictures).now
    assert state.verify_by_rule is must_be_verified
    assert (state.clock(ClockKind.SEND_VERIFICATION) is not None) is must_be_verified


def test_which_channels_are_verified_is_local_policy() -> None:
    video = Channel(code="video", zh="视频", en="Video", group=ChannelGroup.MACHINE, verify=True)
    hotline = Channel(code="hotline", zh="热线", en="Hotline", group=ChannelGroup.PUBLIC)
    policy = LocalPolicy(channels=(video, hotline))
    assert report("video", pictures=(), policy=policy).now.verify_by_rule
    assert not report("hotline", pictures=(), policy=policy).now.verify_by_rule


@pytest.mark.parametrize(
    ("channel", "group", "complaint"),
    [
        ("hotline", "public", True),
        ("collector", "collector", False),
        ("video", "machine", False),
        ("volunteer", "public", False),
        ("leader", "leader", False),
    ],
)
def test_what_follows_from_the_channel_stands_in_the_entry_and_on_the_case(
    channel: str, group: str, complaint: bool
) -> None:
    walk = report(channel)
    sent = walk.last.report
    assert sent is not None
    assert (sent.group, sent.complaint) == (group, complaint)
    assert first_columns_of(walk.now)["complaint"] is complaint


def test_what_was_reported_before_stays_what_it_was_when_the_channel_changes() -> None:
    walk = report("hotline")
    walk.policy = LocalPolicy(number_prefix="TW", channels=CHANNELS[:1])
    assert is_answer_needed(walk.now)
    with pytest.raises(UnknownChannel):
        walk.do(commands.AddReport(report_id="r2", channel="hotline"), ACCEPTOR)


@pytest.mark.parametrize("asked", ["collector", "hotline", "pigeon"])
def test_a_collector_always_reports_as_a_collector(asked: str) -> None:
    assert report(asked, who=collector(11)).now.reports[0].channel == "collector"


def test_a_channel_that_is_not_in_force_is_refused() -> None:
    with pytest.raises(UnknownChannel) as refusal:
        report("pigeon")
    assert refusal.value.field == "channel"


def test_a_caller_need_not_know_the_class() -> None:
    state = report("hotline", subject=None).now
    assert (state.subject.class_key, state.subject.row_key) == ("", None)


@pytest.mark.parametrize(
    ("changes", "problem", "field"),
    [
        ({"place": None}, PlaceMissing, "lon"),
        ({"subject": None}, ClassMissing, "class_key"),
        ({"pictures": ()}, PictureMissing, "pictures"),
        ({"pictures": ("a", "a")}, PictureUsed, "pictures"),
        ({"address": "路" * 2001}, WordsTooLong, None),
    ],
)
def test_what_a_collectors_report_lacks_is_named(
    changes: dict[str, Any], problem: type[Any], field: str | None
) -> None:
    with pytest.raises(problem) as found:
        report(**changes)
    assert found.value.field in {field, "address"}


def test_a_picture_counts_once_it_is_uploaded_and_only_for_one_case() -> None:
    with pytest.raises(PictureUnknown):
        Walk().do(_with("a"), collector(11), place=PLACE, subject=SUBJECT, pictures=Store(missing=frozenset("a")))
    with pytest.raises(PictureUsed):
        Walk().do(_with("a"), collector(11), place=PLACE, subject=SUBJECT, pictures=Store(used={"a": OTHER_ID}))


def _with(*pictures: str) -> commands.Report:
    return commands.Report(report_id="r1", channel="collector", lon=PLACE.lon, lat=PLACE.lat, pictures=pictures)


def test_likely_duplicates_are_kept_in_the_entry() -> None:
    assert report(duplicates=(OTHER_ID,)).last.duplicates == (OTHER_ID,)


def test_the_device_may_have_been_earlier_than_the_server() -> None:
    walk = report(happened=MONDAY_MORNING - 300)
    assert walk.now.reports[0].at == MONDAY_MORNING - 300
    assert walk.now.reported == MONDAY_MORNING


def self_handled(before: tuple[str, ...], after: tuple[str, ...], **changes: Any) -> Walk:
    command = commands.SelfHandle(
        report_id="r1", channel="collector", lon=PLACE.lon, lat=PLACE.lat, pictures=before, after=after
    )
    return Walk().do(command, collector(11), **{"place": PLACE, "subject": SUBJECT, **changes})


def test_what_was_put_right_on_the_spot_shows_before_and_after_and_no_clock_runs() -> None:
    state = self_handled(("a",), ("b",)).now
    assert (state.status, state.before, state.after, state.clocks) == (Status.SELF_HANDLED, ("a",), ("b",), ())


@pytest.mark.parametrize(("before", "after"), [((), ("b",)), (("a",), ()), (("a", "b"), ()), ((), ("a", "b"))])
def test_self_handling_needs_a_picture_of_each_side(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with pytest.raises(PictureMissing):
        self_handled(before, after)


def test_self_handling_needs_place_and_class() -> None:
    with pytest.raises(PlaceMissing) as without_place:
        self_handled(("a",), ("b",), place=None)
    with pytest.raises(ClassMissing) as without_class:
        self_handled(("a",), ("b",), subject=None)
    assert (without_place.value.field, without_class.value.field) == ("lon", "class_key")


def test_self_handling_has_the_same_limit_of_words_as_a_report() -> None:
    command = commands.SelfHandle(
        report_id="r1", channel="collector", lon=1, lat=1, address="路" * 2001, pictures=("a",), after=("b",)
    )
    with pytest.raises(WordsTooLong):
        Walk().do(command, collector(11), place=PLACE, subject=SUBJECT)


def test_a_further_report_joins_the_open_case_and_its_sender_hears_the_outcome() -> None:
    walk = Walk.to(Status.HANDLING)
    command = commands.AddReport(report_id="r2", channel="wechat", pictures=("later",), reachable=True)
    state = walk.do(command, CHANNEL).now
    assert [report.id for report in state.reports] == ["r1", "r2"]
    assert state.before[-1] == "later"
    closed = walk.hand_over().confirm().send_inspection().inspect().close(answer="已修复，感谢反映")
    assert [answer.report for answer in closed.last.answers] == ["r1", "r2"]
    assert [report.answered for report in closed.now.reports] == [None, closed.moment]  # r1 is a collector's


def test_a_report_of_a_merged_case_waits_anew_for_its_answer_and_is_proven_where_it_was_sent() -> None:
    moved = ReportRef("r2", "hotline", MONDAY_MORNING, reachable=True, answered=MONDAY_MORNING, words="00" * 32)
    command = commands.AddReport(report_id="r2", channel="hotline", moved=moved)
    state = Walk.to(Status.HANDLING).do(command, ACCEPTOR).now
    assert state.reports[-1] == ReportRef("r2", "hotline", MONDAY_MORNING, reachable=True)


def test_a_further_report_does_not_make_what_others_looked_at_stale() -> None:
    walk = Walk.to(Status.REPORTED)
    walk.do(commands.AddReport(report_id="r2", channel="wechat"), CHANNEL)
    walk.do(commands.Accept(class_key=CLASS, row_key=SUBJECT.row_key), ACCEPTOR, seen=1, subject=SUBJECT)
    assert walk.now.status is Status.ACCEPTED


def test_a_report_has_no_second_beginning() -> None:
    state = report().now
    assert msgspec.structs.replace(state, marks={}) == state


@pytest.mark.parametrize(
    ("ago", "told"), [(0, True), (-600, True), (-601, False), (366 * DAY, True), (366 * DAY + 1, False)]
)
def test_a_device_may_be_ten_minutes_ahead_and_tell_of_the_last_year(ago: int, told: bool) -> None:
    if told:
        assert check_happened(MONDAY_MORNING - ago, now=MONDAY_MORNING) == MONDAY_MORNING - ago
        return
    with pytest.raises(HappenedElsewhen) as found:
        check_happened(MONDAY_MORNING - ago, now=MONDAY_MORNING)
    assert found.value.field == "happened_at"


@pytest.mark.parametrize("by_call", [True, False])
def test_whether_its_sender_is_to_be_called_stands_with_the_report(by_call: bool) -> None:
    command = commands.Report(
        report_id="r1",
        channel="hotline",
        lon=PLACE.lon,
        lat=PLACE.lat,
        class_key=CLASS,
        reachable=True,
        by_call=by_call,
    )
    assert Walk().do(command, ACCEPTOR, place=PLACE, subject=SUBJECT).now.reports[0].by_call is by_call
