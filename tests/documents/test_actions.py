from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from gezhi.documents import actions, queries
from gezhi.documents.actions.drafts import TitleTaken
from gezhi.documents.models import Clause, Document, Link, Receipt, Step, Version
from gezhi.documents.rules import versions
from gezhi.documents.rules.area import OutsideArea
from gezhi.documents.rules.attachment import WrongKind
from gezhi.documents.rules.clause_text import NumberTwice
from gezhi.documents.rules.kinds import DocumentKind
from gezhi.documents.rules.links import UnknownClause
from gezhi.documents.rules.reading import NotAsked, NotInForce
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import WordsMissing
from tests.documents.desk import TEXT, Desk

PDF = b"%PDF-1.7\n%%EOF"


def dates(version: Version) -> list[tuple[object, object]]:
    rows = Version.objects.filter(document_id=version.document_id, state="approved").order_by("number")
    return list(rows.values_list("valid_from", "valid_to"))


def test_a_draft_is_stored_with_its_clauses_words_and_links(desk: Desk) -> None:
    version = desk.draft()
    clauses = Clause.objects.filter(version=version).order_by("seq")
    assert [one.label for one in clauses] == ["第一章", "第一条", "第二条", "第二章", "第三条"]
    assert "'延期'" in clauses[2].words
    assert clauses[0].words == ""
    assert Link.objects.filter(version=version).count() == 2
    assert (version.number, version.state, version.document.organisation_id) == (1, "draft", desk.town.bodies["jd"])


def test_a_faulty_draft_leaves_nothing_behind(desk: Desk) -> None:
    with pytest.raises(UnknownClause):
        desk.draft(text="第一条 甲。")
    with pytest.raises(NumberTwice):
        desk.draft(text="第一条 甲。\n第一条 乙。")
    assert (Document.objects.count(), Version.objects.count()) == (0, 0)


def test_a_title_is_given_once_in_an_area(desk: Desk) -> None:
    desk.draft()
    with pytest.raises(TitleTaken):
        desk.draft()
    with pytest.raises(WordsMissing):
        desk.draft(title="  ")
    assert desk.draft(area="370902").document.area == "370902"


def test_a_district_writes_nothing_for_the_city(desk: Desk) -> None:
    with pytest.raises(OutsideArea):
        desk.draft(by="lu")
    assert desk.draft(by="lu", area="370902").number == 1
    version = desk.draft(title="全市办法")
    with pytest.raises(OutsideArea):
        actions.submit_version(version.id, seen_edit=1, doing=desk.doing("lu"))
    with pytest.raises(OutsideArea):
        actions.add_version(version.document_id, content=desk.content(), doing=desk.doing("lu"))


def test_what_is_unknown_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        actions.submit_version(desk.ids(), seen_edit=1, doing=desk.doing("kang"))
    with pytest.raises(NotFound):
        actions.add_version(desk.ids(), content=desk.content(), doing=desk.doing("kang"))


def test_the_same_key_again_writes_once(desk: Desk) -> None:
    doing = desk.doing("kang")
    given = {"area": "3709", "content": desk.content(), "doing": doing}
    first = actions.create_document("办法", DocumentKind.OTHER, **given)  # type: ignore[arg-type]
    again = actions.create_document("办法", DocumentKind.OTHER, **given)  # type: ignore[arg-type]
    assert (first.id, Version.objects.count(), Step.objects.count()) == (again.id, 1, 1)


@pytest.mark.parametrize("act", ["edit", "attach", "submit", "withdraw", "decide", "end", "discard", "version"])
def test_every_write_may_be_sent_again(desk: Desk, act: str) -> None:
    version = {
        "withdraw": desk.submitted,
        "decide": desk.submitted,
        "end": desk.approved,
        "version": desk.approved,
    }.get(act, desk.draft)()
    doing = desk.doing("mo" if act in {"decide", "end"} else "kang")
    acts = {
        "edit": lambda: actions.edit_draft(version.id, content=desk.content(), seen_edit=1, doing=doing),
        "attach": lambda: actions.attach_file(version.id, name="a.pdf", content=PDF, limit_bytes=99, doing=doing),
        "submit": lambda: actions.submit_version(version.id, seen_edit=1, doing=doing),
        "withdraw": lambda: actions.withdraw_version(version.id, doing=doing),
        "decide": lambda: actions.decide_version(version.id, granted=True, text="", seen_edit=1, doing=doing),
        "end": lambda: actions.end_version(version.id, last_day=desk.day(9), text="合并", doing=doing),
        "discard": lambda: actions.discard_draft(version.id, doing=doing),
        "version": lambda: actions.add_version(version.document_id, content=desk.content(days=5), doing=doing),
    }
    first = acts[act]()
    count = Step.objects.count()
    again = acts[act]()
    assert (first.id, first.state, Step.objects.count()) == (again.id, again.state, count)


def test_two_writers_do_not_overwrite_each_other(desk: Desk) -> None:
    version = desk.draft()
    content = desk.content(text=TEXT + "\n第四条 补充。")
    actions.edit_draft(version.id, content=content, seen_edit=1, doing=desk.doing("both", "inspect"))
    with pytest.raises(versions.EditedMeanwhile):
        actions.edit_draft(version.id, content=desk.content(), seen_edit=1, doing=desk.doing("kang"))
    assert len(queries.list_clauses(version.id)) == 6


def test_one_version_is_written_at_a_time(desk: Desk) -> None:
    version = desk.draft()
    with pytest.raises(versions.DraftExists):
        desk.next_draft(version)
    actions.discard_draft(version.id, doing=desk.doing("kang"))
    assert desk.next_draft(version).number == 2


def test_nobody_approves_what_they_wrote_whichever_post_they_use(desk: Desk) -> None:
    version = desk.draft(by="both")
    actions.submit_version(version.id, seen_edit=1, doing=desk.doing("kang"))
    with pytest.raises(versions.OwnVersion):
        actions.decide_version(version.id, granted=True, text="", seen_edit=1, doing=desk.doing("both", "lead"))
    assert desk.decide(version).state == "approved"


def test_what_is_approved_is_what_was_read(desk: Desk) -> None:
    version = desk.submitted()
    actions.withdraw_version(version.id, doing=desk.doing("kang"))
    changed = actions.edit_draft(version.id, content=desk.content(), seen_edit=1, doing=desk.doing("kang"))
    desk.submitted(changed)
    with pytest.raises(versions.EditedMeanwhile):
        desk.decide(version)
    assert desk.decide(changed).state == "approved"


def test_a_returned_version_is_a_draft_again_and_keeps_the_reason(desk: Desk) -> None:
    version = desk.submitted()
    with pytest.raises(versions.ReasonMissing):
        desk.decide(version, granted=False)
    assert desk.decide(version, granted=False, text="第二条写清期限").state == "draft"
    steps = queries.list_steps(version.id)
    assert [(step.kind, step.text) for step in steps] == [
        ("drafted", ""),
        ("submitted", ""),
        ("returned", "第二条写清期限"),
    ]


def test_nothing_is_approved_that_would_have_held_already(desk: Desk) -> None:
    version = desk.submitted(desk.draft(days=1))
    desk.pass_days(2)
    with pytest.raises(versions.DatePast):
        desk.decide(version)
    with pytest.raises(versions.DatePast):
        desk.submitted(desk.draft(title="旧办法", days=-1))


def test_a_later_version_ends_the_earlier_the_day_before(desk: Desk) -> None:
    first = desk.in_force()
    desk.pass_days(10)
    second = desk.approved(desk.next_draft(first, days=5))
    begun = desk.today - timedelta(days=10)
    assert dates(first) == [(begun, desk.day(4)), (desk.day(5), None)]
    with pytest.raises(versions.BeginsLater):
        desk.submitted(desk.next_draft(second, days=5))


def test_a_repealed_version_keeps_its_last_day_unless_another_begins_before(desk: Desk) -> None:
    first = desk.in_force()
    actions.end_version(first.id, last_day=desk.day(3), text="并入新办法", doing=desk.doing("mo"))
    with pytest.raises(versions.NotInThisState):
        actions.end_version(first.id, last_day=desk.day(4), text="再改", doing=desk.doing("mo"))
    desk.approved(desk.next_draft(first, days=9))
    assert [last for _, last in dates(first)] == [desk.day(3), None]


def test_an_approved_version_is_never_changed(desk: Desk) -> None:
    version = desk.approved()
    acts: list[Callable[[], Version]] = [
        lambda: actions.edit_draft(version.id, content=desk.content(), seen_edit=1, doing=desk.doing("kang")),
        lambda: actions.attach_file(version.id, name="a.pdf", content=PDF, limit_bytes=99, doing=desk.doing("kang")),
        lambda: actions.discard_draft(version.id, doing=desk.doing("kang")),
        lambda: actions.withdraw_version(version.id, doing=desk.doing("kang")),
        lambda: desk.decide(version),
    ]
    for act in acts:
        with pytest.raises(versions.NotInThisState):
            act()


def test_an_end_needs_a_reason_and_a_day_to_come(desk: Desk) -> None:
    version = desk.in_force()
    with pytest.raises(versions.ReasonMissing):
        actions.end_version(version.id, last_day=desk.day(1), text=" ", doing=desk.doing("mo"))
    with pytest.raises(versions.EndsBeforeItBegins):
        actions.end_version(version.id, last_day=desk.day(-1), text="废止", doing=desk.doing("mo"))


def test_a_file_is_replaced_while_its_version_is_a_draft(desk: Desk) -> None:
    version = desk.draft()
    with pytest.raises(WrongKind):
        actions.attach_file(version.id, name="a.pdf", content=b"x", limit_bytes=99, doing=desk.doing("kang"))
    for name in ("旧.pdf", "新.pdf"):
        version = actions.attach_file(version.id, name=name, content=PDF, limit_bytes=99, doing=desk.doing("kang"))
    assert (queries.describe_attachment(version.id), version.edit) == (("新.pdf", len(PDF)), 3)


def test_reading_is_confirmed_once(desk: Desk) -> None:
    version = desk.in_force()
    actions.confirm_reading(version.id, actor=desk.actor("fang"), clock=desk.clock)
    first = Receipt.objects.get()
    desk.clock.advance(60)
    actions.confirm_reading(version.id, actor=desk.actor("fang"), clock=desk.clock)
    assert Receipt.objects.get().confirmed_at == first.confirmed_at
    assert queries.reading_progress(version, on=desk.today) == queries.Progress(total=2, read=1)


def test_who_was_not_asked_confirms_nothing(desk: Desk) -> None:
    version = desk.in_force()
    with pytest.raises(NotAsked):
        actions.confirm_reading(version.id, actor=desk.actor("bao"), clock=desk.clock)
    with pytest.raises(NotFound):
        actions.confirm_reading(desk.draft(title="草稿").id, actor=desk.actor("fang"), clock=desk.clock)
    actions.end_version(version.id, last_day=desk.today, text="废止", doing=desk.doing("mo"))
    desk.pass_days(1)
    with pytest.raises(NotInForce):
        actions.confirm_reading(version.id, actor=desk.actor("fang"), clock=desk.clock)
