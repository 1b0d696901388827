from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gezhi.documents import actions, queries
from gezhi.documents.rules.kinds import Standing
from gezhi.documents.rules.links import Link
from tests.documents.desk import Desk

LITTER = "2026-matter-06010"


def found(desk: Desk, text: str, by: str = "fang", **more: Any) -> list[tuple[str, str]]:
    viewer = queries.viewer_of(desk.actor(by))
    rows = queries.search_clauses(text, viewer, on=desk.today, **more)
    return [(row.clause.label, "".join(piece.text for piece in row.excerpt if piece.hit)) for row in rows]


def titles(desk: Desk, by: str, **wanted: Any) -> list[str]:
    viewer = queries.viewer_of(desk.actor(by))
    rows = queries.list_documents(queries.DocumentFilter(**wanted), viewer, on=desk.today, limit=50)
    return [row.document.title for row in rows]


def test_the_search_finds_whole_words_best_first(desk: Desk) -> None:
    desk.in_force(
        text="第一章 延期\n第一条 甲。\n第二章 其他\n第二条 单位可以申请延期，延期以一次为限。\n第三条 乙。", links=()
    )
    assert found(desk, "延期") == [("第二条", "延期延期"), ("第一条", "")]
    assert found(desk, "申请延期") == [("第二条", "申请延期延期")]
    assert found(desk, "申请 缓办") == [("第二条", "申请")]  # the nearest, where none has both


def test_a_piece_of_a_word_is_found_in_the_plain_text(desk: Desk) -> None:
    desk.in_force(text="第一条 由监督中心负责。", links=())
    assert found(desk, "督中") == [("第一条", "督中")]
    assert found(desk, "%") == []


def test_only_what_is_in_force_is_found(desk: Desk) -> None:
    desk.draft(title="草稿", text="第一条 延期。", links=())
    desk.approved(desk.draft(title="将来", text="第一条 延期。", links=(), days=3))
    first = desk.in_force(text="第一条 延期旧文。", links=())
    desk.approved(desk.next_draft(first, text="第一条 延期新文。", links=(), days=1))
    assert len(found(desk, "延期")) == 1
    desk.pass_days(1)
    assert found(desk, "旧文") == []
    assert found(desk, "新文") == [("第一条", "新文")]
    desk.pass_days(2)
    assert len(found(desk, "延期")) == 2


def test_a_page_of_the_search_goes_on_where_the_last_ended(desk: Desk) -> None:
    desk.in_force(text="\n".join(f"第{n}条 延期{'延期' * (n % 3)}。" for n in range(1, 8)), links=())
    viewer = queries.viewer_of(desk.actor("fang"))
    seen: list[int] = []
    after: tuple[int, int] | None = None
    while rows := queries.search_clauses("延期", viewer, on=desk.today, after=after, limit=3):
        seen += [row.clause.id for row in rows]
        after = rows[-1].rank, rows[-1].clause.id
    assert (len(seen), len(set(seen))) == (7, 7)


def test_the_plain_search_is_paged_too(desk: Desk) -> None:
    desk.in_force(text="\n".join(f"第{n}条 监督中心。" for n in range(1, 6)), links=())
    viewer = queries.viewer_of(desk.actor("fang"))
    first = queries.search_clauses("督中", viewer, on=desk.today, limit=3)
    rest = queries.search_clauses("督中", viewer, on=desk.today, limit=3, after=(0, first[-1].clause.id))
    assert [row.clause.label for row in first + rest] == [f"第{n}条" for n in range(1, 6)]


def test_a_reader_sees_what_is_published_and_a_writer_the_drafts_too(desk: Desk) -> None:
    desk.draft(title="草稿")
    desk.in_force(title="现行")
    assert titles(desk, "fang") == ["现行"]
    assert sorted(titles(desk, "kang")) == ["现行", "草稿"]
    assert titles(desk, "kang", standing=Standing.DRAFT) == ["草稿"]


def test_a_district_sees_the_city_and_itself_but_no_other_district(desk: Desk) -> None:
    desk.in_force(title="全市")
    desk.in_force(title="东区", area="370902")
    desk.in_force(title="西区", area="370903")
    assert sorted(titles(desk, "che")) == ["东区", "全市"]
    assert len(titles(desk, "fang")) == 3
    assert titles(desk, "ji") == []


def test_documents_are_filtered_by_standing_title_and_what_is_to_be_read(desk: Desk) -> None:
    ended = desk.in_force(title="旧办法")
    actions.end_version(ended.id, last_day=desk.today, text="废止", doing=desk.doing("mo"))
    desk.pass_days(1)
    now = desk.in_force(title="现行办法")
    desk.approved(desk.draft(title="将来办法", days=9, must_read=()))
    assert titles(desk, "fang", standing=Standing.IN_FORCE) == ["现行办法"]
    assert titles(desk, "fang", standing=Standing.UPCOMING) == ["将来办法"]
    assert titles(desk, "fang", standing=Standing.ENDED) == ["旧办法"]
    assert titles(desk, "fang", text="将来") == ["将来办法"]
    assert titles(desk, "fang", to_read=True) == ["现行办法"]
    viewer = queries.viewer_of(desk.actor("fang"))
    assert queries.count_to_read(viewer, on=desk.today) == 1
    actions.confirm_reading(now.id, actor=desk.actor("fang"), clock=desk.clock)
    assert titles(desk, "fang", to_read=True) == []


def test_a_list_of_documents_costs_the_same_however_long(desk: Desk, statement_count: Callable[[], Any]) -> None:
    for number in range(4):
        desk.in_force(title=f"办法{number}")
    viewer = queries.viewer_of(desk.actor("fang"))
    with statement_count() as counted:
        rows = queries.list_documents(queries.DocumentFilter(), viewer, on=desk.today, limit=3)
    assert (len(rows), counted.total) == (3, 3)
    last = rows[-1].document
    rest = queries.list_documents(
        queries.DocumentFilter(after=(last.changed_at, last.id)), viewer, on=desk.today, limit=3
    )
    assert len(rest) == 1


def test_the_clauses_of_a_case_come_nearest_first(desk: Desk, statement_count: Callable[[], Any]) -> None:
    links = (
        Link("1", "class", "2026-matter-06"),
        Link("2", "approval", "extension"),
        Link("3", "class", LITTER),
        Link("3", "approval", "void"),
        Link("", "class", "2026-matter-06"),
    )
    desk.in_force(links=links)
    desk.draft(title="草稿", links=links)
    with statement_count() as counted:
        rows = queries.clauses_for(LITTER, ["extension"], desk.today)
    assert [(row.clause.label if row.clause else "", len(row.because)) for row in rows] == [
        ("第二条", 1),
        ("第三条", 1),
        ("第一条", 1),
        ("", 1),
    ]
    assert counted.total == 2


def test_clauses_hold_on_their_day_and_in_their_area(desk: Desk) -> None:
    desk.in_force(title="东区", area="370902")
    assert queries.clauses_for(LITTER, ["extension"], desk.day(-1)) == []
    assert len(queries.clauses_for(LITTER, ["extension"], desk.today, place="370902003001")) == 2
    assert queries.clauses_for(LITTER, ["extension"], desk.today, place="370903") == []
    assert queries.clauses_for("", [], desk.today) == []
    assert queries.clauses_for(LITTER, [], desk.today, viewer=queries.viewer_of(desk.actor("ji"))) == []


def test_a_head_of_a_body_sees_the_readers_of_that_body(desk: Desk) -> None:
    version = desk.in_force()
    actions.confirm_reading(version.id, actor=desk.actor("fang"), clock=desk.clock)

    def names(by: str, **more: Any) -> list[str]:
        viewer = queries.viewer_of(desk.actor(by))
        return [reader.name for reader, _ in queries.list_receipts(version, viewer, on=desk.today, **more)]

    assert names("kang") == ["安然", "方圆"]
    assert names("kang", read=False) == ["安然"]
    assert names("kang", read=True) == ["方圆"]
    assert names("fang") == ["方圆"]
    assert names("kang", after_id=desk.town.users["an"]) == ["方圆"]
